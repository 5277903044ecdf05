import type { BlockChange } from '../core/tensor/changedValues';
import type { Sight } from '../core/tensor/look';
import { type PackedBlock, unpacked } from '../core/tensor/packed';
import type { PlaneBlock, TensorName } from '../core/tensor/plane';

/** A block that the page has: its key, and the sight with which it came. */
export interface Kept {
  readonly key: string;
  readonly from: number;
}

/**
 * A sight as it crosses to a page: of the blocks that the page has, only what is different. An edit of one cell of a
 * large picture changes a few values of a block, and most edits leave some blocks as they were.
 */
export interface News extends Sight {
  /** Counts the sights of a session. */
  readonly serial: number;
  /** Blocks that are only painted. */
  readonly packed: readonly PackedBlock[];
  /** The sight against which this one is told; without it, this one is whole. */
  readonly since?: number;
  /** Blocks of the page's that this sight has: as they are, or with some values that are others. */
  readonly kept: readonly (Kept & { readonly change?: BlockChange })[];
  /** Blocks of the page's that are not in sight now and may be again: all others can be forgotten. */
  readonly besides: readonly Kept[];
  /** What became of tensors that the page has as a whole. */
  readonly keptWhole: readonly { readonly tensor: TensorName; readonly change?: BlockChange }[];
}

/** What a page has of a session's values. */
export interface Held {
  readonly serial: number;
  readonly sight: Sight;
  /** The blocks of this sight, and of earlier ones those that may be shown again. */
  readonly blocks: ReadonlyMap<string, PlaneBlock>;
}

const nameOf = ({ key, from }: Kept): string => `${from} ${key}`;

function withChange<Part extends { readonly values: PlaneBlock['values'] }>(
  part: Part,
  { at, values }: BlockChange,
): Part {
  const changed = part.values.slice();
  at.forEach((place, each) => (changed[place] = values[each]));
  return { ...part, values: changed };
}

/**
 * What the page has after the news; undefined when they are told against what it has not got. What has not changed is
 * the same object as before.
 */
export function heldAfter(before: Held | undefined, news: News): Held | undefined {
  const { serial, since, kept, besides, keptWhole, statistics } = news;
  if (since !== undefined && before?.serial !== since) return undefined;
  const seen: (readonly [Kept, PlaneBlock])[] = [...news.blocks, ...news.packed.map(unpacked)].map((block) => [
    { key: block.key, from: serial },
    block,
  ]);
  for (const { change, ...each } of kept) {
    const block = before?.blocks.get(nameOf(each));
    if (!block) return undefined;
    seen.push([each, change ? withChange(block, change) : block]);
  }
  const held = new Map(seen.map(([each, block]) => [nameOf(each), block]));
  for (const each of besides) {
    const block = before?.blocks.get(nameOf(each));
    if (!block) return undefined;
    held.set(nameOf(each), block);
  }
  const whole = [...news.whole];
  for (const { tensor, change } of keptWhole) {
    const part = before?.sight.whole.find((each) => each.tensor === tensor);
    if (!part) return undefined;
    whole.push(change ? withChange(part, change) : part);
  }
  return { serial, sight: { blocks: seen.map(([, block]) => block), whole, statistics }, blocks: held };
}
