import type { Tensor } from '../operation';
import { elementCount } from '../tensor/tensor';
import { checkedZeros, damaged, type LoadHow, type ReadOptions, type TensorEntry, type Window } from './format';

/** A part of a tensor; with steps, of each axis one element in so many: `size` counts those that are taken. */
export interface Part extends Window {
  readonly step?: readonly number[];
}

/** So many elements that lie beside one another are read at once, though only some of them are taken. */
const BAND = 2 ** 16;

/** What of an axis a part reaches over. */
const reachOf = (size: number, step: number): number => (size - 1) * step + 1;

/** Axes from this one on are read together. */
function bandFrom(reach: readonly number[]): number {
  let from = reach.length - 1;
  while (from > 0 && elementCount(reach.slice(from - 1)) <= BAND) from--;
  return Math.max(0, from);
}

/** Calls for every combination of indices below these sizes, in C order. */
function visit(
  sizes: readonly number[],
  each: (index: readonly number[]) => void,
  index: readonly number[] = [],
): void {
  if (index.length === sizes.length) each(index);
  else for (let at = 0; at < sizes[index.length]; at++) visit(sizes, each, [...index, at]);
}

/**
 * The values of a part of a tensor of a file, at the resolution that its steps give: read band by band, so that no more
 * memory is taken than the part itself and one band. Throws a ProblemError.
 */
export function loadPart(
  entry: TensorEntry,
  options: Pick<ReadOptions, 'limit'>,
  how: Omit<LoadHow, 'window'> & { readonly window?: Part },
): Tensor {
  const { window, reading } = how;
  const step = window?.step;
  if (!window || !step || step.every((each) => each === 1)) return entry.load(how);
  const { begin, size } = window;
  const isSound =
    step.length === entry.shape.length &&
    size.length === step.length &&
    step.every(
      (each, axis) => Number.isSafeInteger(each) && each >= 1 && Number.isSafeInteger(size[axis]) && size[axis] >= 1,
    );
  if (!isSound)
    throw damaged('window', 'There is no part of size {0} in a tensor of shape {1}.', size.join(), entry.shape.join());
  const reach = size.map((count, axis) => reachOf(count, step[axis]));
  const from = bandFrom(reach);
  let made: Tensor | undefined;
  let at = 0;
  visit(size.slice(0, from), (index) => {
    const first = index.map((each, axis) => begin[axis] + each * step[axis]);
    const band = entry.load({
      reading,
      window: { begin: [...first, ...begin.slice(from)], size: [...first.map(() => 1), ...reach.slice(from)] },
    });
    made ??= checkedZeros(band.dtype, size, options, how.allocate);
    const { data } = made;
    const [inner, pitches] = [size.slice(from), pitchesOf(reach.slice(from))];
    visit(inner, (place) => {
      data[at++] = band.data[place.reduce((sum, each, axis) => sum + each * step[from + axis] * pitches[axis], 0)];
    });
  });
  if (!made) throw damaged('empty', 'The tensor of shape {0} has no elements.', `(${entry.shape.join(', ')})`);
  return made;
}

const pitchesOf = (sizes: readonly number[]): readonly number[] =>
  sizes.map((_, axis) => elementCount(sizes.slice(axis + 1)));
