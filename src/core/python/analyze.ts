import { Interpreter, OutOfSteps } from './evaluate/interpreter';
import type { LoadedModule } from './evaluate/modules';
import { asEntry, construct, definitions, runFunction, runInstances, runPassedOver, settle } from './entries';
import { Findings } from './evaluate/site';
import type { AnalysisRequest, InputPoint, ModuleAnalysis } from './report';
import { looseProblems, merge, reportOf } from './results';
import type { Statement } from './syntax/ast';
import { type ParsedFile, parseFile } from './syntax/parse';

/** One quick look at the text: a file without any such word costs nothing more. */
const WORTH_READING = /[Cc]onv|[Pp]ool|[Uu]p[Ss]ampl|interpolate|[Pp]ixel_?(?:Uns|S|s|uns)huffle|\b(?:nn|F)\.(?:[Uu]nf|[Ff])old|\bUn?fold\b|UpSampling/;

interface Memo {
  readonly parsed: ParsedFile;
}

const isMemo = (memo: unknown): memo is Memo => typeof memo === 'object' && memo !== null && 'parsed' in memo;

/**
 * Every convolution-like call of a file with what can be told about it. Never throws, never runs anything of the user's;
 * what cannot be known is a symbol or missing.
 */
export function analyzeModule(request: AnalysisRequest): ModuleAnalysis {
  const { path, text, previous } = request;
  const nothing: ModuleAnalysis = { path, reports: [], problems: [], inputs: [], dependencies: [], broken: false, incomplete: false };
  if (!WORTH_READING.test(text)) return nothing;
  const memo = previous?.path === path && isMemo(previous.memo) ? previous.memo : undefined;
  const parsed = parseFile(path, text, memo?.parsed);
  const machine = new Interpreter(request.project, request.inputShapes ?? {});
  const found = new Findings();
  const points: InputPoint[] = [];
  let incomplete = false;
  try {
    explore(machine, request, parsed, found, points);
  } catch (error) {
    if (!(error instanceof OutOfSteps)) throw error;
    settle(machine, machine.findings);
    merge(found, machine.findings);
    incomplete = true;
  }
  const sites = [...found.sites].filter(([call]) => call.chunk.path === path).flatMap(([, byCallee]) => [...byCallee.values()]);
  return {
    path,
    reports: sites.map((site) => reportOf(site, path)).sort((a, b) => a.span.start - b.span.start),
    problems: looseProblems(found.problems, path),
    inputs: points.filter((point, index) => points.findIndex((other) => other.key === point.key) === index),
    dependencies: [...machine.modules.versions].map(([each, version]) => ({ path: each, version })),
    broken: parsed.broken,
    incomplete,
    memo: { parsed } satisfies Memo,
  };
}

/** Runs the file as a script, then what imports it, then whatever of it nothing has run. */
function explore(machine: Interpreter, request: AnalysisRequest, parsed: ParsedFile, found: Findings, points: InputPoint[]): void {
  const module = machine.modules.open(request.path, parsed, true);
  const seen = new WeakSet<Statement>();
  const aside = new Findings();
  const finish = (findings: Findings): void => {
    merge(found, findings);
    merge(aside, runPassedOver(machine, seen), true);
  };
  finish(asEntry(machine, () => machine.modules.runAll(module)));
  machine.keepNames();
  for (const importer of request.project?.importers?.(request.path) ?? []) {
    finish(asEntry(machine, () => machine.modules.load(importer, true)));
    const loaded = machine.modules.get(importer.path);
    if (loaded) for (const each of definitions(loaded)) if (each.kind === 'function' && each.calls === 0) finish(asEntry(machine, () => runFunction(machine, each, [])));
  }
  explain(machine, module, finish, points);
  merge(found, aside, true);
}

function explain(machine: Interpreter, module: LoadedModule, finish: (findings: Findings) => void, points: InputPoint[]): void {
  finish(asEntry(machine, () => runInstances(machine, points, module.path)));
  for (const each of definitions(module)) {
    machine.instances = [];
    if (each.kind === 'function' ? each.calls > 0 : each.instances > 0) continue;
    machine.synthetic = each.kind === 'class' || each.definition.parameters.length > 0;
    finish(
      asEntry(machine, () => {
        if (each.kind === 'function') runFunction(machine, each, points);
        else construct(machine, each);
        runInstances(machine, points, module.path);
      }),
    );
    machine.synthetic = false;
  }
}
