import type { AxisPlan } from '../axis';
import { readAt } from '../kernels/meetings';
import type { Plan } from '../plan';

/**
 * A matrix of zeros and ones, known by how many ones lie above and left of a corner. Rows of C are sites, columns
 * places, whichever operation; `counts` has one value for every place edge and site edge, `[place edge][site edge]`.
 */
export interface Level {
  readonly sites: number;
  readonly places: number;
  /** Ones in sites `< siteEdge` and places `< placeEdge`, for ascending edges. */
  counts(siteEdges: ArrayLike<number>, placeEdges: ArrayLike<number>): Float64Array;
}

/** Ones that the equation of site and place does not give: a place in the padding that is read as an input. */
interface Fold {
  readonly site: number;
  readonly place: number;
}

/**
 * Along one axis: which sites and places meet through these taps. Tap `t` joins site `o` and place `o·s + t·d − p`, so
 * with `first(t, b) = ⌈(b + p − t·d) / s⌉`, the first site whose tap falls on or after `b`, the corner `(a, b)` holds
 * `Σₜ max(0, min(a, first(t, b)) − max(0, first(t, 0)))` ones. Both are linear in `a` between sorted breakpoints: a
 * table of corners costs its own size plus one pass over the taps for each of its places, and no site is ever visited.
 */
export function axisLevel(plan: Plan, axis: AxisPlan, taps: readonly number[]): Level {
  const conv = plan.kind === 'conv';
  const [sites, places] = conv ? [axis.output, axis.input] : [axis.input, axis.output];
  const reaches = taps.map((tap) => axis.padBegin - tap * axis.dilation).reverse();
  const folds = plan.paddingMode === 'zeros' ? [] : foldsOf(plan, axis, taps);
  const firsts = Float64Array.from(reaches, (reach) => Math.max(0, Math.ceil(reach / axis.stride)));
  const ends = new Float64Array(reaches.length);

  return {
    sites,
    places,
    counts(siteEdges, placeEdges) {
      const table = new Float64Array(siteEdges.length * placeEdges.length);
      const begun = hinges(firsts, siteEdges);
      for (let column = 0; column < placeEdges.length; column++) {
        for (let tap = 0; tap < ends.length; tap++)
          ends[tap] = Math.max(0, Math.ceil((placeEdges[column] + reaches[tap]) / axis.stride));
        addDifference(table, column * siteEdges.length, begun, ends, siteEdges);
      }
      addFolds(table, folds, siteEdges, placeEdges);
      return table;
    },
  };
}

/** `Σ max(0, edge − hinge)` at every edge; both ascend. */
function hinges(at: Float64Array, edges: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(edges.length);
  addDifference(sums, 0, sums, at, edges);
  return sums.map((value) => -value);
}

/** Writes `begun − Σ max(0, edge − hinge)` from `offset` on. */
function addDifference(
  table: Float64Array,
  offset: number,
  begun: Float64Array,
  at: Float64Array,
  edges: ArrayLike<number>,
): void {
  let passed = 0;
  let sum = 0;
  for (let edge = 0; edge < edges.length; edge++) {
    const here = edges[edge];
    while (passed < at.length && at[passed] < here) sum += at[passed++];
    table[offset + edge] = begun[edge] - (here * passed - sum);
  }
}

/**
 * Padding that is not zeros lets border sites read inputs a second time; an input that a site reads anyway adds no
 * entry.
 */
function foldsOf(plan: Plan, axis: AxisPlan, taps: readonly number[]): readonly Fold[] {
  const { stride, dilation, padBegin, input, output } = axis;
  const reach = (tap: number): number => tap * dilation - padBegin;
  const firstWhole = Math.ceil(-reach(taps[0]) / stride);
  const firstPast = Math.floor((input - 1 - reach(taps[taps.length - 1])) / stride) + 1;
  const folds: Fold[] = [];
  const visit = (site: number): void => {
    const read = taps.map((tap) => site * stride + reach(tap));
    const seen = new Set(read);
    for (const place of read) {
      if (place >= 0 && place < input) continue;
      const folded = readAt(plan.paddingMode, place, input);
      if (seen.has(folded)) continue;
      seen.add(folded);
      folds.push({ site, place: folded });
    }
  };
  for (let site = 0; site < Math.min(output, firstWhole); site++) visit(site);
  for (let site = Math.max(0, firstWhole, firstPast); site < output; site++) visit(site);
  return folds;
}

/** The first edge that is greater than `value`, or the number of edges. */
function edgeAfter(edges: ArrayLike<number>, value: number): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (edges[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

function addFolds(
  table: Float64Array,
  folds: readonly Fold[],
  siteEdges: ArrayLike<number>,
  placeEdges: ArrayLike<number>,
): void {
  if (folds.length === 0) return;
  const pitch = siteEdges.length;
  const added = new Float64Array(table.length);
  for (const { site, place } of folds) {
    const [row, column] = [edgeAfter(siteEdges, site), edgeAfter(placeEdges, place)];
    if (row < pitch && column < placeEdges.length) added[column * pitch + row]++;
  }
  for (let column = 0; column < placeEdges.length; column++) {
    let inColumn = 0;
    for (let row = 0; row < pitch; row++) {
      const at = column * pitch + row;
      inColumn += added[at];
      added[at] = inColumn + (column > 0 ? added[at - pitch] : 0);
      table[at] += added[at];
    }
  }
}
