import type { SharedTensor } from '../protocol/engine';

/** More cells than this are not noted one by one. */
export const MOST_CELLS = 4096;

/** Tells one state of a tensor's values from any other. */
export const nameOf = ({ id, version }: Pick<SharedTensor, 'id' | 'version'>): string => `${id}.${version}`;

/** The cells that were written since the tensor had this name; undefined when that is not known. */
export function cellsSince(
  tensor: Pick<SharedTensor, 'id' | 'version' | 'lately'>,
  name: string,
): readonly number[] | undefined {
  if (name === nameOf(tensor)) return [];
  const { lately = [] } = tensor;
  const first = lately.findIndex(({ before }) => before === name);
  return first < 0 ? undefined : lately.slice(first).flatMap(({ cells }) => [...cells]);
}

type Lately = NonNullable<SharedTensor['lately']>;

/** The list with one more writing; those that are too long ago are forgotten, and too many cells are too many. */
export function withWriting(lately: Lately, writing: Lately[number]): Lately {
  const all = [...lately, writing];
  let count = 0;
  const first = all.findLastIndex(({ cells }) => (count += cells.length) > MOST_CELLS);
  return all.slice(first + 1).slice(-64);
}
