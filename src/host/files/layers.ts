import type { OpenedFile } from '../../protocol/engine';

export type Entry = OpenedFile['entries'][number];

/** Names of a kernel and of the bias that belongs to it, as the frameworks have them. */
const PAIRS: readonly (readonly [weight: RegExp, bias: string])[] = [
  [/(^|[./])weight$/, 'bias'],
  [/(^|[./])kernel$/, 'bias'],
  [/(^|[./])w$/, 'b'],
  // Keras numbers a layer's variables: the kernel first.
  [/(^|[./])vars[./]0$/, '1'],
  [/(^|[./])w_0$/, 'b_0'],
];

const placesOf = new WeakMap<readonly Entry[], ReadonlyMap<string, number>>();

/** Where each name stands: of thousands, each is looked for. */
function placeOf(entries: readonly Entry[], name: string): number | undefined {
  const known = placesOf.get(entries) ?? new Map(entries.map((entry, at) => [entry.name, at]));
  placesOf.set(entries, known);
  return known.get(name);
}

/** Where the bias of a kernel stands: the one that its graph names, or the one that is called as its bias would be. */
export function biasOf(entries: readonly Entry[], at: number): number | undefined {
  const { name, layer, shape } = entries[at];
  if (shape.length < 3) return undefined;
  const pair = PAIRS.find(([weight]) => weight.test(name));
  const called = layer ? layer.bias : pair && name.replace(/[^./]+$/, pair[1]);
  const found = called === undefined ? undefined : placeOf(entries, called);
  return found !== undefined && entries[found].shape.length === 1 ? found : undefined;
}

/** The names under which a layer's variable is found: what stands before the last dot or slash. */
export const groupOf = (name: string): string => name.split(/[./](?=[^./]*$)/)[0].split(/[./](?=[^./]*$)/)[0];
