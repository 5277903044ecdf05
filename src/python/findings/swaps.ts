import type { Problem } from '../../core/problem';
import { BoundArguments } from '../model/bound';
import type { Bound } from '../model/library';
import type { Machine } from '../model/machine';
import type { Site } from '../model/site';
import type { ArgumentRepair } from '../report';
import type { Expression } from '../syntax/ast';

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

/** The expression that the call has for an argument, by position or keyword. */
function argumentNode({ call, signature }: Site, name: string): Expression | undefined {
  if (call.arguments.some((argument) => argument.star)) return undefined;
  let position = 0;
  return call.arguments.find((argument) => (argument.name ?? signature.names[position++]) === name)?.value;
}

/** What the call writes for an argument. */
export function writtenArgument(site: Site, name: string): string | undefined {
  const node = argumentNode(site, name);
  return node && site.call.chunk.text.slice(node.start, node.end);
}

/** Where an argument is a float because it is a quotient: the same with `//`. */
export function wholeQuotient(site: Site | undefined, name: string): readonly ArgumentRepair[] {
  const node = site && argumentNode(site, name);
  if (!site || node?.kind !== 'binary' || node.operator !== '/') return [];
  const { text } = site.call.chunk;
  const operator = text.slice(node.left.end, node.right.start).replace('/', '//');
  const whole = text.slice(node.start, node.left.end) + operator + text.slice(node.right.start, node.end);
  return [{ kind: 'set', values: { [name]: whole }, preferred: true }];
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
