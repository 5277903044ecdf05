import type { Findings, FoundUse, LooseProblem, Site } from './evaluate/site';
import type { Equivalent, Mention, ParameterValue, Report, ReportProblem, Span, Use } from './report';
import { add, product } from './symbolic/size';
import { print } from './symbolic/print';
import { isKnown } from './symbolic/size';
import { rankOfSource } from './values/tensor';
import type { CallPlace, Value } from './values/value';
import { problemsOf } from './facts/siteProblems';
import { equivalentOf } from './facts/equivalent';

/** Adds what one entry point found to what is known. */
export function merge(into: Findings, from: Findings, onlyNew = false): void {
  for (const [call, byCallee] of from.sites) {
    for (const [callee, site] of byCallee) {
      const known = into.sites.get(call)?.get(callee);
      if (!known) {
        if (onlyNew && into.sites.has(call)) continue;
        const byName = into.sites.get(call) ?? new Map<string, Site>();
        into.sites.set(call, byName);
        byName.set(callee, site);
      } else if (!onlyNew) {
        known.made.push(...site.made);
        known.uses.push(...site.uses);
        known.problems.push(...site.problems);
        known.mentions.push(...site.mentions);
      }
    }
  }
  if (!onlyNew) into.problems.push(...from.problems);
}

export function parameterValue(value: Value): ParameterValue | undefined {
  switch (value.kind) {
    case 'number':
      return isKnown(value.size) ? value.size : { symbol: String(print(value.size)) };
    case 'string':
      return value.value;
    case 'bool':
      return value.value;
    case 'none':
      return null;
    case 'list':
    case 'tuple': {
      if (value.open) return undefined;
      const items = value.items.map(parameterValue);
      return items.every((item) => item !== undefined) ? items : undefined;
    }
    case 'unknown':
      return value.symbol ? parameterValue(value.symbol) : undefined;
    default:
      return undefined;
  }
}

function parametersOf(values: ReadonlyMap<string, Value>, names: readonly string[]): Record<string, ParameterValue> {
  const result: Record<string, ParameterValue> = {};
  for (const name of names) {
    const value = values.get(name);
    const plain = value && parameterValue(value);
    if (plain !== undefined) result[name] = plain;
  }
  return result;
}

/** What all of several records say alike. */
function common<T>(records: readonly Readonly<Record<string, T>>[]): Record<string, T> {
  const [first, ...rest] = records;
  if (!first) return {};
  return Object.fromEntries(Object.entries(first).filter(([name, value]) => rest.every((other) => JSON.stringify(other[name]) === JSON.stringify(value))));
}

const agreed = <T>(values: readonly (T | undefined)[]): T | undefined => (values.length > 0 && values.every((value) => JSON.stringify(value) === JSON.stringify(values[0])) ? values[0] : undefined);

function spanOf(place: CallPlace, path: string): Span | undefined {
  return place.chunk && place.chunk.path === path ? { start: place.chunk.absolute(place.start), end: place.chunk.absolute(place.end) } : undefined;
}

/** The uses with the best evidence, each way of applying the layer once. */
function usesOf(site: Site, path: string): Use[] {
  const worth = (use: FoundUse): number => (use.source === 'user' ? 0 : rankOfSource(use.source) + (use.real ? 0 : 10));
  const best = Math.min(...site.uses.map(worth));
  const seen = new Set<string>();
  const uses: Use[] = [];
  for (const use of site.uses) {
    if (worth(use) !== best) continue;
    const span = spanOf(use.place, path);
    const made: Use = {
      inputShape: use.inputShape.map(print),
      outputShape: use.outputShape.map(print),
      span,
      source: use.source,
      inputKey: use.inputKey,
      axes: use.axes,
      parameters: parametersOf(use.parameters, site.signature.names),
      weightShape: use.weightShape?.map(print),
      parameterCount: use.parameterCount === undefined ? undefined : print(use.parameterCount),
      multiplyAdds: use.multiplyAdds === undefined ? undefined : print(use.multiplyAdds),
      receptiveField: use.receptiveField,
      operation: use.operation,
    };
    const key = JSON.stringify([made.inputShape, made.outputShape, span, made.parameters]);
    if (seen.has(key)) continue;
    seen.add(key);
    uses.push(made);
  }
  return uses;
}

function argumentSpans(site: Site): Record<string, Span> {
  const { call, signature } = site;
  const spans: Record<string, Span> = {};
  let position = 0;
  for (const argument of call.arguments) {
    if (argument.star) {
      if (argument.star === '*') position = Infinity;
      continue;
    }
    const name = argument.name ?? signature.names[position++];
    if (name !== undefined) spans[name] = { start: call.chunk.absolute(argument.value.start), end: call.chunk.absolute(argument.value.end) };
  }
  return spans;
}

function mentionsOf(site: Site, path: string): Mention[] {
  return site.mentions
    .filter((each) => each.chunk.path === path)
    .map(({ chunk, mention }) => ({ ...mention, span: { start: chunk.absolute(mention.span.start), end: chunk.absolute(mention.span.end) } }))
    .filter((each, index, all) => all.findIndex((other) => other.span.start === each.span.start) === index);
}

export function reportOf(site: Site, path: string): Report {
  const { call } = site;
  const { absolute } = call.chunk;
  const uses = usesOf(site, path);
  const parameters = common(uses.length > 0 ? uses.map((use) => use.parameters) : site.made.map((made) => parametersOf(made.parameters, site.signature.names)));
  const shapes = uses.length > 0 ? uses.map((use) => use.weightShape) : site.made.map((made) => made.weightShape?.map(print));
  const counts = uses.length > 0 ? uses.map((use) => use.parameterCount) : site.made.map(countOf);
  const spans = argumentSpans(site);
  const base: Omit<Report, 'problems' | 'equivalent'> = {
    callee: site.callee,
    framework: site.framework,
    family: site.family,
    rank: site.rank,
    span: { start: absolute(call.start), end: absolute(call.end) },
    calleeSpan: { start: absolute(call.callee.start), end: absolute(call.callee.end) },
    parameters,
    argumentSpans: spans,
    insertAt: absolute(call.insertAt),
    weightShape: agreed(shapes),
    parameterCount: agreed(counts),
    uses,
    mentions: mentionsOf(site, path),
  };
  const equivalent: Equivalent | undefined = equivalentOf(base);
  return { ...base, problems: problemsOf(site, base, path), ...(equivalent ? { equivalent } : {}) };
}

function countOf(made: Site['made'][number]): Report['parameterCount'] {
  const bias = made.parameters.get('bias') ?? made.parameters.get('use_bias');
  const channels = made.parameters.get('out_channels');
  if (!made.weightShape || bias?.kind !== 'bool' || channels?.kind !== 'number') return undefined;
  return print(add(product(made.weightShape), bias.value ? channels.size : 0));
}

export function looseProblems(problems: readonly LooseProblem[], path: string): ReportProblem[] {
  const seen = new Set<string>();
  return problems.flatMap(({ place, problem, edits }): ReportProblem[] => {
    const span = spanOf(place, path);
    const key = JSON.stringify([span, problem.code, problem.message]);
    if (!span || seen.has(key)) return [];
    seen.add(key);
    return [{ ...problem, span, fixes: edits.length > 0 ? [{ kind: 'setArgument', template: problem.template, args: [], title: problem.message, edits, preferred: false }] : [] }];
  });
}
