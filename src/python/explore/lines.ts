import { lineInParsed } from '../evaluate/parsedFiles';
import { told } from '../findings/cause';
import type { Findings } from '../findings/findings';
import type { FoundLine, FoundNetwork, FoundTensor } from '../findings/lineWitness';
import type { CallStep, Dim, LineShape, Network, ShapeSource, Why } from '../report';

import { print } from '../sizes/print';
import { unnumbered } from '../sizes/unnumbered';
import type { Call } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';

/** Shapes of one line that are told: a loop may leave a hundred. */
const MOST_SHAPES = 8;

/** What the lines of a file leave, and its models. */
export function linesOf(
  found: readonly Findings[],
  path: string,
): { readonly lines: readonly LineShape[]; readonly networks: readonly Network[] } {
  return {
    lines: grouped(
      found.flatMap(({ lines }) => lines),
      ({ chunk, start }) => [chunk, start],
    )
      .flatMap((group) => lineOf(group, path) ?? [])
      .sort((a, b) => a.span.start - b.span.start),
    networks: grouped(
      found.flatMap(({ networks }) => networks),
      ({ definition }) => [definition.chunk, definition.start],
    )
      .map((group) => networkOf(group[0], path))
      .sort((a, b) => a.span.start - b.span.start),
  };
}

/** What was found at each place, of each only what has the best evidence. */
function grouped<Found extends { readonly worth: number }>(
  found: readonly Found[],
  placeOf: (each: Found) => readonly [Chunk, number],
): readonly (readonly Found[])[] {
  const chunks = new Map<Chunk, Map<number, Found[]>>();
  for (const each of found) {
    const [chunk, start] = placeOf(each);
    const own = chunks.get(chunk) ?? new Map<number, Found[]>();
    chunks.set(chunk, own);
    const before = own.get(start);
    if (!before || before[0].worth > each.worth) own.set(start, [each]);
    else if (before[0].worth === each.worth) before.push(each);
  }
  return [...chunks.values()].flatMap((own) => [...own.values()]);
}

const shapeOf = ({ shape }: FoundTensor): readonly Dim[] | undefined => shape?.map(print);

/** Nothing for a value of which it never showed whether it is a tensor. */
function lineOf(group: readonly FoundLine[], path: string): LineShape | undefined {
  const [{ name, chunk, start, end, behind, within }] = group;
  if (!group.some(({ likely }) => likely)) return undefined;
  const shapes = new Map<string, Told>();
  for (const found of group) {
    const dims = shapeOf(found);
    const key = dims && unnumbered(dims.join());
    if (key !== undefined && !shapes.has(key)) shapes.set(key, { dims: dims!, found });
  }
  const told = [...shapes.values()].slice(0, MOST_SHAPES);
  return {
    name,
    span: { start: chunk.absolute(start), end: chunk.absolute(end) },
    behind: chunk.absolute(behind),
    within,
    shapes: told.map(({ dims }) => dims),
    ...pathsOf(told),
    why: whysOf(group, path),
  };
}

/** A shape of a line, and what first had it. */
interface Told {
  readonly dims: readonly Dim[];
  readonly found: FoundLine;
}

/** Nothing where one way alone leads there, as in the rounds of a loop. */
function pathsOf(told: readonly Told[]): Pick<LineShape, 'paths'> {
  const paths = told.map(({ found }) => found.through.map(stepOf));
  const keys = new Set(paths.map((steps) => steps.map(({ span }) => span.start).join()));
  return keys.size > 1 ? { paths } : {};
}

const stepOf = ({ chunk, callee, start, end }: Call): CallStep => ({
  name: chunk.text.slice(callee.start, callee.end),
  span: { start: chunk.absolute(start), end: chunk.absolute(end) },
});

function networkOf({ definition, entry, inputs, output }: FoundNetwork, path: string): Network {
  const { chunk, start, name } = definition;
  const shape = shapeOf(output);
  const [first] = inputs;
  const head = chunk.text.indexOf('\n', start);
  return {
    name,
    entry,
    span: { start: chunk.absolute(start), end: chunk.absolute(head < 0 ? chunk.text.length : head) },
    inputs: inputs.map((each) => {
      const dims = shapeOf(each);
      return { name: each.name, ...(dims ? { shape: dims } : {}) };
    }),
    ...(shape ? { output: shape } : {}),
    source: sourceOf(first),
    why: whysOf(inputs, path),
  };
}

function sourceOf(input: FoundTensor | undefined): ShapeSource {
  const value = input?.value;
  // A comment in the body says what the parameter is: of an unknown value, that it is this tensor.
  const tensor = value?.kind === 'unknown' ? value.tensor : value;
  return tensor?.kind === 'tensor' ? tensor.source : 'symbolic';
}

function whysOf(found: readonly FoundTensor[], path: string): readonly Why[] {
  const causes = found.flatMap(({ causes: own = [] }) => own);
  const distinct = new Map(causes.map((each) => [`${each.template}\n${each.args.join('\n')}`, each]));
  return [...distinct.values()].map((each) => told(each, path, lineInParsed));
}
