import { iterate } from '../../model/iterate';
import type { Applied } from '../../model/library';
import { knownInt } from '../../model/make';
import type { Value } from '../../model/value';
import { print } from '../../sizes/print';
import { isKnown, type Size } from '../../sizes/size';
import type { Refusal } from '../problems';

export type Check = (call: Applied, shape: readonly Size[]) => Refusal | undefined;

export const listed = (sizes: readonly (Size | number)[]): string => `[${sizes.map(print).join(', ')}]`;

export const indivisible = (size: number, by: number, framework: string): Refusal => ({
  code: 'resize',
  template: 'A size of {0} is not divisible by {1}.',
  args: [size, by],
  framework,
});

/** The whole numbers among one value or several. */
export function intsOf(value: Value | undefined): number[] {
  if (!value) return [];
  const items = value.kind === 'list' || value.kind === 'tuple' ? iterate(value) : [value];
  return (items ?? [])
    .map((each) => (each.kind === 'number' && each.float ? undefined : knownInt(each)))
    .filter((each) => each !== undefined);
}

/** The list of numbers that a call gives, all of them known. */
export function allInts(values: readonly Value[] | undefined): number[] | undefined {
  const found = values?.map(knownInt);
  return found?.every((each) => each !== undefined) ? found : undefined;
}

/** An argument of a function whose rule reads no arguments, by its position behind the input or its name. */
export function loose({ bound }: Applied, position: number, name: string): Value | undefined {
  const rest = bound.get('rest');
  return bound.get(name) ?? (rest?.kind === 'tuple' ? rest.items[position] : undefined);
}

/** The size of an axis whose number is known. */
export function sizeAt({ bound }: Applied, name: string, shape: readonly Size[]): number | undefined {
  const axis = bound.int(name);
  const size = axis === undefined ? undefined : shape.at(axis);
  return size !== undefined && isKnown(size) ? size : undefined;
}

export const indexRefusal = (index: number, size: number, framework: string): Refusal => ({
  code: 'index-range',
  template: 'The index {0} is out of range: the axis has a size of {1}.',
  args: [index, size],
  framework,
});
