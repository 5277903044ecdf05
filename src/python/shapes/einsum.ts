import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import { unknown } from '../model/make';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import { print } from '../sizes/print';
import { isKnown, type Size } from '../sizes/size';
import { broadcast } from './elementwise';
import { refuse } from './onTensor';

const open = (): Value => tensor(undefined, 'symbolic', { stem: 't', soft: true });

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
  const sizes = new Map<string, Size>();
  const rest: TensorValue[] = [];
  for (const [index, letters] of inputs.entries()) {
    const shape = operands[index]?.cell.shape;
    if (!shape) return open();
    const [before, after] = letters.includes('...') ? letters.split('...') : [letters, ''];
    const free = shape.length - before.length - after.length;
    if (letters.includes('...') ? free < 0 : free !== 0)
      refuse(call, {
        code: 'einsum-rank',
        template: 'Operand {0} has {1} axes, and {2} letters.',
        args: [index, shape.length, letters.length],
        framework: `einsum(): the number of subscripts in the equation (${letters.length}) does not match the number of dimensions (${shape.length}) for operand ${index} and no ellipsis was given`,
      });
    const note = (letter: string, size: Size): void => {
      const known = sizes.get(letter);
      if (known !== undefined && isKnown(known) && isKnown(size) && known !== size && known !== 1 && size !== 1)
        refuse(call, {
          code: 'einsum-sizes',
          template: 'Axis {0} has the sizes {1} and {2}.',
          args: [letter, print(known), print(size)],
          framework: `einsum(): subscript ${letter} has size ${print(size)} for operand ${index} which does not broadcast with previously seen size ${print(known)}`,
        });
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
  if (!free) return open();
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
  return derived(operands[0], result, []);
}
