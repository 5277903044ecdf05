import type { Findings } from '../findings/findings';
import { problemsOf } from '../findings/siteProblems';
import type { Application, FoundUse, LooseProblem, Made, PrintedApplication, Site, SiteProblem } from '../model/site';
import { rankOfSource } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import type { Dim, Mention, ParameterValue, Report, ReportProblem, Span, Use, WeightSource } from '../report';

import { print } from '../sizes/print';
import { unnumbered } from '../sizes/unnumbered';
import { add, isKnown, product, type Size } from '../sizes/size';
import type { Call } from '../syntax/ast';

/** What several entry points found about one call: the records are kept apart, since each may be used again. */
export type Parts = readonly [Site, ...Site[]];

/** Everything found about each call of a file; what was only passed over counts where nothing else is known. */
export function collect(found: readonly Findings[], aside: readonly Findings[], path: string): Parts[] {
  const byCall = new Map<Call, [Site, ...Site[]][]>();
  const take = (findings: Findings, onlyNew: ReadonlySet<Call> | undefined): void => {
    for (const [call, sites] of findings.sites) {
      if (call.chunk.path !== path || onlyNew?.has(call)) continue;
      const known = byCall.get(call);
      if (!known)
        byCall.set(
          call,
          sites.map((site) => [site]),
        );
      else
        for (const site of sites) {
          const parts = known.find(([{ callee }]) => callee === site.callee);
          if (parts) parts.push(site);
          else known.push([site]);
        }
    }
  };
  for (const each of found) take(each, undefined);
  if (aside.some(({ sites }) => sites.size > 0)) {
    const reached = new Set(byCall.keys());
    for (const each of aside) take(each, reached);
  }
  return [...byCall.values()].flat();
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

const alike = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a === 'object' && typeof b === 'object' && JSON.stringify(a) === JSON.stringify(b));

/** What all of several records say alike. */
function common<T>(records: readonly Readonly<Record<string, T>>[]): Readonly<Record<string, T>> {
  const first = records[0] ?? {};
  let differing: Set<string> | undefined;
  for (const other of records) {
    if (other === first) continue;
    for (const name in first) if (!alike(other[name], first[name])) (differing ??= new Set()).add(name);
  }
  if (!differing) return first;
  const shared: Record<string, T> = {};
  for (const name in first) if (!differing.has(name)) shared[name] = first[name];
  return shared;
}

const agreed = <T>(values: readonly (T | undefined)[]): T | undefined =>
  values.length > 0 && values.every((value) => alike(value, values[0])) ? values[0] : undefined;

function spanOf(place: CallPlace, path: string): Span | undefined {
  return place.chunk && place.chunk.path === path
    ? { start: place.chunk.absolute(place.start), end: place.chunk.absolute(place.end) }
    : undefined;
}

const printAll = (sizes: readonly Size[]): readonly Dim[] => sizes.map(print);

/** What tells one use from another. */
function keyOf({ application }: FoundUse): string {
  const { inputShape, outputShape, weightShape } = application;
  if (application.key !== undefined) return application.key;
  const all = [inputShape, outputShape, weightShape ?? []].map((each) => printAll(each).join());
  return (application.key = unnumbered(all.join('→')));
}

function printApplication(application: Application, names: readonly string[]): PrintedApplication {
  const { weightShape, parameterCount, multiplyAdds, operation, channelsLast } = application;
  return (application.printed ??= {
    inputShape: printAll(application.inputShape),
    outputShape: printAll(application.outputShape),
    axes: application.axes(),
    parameters: parametersOf(application.parameters, names),
    weightShape: weightShape && printAll(weightShape),
    parameterCount: parameterCount === undefined ? undefined : print(parameterCount),
    multiplyAdds: multiplyAdds === undefined ? undefined : print(multiplyAdds),
    operation,
    ...(channelsLast ? { channelsLast } : {}),
  });
}

function printUse(use: FoundUse, names: readonly string[], span: Span | undefined): Use {
  const { source, inputKey, receptiveField } = use;
  const printed = printApplication(use.application, names);
  return {
    inputShape: printed.inputShape,
    outputShape: printed.outputShape,
    source,
    inputKey,
    axes: printed.axes,
    parameters: printed.parameters,
    weightShape: printed.weightShape,
    parameterCount: printed.parameterCount,
    multiplyAdds: printed.multiplyAdds,
    receptiveField,
    operation: printed.operation,
    ...(printed.channelsLast ? { channelsLast: true } : {}),
    span,
  };
}

const worth = (use: FoundUse): number => (use.source === 'user' ? 0 : rankOfSource(use.source) + (use.real ? 0 : 10));

/** The uses with the best evidence, each way of applying the layer once; only these are printed. */
function usesOf(parts: Parts, path: string): Use[] {
  let best = Infinity;
  for (const site of parts) for (const use of site.uses) best = Math.min(best, worth(use));
  const seen = new Set<string>();
  const uses: Use[] = [];
  let last: FoundUse | undefined;
  for (const site of parts) {
    for (const use of site.uses) {
      if (worth(use) !== best) continue;
      // A model that many make finds the same again and again.
      if (use.application === last?.application && use.place === last.place) continue;
      last = use;
      const span = spanOf(use.place, path);
      const identity = `${keyOf(use)}@${span?.start ?? ''}`;
      if (seen.has(identity)) continue;
      seen.add(identity);
      uses.push(printUse(use, parts[0].signature.names, span));
    }
  }
  return uses;
}

/** The last application that is refused, of which most is known: what was tried before may have been taken back. */
function attemptOf(parts: Parts, path: string): Use | undefined {
  const attempt = parts.flatMap(({ attempts }) => attempts).at(-1);
  const isRefused = ({ problem, softened }: SiteProblem): boolean => problem.severity === 'error' || softened === true;
  if (!parts.some(({ problems }) => problems.some(isRefused))) return undefined;
  return attempt && printUse(attempt, parts[0].signature.names, spanOf(attempt.place, path));
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
    if (name !== undefined)
      spans[name] = { start: call.chunk.absolute(argument.value.start), end: call.chunk.absolute(argument.value.end) };
  }
  return spans;
}

function mentionsOf(parts: Parts, path: string): Mention[] {
  const found: Mention[] = [];
  for (const { mentions } of parts) {
    for (const { chunk, mention } of mentions) {
      if (chunk.path !== path) continue;
      const { role, name } = mention;
      const span = { start: chunk.absolute(mention.span.start), end: chunk.absolute(mention.span.end) };
      if (!found.some((other) => other.span.start === span.start)) found.push({ span, role, name });
    }
  }
  return found;
}

/** By the call that makes or applies the layer, what the program reads its weight from. */
export function weightSources(found: readonly Findings[]): ReadonlyMap<Call, readonly WeightSource[]> {
  const sources = new Map<Call, WeightSource[]>();
  for (const { call, source } of found.flatMap((each) => each.loaded)) {
    const known = sources.get(call) ?? [];
    sources.set(call, [source, ...known.filter((other) => !alike(other, source))]);
  }
  return sources;
}

/** Everything told of one call. */
export function makeReport(parts: Parts, path: string, weights: readonly WeightSource[] | undefined): Report {
  const [site] = parts;
  const { call, callee, framework, family, rank } = site;
  const { absolute, stale } = call.chunk;
  const uses = usesOf(parts, path);
  const refused = uses.length > 0 ? undefined : attemptOf(parts, path);
  const told = uses.length > 0 ? uses : parts.flatMap((each) => each.made).map((made) => toldOf(made, site));
  const parameters = common(told.map((each) => each.parameters));
  const weightShape = agreed(told.map((each) => each.weightShape));
  const parameterCount = agreed(told.map((each) => each.parameterCount));
  const span = { start: absolute(call.start), end: absolute(call.end) };
  const calleeSpan = { start: absolute(call.callee.start), end: absolute(call.callee.end) };
  const insertAt = absolute(call.insertAt);
  const mentions = mentionsOf(parts, path);
  // Field by field, and of nearly all reports that is all: an object into which others are spread takes four times the
  // memory.
  const report: Report = {
    callee,
    framework,
    family,
    rank,
    span,
    calleeSpan,
    parameters,
    argumentSpans: argumentSpans(site),
    insertAt,
    weightShape,
    parameterCount,
    uses,
    mentions,
    problems: NO_PROBLEMS,
  };
  const problems = parts.flatMap((each) => each.problems);
  if (!refused && !stale && !weights && problems.length === 0) return report;
  const { mentions: _mentions, problems: _problems, ...rest } = report;
  const base: Omit<Report, 'problems'> = {
    ...rest,
    ...(refused ? { refused } : {}),
    ...(stale ? { stale: true } : {}),
    mentions,
    ...(weights ? { weights } : {}),
  };
  return { ...base, problems: problemsOf(problems, base, path) };
}

const NO_PROBLEMS: readonly ReportProblem[] = [];

/** What a layer that was only made tells: the same as a use of it, but for shapes. */
const toldOf = (made: Made, site: Site): Pick<Use, 'parameters' | 'weightShape' | 'parameterCount'> => ({
  parameters: parametersOf(made.parameters, site.signature.names),
  weightShape: made.weightShape?.map(print),
  parameterCount: countOf(made),
});

function countOf(made: Made): Report['parameterCount'] {
  const bias = made.parameters.get('bias') ?? made.parameters.get('use_bias');
  const channels = made.parameters.get('out_channels');
  if (!made.weightShape || bias?.kind !== 'bool' || channels?.kind !== 'number') return undefined;
  return print(add(product(made.weightShape), bias.value ? channels.size : 0));
}

export function looseProblems(problems: readonly LooseProblem[], path: string): ReportProblem[] {
  const seen = new Set<string>();
  const where = ({ place, problem }: LooseProblem): string => JSON.stringify([spanOf(place, path), problem.code]);
  const agreed = new Set(problems.filter((each) => each.agreed).map(where));
  return problems.flatMap((found): ReportProblem[] => {
    const { place, problem } = found;
    const span = spanOf(place, path);
    // What a line in a loop was each time tells no more than what it was first.
    const key = problem.severity === 'info' ? where(found) : JSON.stringify([span, problem.code, problem.message]);
    if (!span || agreed.has(where(found)) || seen.has(key)) return [];
    seen.add(key);
    return [{ ...problem, span, repairs: [] }];
  });
}
