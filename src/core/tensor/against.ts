import type { Tensor } from '../operation';
import { type Change, changeBetween, difference } from './change';
import { extractPlane, type PlaneBlock, type PlaneRequest } from './plane';

/** A tensor that one of the document's is held against: what it was before, or what somebody else makes of the same. */
export interface Counterpart {
  readonly tensor: 'input' | 'weight' | 'output';
  readonly values: Tensor;
  /** As the user knows it: `stop 2`, `layer(x)`. */
  readonly name: string;
  /** Whether cells that differ from it now are marked as changed. */
  readonly marks: boolean;
}

/** A plane of a counterpart, and of what the document's tensor has more than it. */
export interface Compared {
  readonly other: PlaneBlock;
  readonly difference: PlaneBlock;
  /** Of the whole tensors. */
  readonly change: Change;
}

/** More cells than this are not marked one by one: where all of a large kernel changes, a map of it says more. */
export const MOST_MARKED = 1024;

/** Flat indices of the elements that differ from a counterpart; none where they are too many. */
export function markedCells({ values: { data: before } }: Counterpart, { data: now }: Tensor): readonly number[] {
  const marked: number[] = [];
  for (let at = 0; at < now.length; at++) {
    if (Object.is(now[at], before[at]) || now[at] === before[at]) continue;
    marked.push(at);
    if (marked.length > MOST_MARKED) return [];
  }
  return marked;
}

/** Compares the planes of a tensor and its counterpart; nothing where their shapes are not the same. */
export function comparedPlanes(
  counterpart: Counterpart,
  now: Tensor,
  spatialRank: number,
  request: PlaneRequest,
): Compared | undefined {
  const change = changeBetween(counterpart.values, now);
  if (!change) return undefined;
  const plane = (tensor: Tensor): PlaneBlock => extractPlane(tensor, spatialRank, request);
  return { other: plane(counterpart.values), difference: plane(difference(now, counterpart.values)), change };
}
