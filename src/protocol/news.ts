import type { BlockChange } from '../core/tensor/changedValues';
import type { Sight } from '../core/tensor/look';
import { type PackedBlock, unpacked } from '../core/tensor/packed';
import type { PlaneBlock, TensorName } from '../core/tensor/plane';

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
  /** What became of blocks of that sight, by their keys: nothing, or some values of them are others. */
  readonly kept: readonly { readonly key: string; readonly change?: BlockChange }[];
  /** The same of tensors that the page has as a whole. */
  readonly keptWhole: readonly { readonly tensor: TensorName; readonly change?: BlockChange }[];
}

function withChange<Part extends { readonly values: PlaneBlock['values'] }>(
  part: Part,
  { at, values }: BlockChange,
): Part {
  const changed = part.values.slice();
  at.forEach((place, each) => (changed[place] = values[each]));
  return { ...part, values: changed };
}

/**
 * The whole sight, from the one before and what is new; undefined when the news are told against another one. What has
 * not changed is the same object as before.
 */
export function sightOf(before: (Sight & Pick<News, 'serial'>) | undefined, news: News): News | undefined {
  const { since, kept, keptWhole } = news;
  const blocks: PlaneBlock[] = [...news.blocks, ...news.packed.map(unpacked)];
  if (since === undefined) return { ...news, blocks, packed: [] };
  if (before?.serial !== since) return undefined;
  for (const { key, change } of kept) {
    const block = before.blocks.find((each) => each.key === key);
    if (!block) return undefined;
    blocks.push(change ? withChange(block, change) : block);
  }
  const whole = [...news.whole];
  for (const { tensor, change } of keptWhole) {
    const part = before.whole.find((each) => each.tensor === tensor);
    if (!part) return undefined;
    whole.push(change ? withChange(part, change) : part);
  }
  return { ...news, blocks, whole, packed: [], since: undefined, kept: [], keptWhole: [] };
}
