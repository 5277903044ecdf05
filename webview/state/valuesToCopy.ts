import { areFew, type Copied } from '../../src/core/explain/copyParts';
import type { TensorName } from '../../src/core/tensor/plane';
import { elementCount } from '../../src/core/tensor/tensor';
import type { Model } from '../model';

/** The values of the document as it stands, for code that is to carry them; nothing where they are too many. */
export function valuesToCopy({ edited: { head }, received }: Model): Copied['values'] {
  const shapes = [head.inputShape, head.weightShape, ...(head.biasShape ? [head.biasShape] : [])];
  if (!areFew(shapes)) return undefined;
  const tensor = (name: TensorName, shape: readonly number[]) => {
    const data = received?.sight.whole.find((each) => each.tensor === name)?.values;
    return data?.length === elementCount(shape) ? { dtype: head.dtype, shape, data } : undefined;
  };
  const input = tensor('input', head.inputShape);
  const weight = tensor('weight', head.weightShape);
  const bias = head.biasShape && tensor('bias', head.biasShape);
  if (!input || !weight || (head.biasShape && !bias)) return undefined;
  return { input, weight, bias };
}
