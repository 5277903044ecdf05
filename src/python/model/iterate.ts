import { isKnown } from '../sizes/size';
import { number } from './make';
import { asScalar, knownData, tensor } from './tensor';
import type { Value } from './value';

/** Longer lists than this are not followed item by item: a few lines can ask for more than there is memory. */
export const MOST_ITEMS = 2_000;
/** Longer texts than this are not known; none that decides a shape is longer. */
export const LONGEST_TEXT = 100_000;

/** The items of anything that can be gone through, when all of them are known. */
export function iterate(value: Value): readonly Value[] | undefined {
  switch (value.kind) {
    case 'list':
    case 'tuple':
    case 'set':
      return value.open || value.items.length > MOST_ITEMS || value.isStale?.(value.items.length)
        ? undefined
        : value.items;
    case 'container':
      if (value.open || value.items.length > MOST_ITEMS) return undefined;
      return value.type === 'dict' ? value.names.map((name): Value => ({ kind: 'string', value: name })) : value.items;
    case 'dict':
      return value.open ? undefined : [...value.entries.values()].map(([key]) => key);
    case 'string':
      if (value.value.length > MOST_ITEMS) return undefined;
      return [...value.value].map((character): Value => ({ kind: 'string', value: character }));
    case 'range': {
      if (!isKnown(value.start) || !isKnown(value.stop)) return undefined;
      const count = Math.max(0, Math.ceil((value.stop - value.start) / value.step));
      if (count > MOST_ITEMS) return undefined;
      const start = value.start;
      return Array.from({ length: count }, (_, index) => number(start + index * value.step));
    }
    case 'shape':
      return value.tensor.cell.shape?.map((size) => number(size));
    case 'instance':
      return value.native ? iterate(value.native) : undefined;
    case 'tensor': {
      const data = knownData(value);
      if (data) return iterate(data)?.map(asScalar);
      const shape = value.cell.shape;
      if (!shape || shape.length === 0 || !isKnown(shape[0]) || shape[0] > 64) return undefined;
      return Array.from({ length: shape[0] }, () => tensor(shape.slice(1), value.source));
    }
    default:
      return undefined;
  }
}
