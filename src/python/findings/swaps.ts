import type { Problem } from '../../core/problem';
import { BoundArguments } from '../model/bound';
import type { Bound } from '../model/library';
import type { Machine } from '../model/machine';
import type { Site } from '../model/site';
import type { ArgumentRepair } from '../report';

/**
 * Arguments that people give in the wrong order: the two of a pair stand next to each other, or change places between
 * functions.
 */
const PAIRS: readonly (readonly [string, string])[] = [
  ['in_channels', 'out_channels'],
  ['groups', 'dilation'],
  ['output_padding', 'groups'],
  ['output_padding', 'dilation'],
  ['padding', 'output_padding'],
  ['stride', 'padding'],
];

/** What the call writes for an argument, by position or keyword. */
export function writtenArgument(site: Site, name: string): string | undefined {
  const { call, signature } = site;
  if (call.arguments.some((argument) => argument.star)) return undefined;
  let position = 0;
  for (const argument of call.arguments) {
    const bound = argument.name ?? signature.names[position++];
    if (bound === name) return call.chunk.text.slice(argument.value.start, argument.value.end);
  }
  return undefined;
}

export function swapOf(site: Site, first: string, second: string): ArgumentRepair | undefined {
  const [a, b] = [writtenArgument(site, first), writtenArgument(site, second)];
  if (a === undefined || b === undefined) return undefined;
  return { kind: 'swap', values: { [first]: b, [second]: a }, preferred: true };
}

/** Exchanges of two written arguments after which a layer is legal. */
export function swapsThatHelp(
  machine: Machine,
  site: Site | undefined,
  bound: Bound,
  check: (bound: Bound) => readonly Problem[],
): readonly ArgumentRepair[] {
  if (!site) return [];
  return PAIRS.flatMap(([first, second]): ArgumentRepair[] => {
    const fix = swapOf(site, first, second);
    const [a, b] = [bound.get(first), bound.get(second)];
    if (!fix || !a || !b) return [];
    const exchanged = new Map(bound.values).set(first, b).set(second, a);
    return check(new BoundArguments(machine, exchanged, bound)).length === 0 ? [fix] : [];
  });
}
