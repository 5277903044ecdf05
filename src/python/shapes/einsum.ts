import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import { unknown } from '../model/make';
import { derived, sureShape, tensor, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';
import { broadcast, trustIn } from './elementwise';
import { type Refusal, refuse } from './problems';

const open = (): Value => tensor(undefined, 'symbolic', { stem: 't' });

/** Without `->`, the letters that occur once, in the order of the alphabet, behind what the dots stand for. */
function implied(left: string): string {
  const letters = [...left.replaceAll(/[.,]/g, '')];
  const once = letters.filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).sort();
  return `${left.includes('...') ? '...' : ''}${once.join('')}`;
}

/** `torch.einsum('bchw,oc->bohw', x, w)`: each letter is an axis, and `...` all axes that have none. */
export function einsum(call: Applied): Value {
  const { machine, bound } = call;
  const equation = bound.text('equation')?.replaceAll(' ', '');
  const given = bound.items('operands');
  const listed = given?.length === 1 && given[0].kind !== 'tensor' ? (iterate(given[0]) ?? given) : given;
  const operands = listed?.map((each) => machine.asTensor(each));
  if (!equation || !operands?.every((each) => each !== undefined)) return unknown();
  const [left, right = implied(left)] = equation.split('->');
  const inputs = left.split(',');
  const refusal = refusalOf(inputs, right, operands);
  if (refusal) return refuse(machine, call.at, refusal);
  const sizes = new Map<string, Size>();
  const rest: TensorValue[] = [];
  /** Whether a letter stands for two sizes. */
  let torn = false;
  for (const [index, letters] of inputs.entries()) {
    const shape = operands[index]?.cell.shape;
    if (!shape) return open();
    const [before, after] = letters.includes('...') ? letters.split('...') : [letters, ''];
    const free = shape.length - before.length - after.length;
    if (letters.includes('...') ? free < 0 : free !== 0) return open();
    const note = (letter: string, size: Size): void => {
      const known = sizes.get(letter);
      torn ||= known !== undefined && known !== 1 && size !== 1 && isKnown(known) && isKnown(size) && known !== size;
      if (known === undefined || known === 1 || !isKnown(known))
        sizes.set(letter, known === undefined || isKnown(size) ? size : known);
    };
    [...before].forEach((letter, axis) => {
      note(letter, shape[axis]);
    });
    [...after].forEach((letter, axis) => {
      note(letter, shape[shape.length - after.length + axis]);
    });
    if (letters.includes('...'))
      rest.push(tensor(shape.slice(before.length, before.length + free), operands[index].source));
  }
  const dots = rest.length === 0 ? [] : broadcast(machine, rest, call.at);
  const free = Array.isArray(dots) ? dots : dots.kind === 'tensor' ? dots.cell.shape : undefined;
  if (!free || torn) return open();
  const result: Size[] = [];
  for (const part of right.split(/(\.\.\.)/)) {
    if (part === '...') result.push(...free);
    else
      for (const letter of part) {
        const size = sizes.get(letter);
        if (size === undefined) return open();
        result.push(size);
      }
  }
  return { ...derived(operands[0], result, []), ...trustIn(operands) };
}

/** What PyTorch refuses, in the order in which it looks. */
function refusalOf(inputs: readonly string[], right: string, operands: readonly TensorValue[]): Refusal | undefined {
  const shapes = operands.map(sureShape);
  if (!shapes.every((shape) => shape !== undefined)) return undefined;
  if (inputs.length !== shapes.length) {
    return {
      code: 'arguments',
      template: 'The equation is of {0} operands, {1} are given.',
      args: [inputs.length, shapes.length],
      framework: `einsum(): ${shapes.length < inputs.length ? 'fewer' : 'more'} operands were provided than specified in the equation`,
    };
  }
  // Axes that an ellipsis stands for are not followed.
  if (inputs.some((letters) => !/^[A-Za-z]*$/.test(letters))) return undefined;
  return (
    first(inputs.map((letters, index) => countRefusal(letters, shapes[index], index))) ??
    outputRefusal(inputs, right) ??
    sizeRefusal(inputs, shapes)
  );
}

const first = (found: readonly (Refusal | undefined)[]): Refusal | undefined =>
  found.find((each) => each !== undefined);

function countRefusal(letters: string, shape: readonly Size[], index: number): Refusal | undefined {
  if (letters.length === shape.length) return undefined;
  return {
    code: 'rank-mismatch',
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
        code: 'axis-range',
        template: 'The axis {0} stands twice in the output.',
        args: [letter],
        framework: `einsum(): output subscript ${letter} appears more than once in the output`,
      };
    }
    if (/[A-Za-z]/.test(letter) && !inputs.some((each) => each.includes(letter))) {
      return {
        code: 'axis-range',
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
        code: 'broadcast-mismatch',
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
