import type { Applied } from '../model/library';
import { FAILED } from '../model/make';
import { derived, sureShape, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { print } from '../sizes/print';
import { divideExactly, equal, floorDivide, isKnown, product, type Size } from '../sizes/size';
import { mismatch, type Refusal, refuse } from './problems';
import { openTensor, sizesArgument } from './sizesGiven';

/** `x.view(…)`, `x.reshape(…)`: one entry may be −1. */
export function reshape(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const values = sizesArgument(call, 'shape');
  if (!values) return openTensor(x);
  // `x.view(dtype)`: as many bytes on the last axis, and so perhaps another number of elements.
  if (values.some((value) => value.kind === 'external' || value.kind === 'string'))
    return derived(x, shape && shape.length > 0 ? shape.with(-1, call.machine.freshSize()) : shape, []);
  return reshapeTo(
    x,
    shape,
    values.map((value) => call.machine.sizeOf(value)),
    call,
  );
}

export function reshapeTo(
  x: TensorValue,
  shape: readonly Size[] | undefined,
  sizes: readonly Size[],
  call: Pick<Applied, 'machine' | 'at'>,
): Value {
  const { machine } = call;
  const wrong = sureShape(x) && entryRefusal(sizes);
  if (wrong) return refuse(machine, call.at, wrong);
  const rest = sizes.indexOf(-1);
  if (rest !== sizes.lastIndexOf(-1)) return FAILED;
  const given = machine.simple(() => product(sizes.filter((size) => size !== -1)));
  const total = shape && machine.simple(() => product(shape));
  if (total === undefined)
    return derived(
      x,
      sizes.map((size) => (size === -1 ? machine.freshSize('n') : size)),
      [],
    );
  if (rest < 0) {
    if (equal(total, given) === false && isKnown(total) && isKnown(given)) return refuseTotal(x, sizes, total, call);
    return derived(x, sizes, []);
  }
  if (isKnown(total) && isKnown(given) && (given === 0 || total % given !== 0))
    return refuseTotal(x, sizes, total, call);
  const quotient = machine.simple(() => divideExactly(total, given) ?? floorDivide(total, given));
  return derived(
    x,
    sizes.map((size) => (size === -1 ? quotient : size)),
    [],
  );
}

/** One entry may be −1, none may be less. */
function entryRefusal(sizes: readonly Size[]): Refusal | undefined {
  const listed = `[${sizes.map(print).join(', ')}]`;
  const negative = sizes.find((size) => isKnown(size) && size < -1);
  if (negative !== undefined) {
    return {
      code: 'view-total',
      template: 'A shape cannot have a size of {0}.',
      args: [print(negative)],
      framework: `invalid shape dimension ${print(negative)} at index ${sizes.indexOf(negative)} of shape ${listed}`,
    };
  }
  if (sizes.filter((size) => size === -1).length < 2) return undefined;
  return {
    code: 'view-total',
    template: 'Only one size can be left to be worked out, not those of {0}.',
    args: [listed],
    framework: 'only one dimension can be inferred',
  };
}

function refuseTotal(
  x: TensorValue,
  sizes: readonly Size[],
  total: Size,
  call: Pick<Applied, 'machine' | 'at'>,
): Value {
  const shape = `[${sizes.map(print).join(', ')}]`;
  mismatch(call.machine, call.at, {
    code: 'view-total',
    template: '{0} elements do not make the shape {1}.',
    args: [print(total), shape],
    ...(x.of || x.keras ? {} : { framework: `shape '${shape}' is invalid for input of size ${print(total)}` }),
  });
  return FAILED;
}
