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

/** Where each name stands, and each name of a model's own: of thousands, each is looked for. */
function placeOf(entries: readonly Entry[], name: string): number | undefined {
  let known = placesOf.get(entries);
  if (!known) {
    const names = entries.map((entry, at) => [entry.name, at] as const);
    const aliases = entries.flatMap(({ alias }, at) => (alias === undefined ? [] : [[alias, at] as const]));
    known = new Map([...aliases, ...names]);
    placesOf.set(entries, known);
  }
  return known.get(name);
}

/** What the bias of a kernel of this name is called. */
function biasNamed(name: string): string | undefined {
  const pair = PAIRS.find(([weight]) => weight.test(name));
  return pair && name.replace(/[^./]+$/, pair[1]);
}

/** Where the bias of a kernel stands: the one that its graph names, or the one that is called as its bias would be. */
export function biasOf(entries: readonly Entry[], at: number): number | undefined {
  const { name, alias = '', layer, shape } = entries[at];
  if (shape.length < 3) return undefined;
  const called = layer ? [layer.bias] : [biasNamed(name), biasNamed(alias)];
  for (const each of called) {
    const found = each === undefined ? undefined : placeOf(entries, each);
    if (found !== undefined && entries[found].shape.length === 1) return found;
  }
  return undefined;
}

/** The names under which a layer's variable is found: what stands before the last dot or slash. */
export const groupOf = (name: string): string => name.split(/[./](?=[^./]*$)/)[0].split(/[./](?=[^./]*$)/)[0];
