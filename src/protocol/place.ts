import type { Cell } from '../core/explain/contributions';

/**
 * A place in a document: which view of the stage, how far it is stepped through, which slices and which cell. It can be
 * written into a link, and is read as if a stranger had sent it: what makes no sense is left out.
 */
export interface Place {
  /** `stage`, `sub`, `step` and `slices` of a view that was remembered; the page alone knows their form. */
  readonly view: unknown;
  readonly cell?: Cell;
}

type Unknowns = Readonly<Record<string, unknown>>;

const isRecord = (value: unknown): value is Unknowns => typeof value === 'object' && value !== null;

/** Tensors have at most five axes. */
const MOST_AXES = 5;

function cellOf(value: unknown): Cell | undefined {
  if (!isRecord(value)) return undefined;
  const { tensor, index } = value;
  if (tensor !== 'input' && tensor !== 'weight' && tensor !== 'output') return undefined;
  if (!Array.isArray(index) || index.length > MOST_AXES) return undefined;
  const all: readonly unknown[] = index;
  const whole = all.filter((at): at is number => typeof at === 'number' && Number.isSafeInteger(at) && at >= 0);
  return whole.length === all.length ? { tensor, index: whole } : undefined;
}

export function placeFrom(value: unknown): Place {
  if (!isRecord(value)) return { view: {} };
  const { stage, sub, step, slices } = isRecord(value.view) ? value.view : {};
  return { view: { stage, sub, step, slices }, cell: cellOf(value.cell) };
}
