import type { Plan } from '../plan';
import { unflatten } from './layout';
import { axisLevel, type Level } from './axisCounts';

/** C of every channel of a group with every channel of it: blocks of ones along the diagonal. */
function channelLevel(sites: number, places: number, groups: number): Level {
  const [sitesEach, placesEach] = [sites / groups, places / groups];
  const corner = (site: number, place: number): number => {
    const whole = Math.min(Math.floor(site / sitesEach), Math.floor(place / placesEach));
    const across = Math.min(sitesEach, site - whole * sitesEach);
    const down = Math.min(placesEach, place - whole * placesEach);
    return whole * sitesEach * placesEach + across * down;
  };
  return tabulated(sites, places, corner);
}

const tabulated = (sites: number, places: number, corner: (site: number, place: number) => number): Level => ({
  sites,
  places,
  counts(siteEdges, placeEdges) {
    const table = new Float64Array(siteEdges.length * placeEdges.length);
    let at = 0;
    for (let column = 0; column < placeEdges.length; column++) {
      for (let row = 0; row < siteEdges.length; row++) table[at++] = corner(siteEdges[row], placeEdges[column]);
    }
    return table;
  },
});

/**
 * C as the Kronecker product that it is: channels ⊗ one matrix for each spatial axis. With `weight`, a flat index of
 * the weight tensor, only the entries where that kernel element stands.
 */
export function levelsOf(plan: Plan, weight?: number): readonly Level[] {
  const conv = plan.kind === 'conv';
  const [sites, places] = conv ? [plan.outputChannels, plan.inputChannels] : [plan.inputChannels, plan.outputChannels];
  if (weight === undefined) {
    const all = plan.axes.map((axis) =>
      axisLevel(
        plan,
        axis,
        Array.from({ length: axis.kernel }, (_, tap) => tap),
      ),
    );
    return [channelLevel(sites, places, plan.groups), ...all];
  }
  const [siteChannel, within, ...taps] = unflatten(plan.weightShape, weight);
  const placeChannel = Math.floor((siteChannel * plan.groups) / sites) * (places / plan.groups) + within;
  const joined = tabulated(sites, places, (site, place) => (site > siteChannel && place > placeChannel ? 1 : 0));
  return [joined, ...plan.axes.map((axis, at) => axisLevel(plan, axis, [taps[at]]))];
}

/** Ascending, each once. */
const distinct = (edges: Iterable<number>): Float64Array => Float64Array.from(new Set(edges)).sort();

/** Where each edge lies in the level above the last ones: `whole` of them are passed, and `part` of the next. */
interface Split {
  /** Positions in the outer table of every edge's `whole` and of `whole + 1` (the same at the end). */
  readonly whole: Int32Array;
  readonly next: Int32Array;
  readonly part: Int32Array;
  readonly outer: Float64Array;
  readonly inner: Float64Array;
}

function split(edges: Float64Array, size: number, count: number): Split {
  const wholes = edges.map((edge) => Math.floor(edge / size));
  const parts = edges.map((edge, at) => edge - wholes[at] * size);
  const after = (whole: number): number => Math.min(count, whole + 1);
  const outer = distinct([...wholes, ...wholes.map(after)]);
  const inner = distinct([...parts, size]);
  const positions = (table: Float64Array): ReadonlyMap<number, number> =>
    new Map(Array.from(table, (value, at) => [value, at]));
  const [inOuter, inInner] = [positions(outer), positions(inner)];
  return {
    whole: Int32Array.from(wholes, (value) => inOuter.get(value) ?? 0),
    next: Int32Array.from(wholes, (value) => inOuter.get(after(value)) ?? 0),
    part: Int32Array.from(parts, (value) => inInner.get(value) ?? 0),
    outer,
    inner,
  };
}

/**
 * Entries above and left of every corner, `[place edge][site edge]`; edges ascend, each once. Of `A ⊗ B` the corner
 * `(a·m + r, b·n + c)` holds `A(a,b)·B(m,n) + (A(a+1,b) − A(a,b))·B(r,n) + (A(a,b+1) − A(a,b))·B(m,c) + A[a,b]·B(r,c)`,
 * with `A(…)` and `B(…)` the corners of the factors: whole blocks, those that the last rows cut, those that the last
 * columns cut, and the one that both do. Costs the number of corners for each factor, whatever the size of the matrix.
 */
export function cornerCounts(
  levels: readonly Level[],
  siteEdges: Float64Array,
  placeEdges: Float64Array,
): Float64Array {
  const [level, ...rest] = levels;
  if (rest.length === 0) return level.counts(siteEdges, placeEdges);
  const restSites = rest.reduce((all, { sites }) => all * sites, 1);
  const restPlaces = rest.reduce((all, { places }) => all * places, 1);
  const sites = split(siteEdges, restSites, level.sites);
  const places = split(placeEdges, restPlaces, level.places);
  const outer = level.counts(sites.outer, places.outer);
  const inner = cornerCounts(rest, sites.inner, places.inner);
  const [outerPitch, innerPitch] = [sites.outer.length, sites.inner.length];
  const lastPart = (places.inner.length - 1) * innerPitch;
  const all = inner[lastPart + innerPitch - 1];

  const counts = new Float64Array(siteEdges.length * placeEdges.length);
  let at = 0;
  for (let column = 0; column < placeEdges.length; column++) {
    const here = places.whole[column] * outerPitch;
    const there = places.next[column] * outerPitch;
    const part = places.part[column] * innerPitch;
    const cutColumn = inner[part + innerPitch - 1];
    for (let row = 0; row < siteEdges.length; row++) {
      const [whole, next, cut] = [sites.whole[row], sites.next[row], sites.part[row]];
      const corner = outer[here + whole];
      const rows = outer[here + next] - corner;
      const columns = outer[there + whole] - corner;
      const both = outer[there + next] - corner - rows - columns;
      counts[at++] = corner * all + rows * inner[lastPart + cut] + columns * cutColumn + both * inner[part + cut];
    }
  }
  return counts;
}
