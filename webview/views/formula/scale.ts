/** Positions along one axis as pixels. Where they are too many, those in the middle share the room of one. */
export interface Scale {
  /** Width of a position that is drawn by itself. */
  readonly unit: number;
  /** Where a position begins. Fractions and positions outside are fine. */
  x(position: number): number;
  /** Positions of a stretch that are drawn by themselves, in order. */
  each(from: number, to: number): readonly number[];
  /** Positions that are not, if there are any. */
  readonly gap: readonly [from: number, to: number] | undefined;
  readonly width: number;
}

const LARGEST = 52;
/** Narrower than this, positions could not be counted. */
const LEAST = 13;
const WITH_GAP = 18;

/** Lays `count` positions out in so many pixels, from `left` on. */
export function scaleOf(count: number, left: number, room: number): Scale {
  const fits = Math.floor(room / count) >= LEAST;
  const unit = fits ? Math.min(LARGEST, Math.floor(room / count)) : WITH_GAP;
  const shown = fits ? count : Math.max(5, Math.floor(room / unit));
  const first = fits ? count : Math.ceil((shown - 1) / 2);
  const last = fits ? count : count - (shown - 1 - first);
  const x = (position: number): number => {
    if (position <= first) return left + position * unit;
    if (position >= last) return left + (first + 1 + position - last) * unit;
    return left + (first + (position - first) / (last - first)) * unit;
  };
  return {
    unit,
    x,
    each(from, to) {
      const found: number[] = [];
      for (let at = Math.max(0, from); at < Math.min(to, count); at++) {
        if (at >= first && at < last) at = last - 1;
        else found.push(at);
      }
      return found;
    },
    gap: fits ? undefined : [first, last],
    width: shown * unit,
  };
}

/** Which of many are shown one by one, with a gap among them: the first three and the last two of more than `most`. */
export function fewOf(count: number, most: number): readonly (number | undefined)[] {
  if (count <= most) return Array.from({ length: count }, (_, at) => at);
  const last = Math.floor((most - 1) / 2);
  const first = most - 1 - last;
  return [
    ...Array.from({ length: first }, (_, at) => at),
    undefined,
    ...Array.from({ length: last }, (_, at) => count - last + at),
  ];
}
