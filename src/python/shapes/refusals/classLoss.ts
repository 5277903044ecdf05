import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';
import type { Refusal } from '../problems';
import { listed } from './check';

const refusal = (x: readonly Size[], y: readonly Size[], framework: string): Refusal => ({
  code: 'loss-size',
  template: 'The result has the shape {0}, its target {1}: a loss of classes takes {2}.',
  args: [listed(x), listed(y), listed(targetOf(x))],
  framework,
});

/** A class for each place of a result `(N, C, d…)`: `(N, d…)`. */
const targetOf = (x: readonly Size[]): readonly Size[] => (x.length > 1 ? [x[0], ...x.slice(2)] : []);

const differ = (a: Size, b: Size): boolean => isKnown(a) && isKnown(b) && a !== b;

/**
 * What `cross_entropy` and `nll_loss` refuse, whatever the types (`nll_loss_nd` in ATen's `LossNLL.cpp`, 2.15). A
 * target of the result's own shape may hold probabilities: of that nothing is told.
 */
export function classLossRefusal(x: readonly Size[], y: readonly Size[]): Refusal | undefined {
  const mayBeAlike = x.length === y.length && !x.some((size, axis) => differ(size, y[axis]));
  if (x.length === 0 || mayBeAlike) return undefined;
  if (x.length === 1)
    return y.length === 1 && differ(y[0], 1)
      ? refusal(x, y, `For 1D input, 1D target must have size 1, but got target size: ${print(y[0])}`)
      : undefined;
  const batch = y.length > 0 ? y[0] : 0;
  if (differ(x[0], batch))
    return refusal(x, y, `Expected input batch_size (${print(x[0])}) to match target batch_size (${print(batch)}).`);
  if (y.length === 0) return undefined;
  const wanted = targetOf(x);
  const isOther = y.length !== wanted.length || wanted.some((size, axis) => differ(size, y[axis]));
  if (!isOther) return undefined;
  if (x.length === 2) return refusal(x, y, '0D or 1D target tensor expected, multi-target not supported');
  if (x.length !== 4) return refusal(x, y, `Expected target size ${listed(wanted)}, got ${listed(y)}`);
  return refusal(
    x,
    y,
    y.length === 3
      ? `size mismatch (got input: ${listed(x)} , target: ${listed(y)}`
      : `only batches of spatial targets supported (3D tensors) but got targets of dimension: ${y.length}`,
  );
}
