import type { Applied } from '../model/library';
import type { Machine } from '../model/machine';
import { unknown } from '../model/make';
import { derived, sureShape, tensor, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';
import { trustIn } from './elementwise';
import { type Refusal, refuse } from './problems';

const open = (): Value => tensor(undefined, 'symbolic', { stem: 't', soft: true });

/** `torch.einsum('bchw,oc->bohw', x, w)`: each letter is an axis. */
export function einsum(call: Applied): Value {
  const { machine, bound, at } = call;
  const equation = bound.text('equation')?.replaceAll(' ', '');
  const operands = operandsOf(call)?.map((each) => machine.asTensor(each));
  if (!equation || !operands?.every((each) => each !== undefined)) return unknown();
  const [left, right] = equation.split('->');
  const inputs = left.split(',');
  const refusal = refusalOf(inputs, right, operands);
  if (refusal) return refuse(machine, at, refusal);
  return shapeOf(machine, inputs, right, operands);
}

/** The operands, one by one or in a list. */
function operandsOf({ bound }: Applied): readonly Value[] | undefined {
  const items = bound.items('operands');
  return items?.length === 1 && items[0].kind === 'list' && !items[0].open ? items[0].items : items;
}

function shapeOf(
  machine: Machine,
  inputs: readonly string[],
  right: string | undefined,
  operands: readonly TensorValue[],
): Value {
  const sizes = new Map<string, Size>();
  inputs.forEach((letters, index) => {
    const shape = operands[index]?.cell.shape;
    if (shape?.length !== letters.length) return;
    [...letters].forEach((letter, axis) => {
      const before = sizes.get(letter);
      // An axis of size 1 goes with every other.
      if (before === undefined || before === 1) sizes.set(letter, shape[axis]);
      else machine.names.unify(before, shape[axis]);
    });
  });
  if (right === undefined || inputs.some((letters) => letters.includes('.'))) return open();
  const shape = [...right].map((letter) => sizes.get(letter));
  if (!shape.every((size) => size !== undefined)) return open();
  return { ...derived(operands[0], shape, []), ...trustIn(operands) };
}

/** What PyTorch refuses, in the order in which it looks. */
function refusalOf(
  inputs: readonly string[],
  right: string | undefined,
  operands: readonly TensorValue[],
): Refusal | undefined {
  const shapes = operands.map(sureShape);
  if (!shapes.every((shape) => shape !== undefined)) return undefined;
  if (inputs.length !== shapes.length) {
    return {
      code: 'einsum-operands',
      template: 'The equation is of {0} operands, {1} are given.',
      args: [inputs.length, shapes.length],
      framework: `einsum(): ${shapes.length < inputs.length ? 'fewer' : 'more'} operands were provided than specified in the equation`,
    };
  }
  // Axes that an ellipsis stands for are not followed.
  if (inputs.some((letters) => !/^[A-Za-z]*$/.test(letters))) return undefined;
  return (
    first(inputs.map((letters, index) => countRefusal(letters, shapes[index], index))) ??
    (right === undefined ? undefined : outputRefusal(inputs, right)) ??
    sizeRefusal(inputs, shapes)
  );
}

const first = (found: readonly (Refusal | undefined)[]): Refusal | undefined =>
  found.find((each) => each !== undefined);

function countRefusal(letters: string, shape: readonly Size[], index: number): Refusal | undefined {
  if (letters.length === shape.length) return undefined;
  return {
    code: 'einsum-axes',
    template: 'The equation names {0} axes of operand {1}, which has {2}.',
    args: [letters.length, index, shape.length],
    framework: `einsum(): the number of subscripts in the equation (${letters.length}) does not match the number of dimensions (${shape.length}) for operand ${index} and no ellipsis was given`,
  };
}

function outputRefusal(inputs: readonly string[], right: string): Refusal | undefined {
  const letters = [...right];
  for (const [at, letter] of letters.entries()) {
    if (letters.indexOf(letter) < at) {
      return {
        code: 'einsum-output',
        template: 'The axis {0} stands twice in the output.',
        args: [letter],
        framework: `einsum(): output subscript ${letter} appears more than once in the output`,
      };
    }
    if (/[A-Za-z]/.test(letter) && !inputs.some((each) => each.includes(letter))) {
      return {
        code: 'einsum-output',
        template: 'The axis {0} of the output is in no operand.',
        args: [letter],
        framework: `einsum(): output subscript ${letter} does not appear in the equation for any input operand`,
      };
    }
  }
  return undefined;
}

function sizeRefusal(inputs: readonly string[], shapes: readonly (readonly Size[])[]): Refusal | undefined {
  const seen = new Map<string, number>();
  for (const [index, letters] of inputs.entries()) {
    const own = new Map<string, number>();
    for (const [axis, letter] of [...letters].entries()) {
      const size = shapes[index][axis];
      if (!isKnown(size)) continue;
      const twin = own.get(letter);
      const before = seen.get(letter);
      const differ = (other: number, framework: string): Refusal => ({
        code: 'einsum-size',
        template: 'The axis {0} has the sizes {1} and {2}.',
        args: [letter, print(other), size],
        framework,
      });
      if (twin !== undefined && twin !== size) {
        const words = `einsum(): subscript ${letter} is repeated for operand ${index} but the sizes don't match, ${size} != ${twin}`;
        return differ(twin, words);
      }
      if (before !== undefined && before !== 1 && size !== 1 && before !== size) {
        const words = `einsum(): subscript ${letter} has size ${size} for operand ${index} which does not broadcast with previously seen size ${before}`;
        return differ(before, words);
      }
      own.set(letter, size);
      if (before === undefined || before === 1) seen.set(letter, size);
    }
  }
  return undefined;
}
