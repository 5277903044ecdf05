import { Interpreter } from '../evaluate/interpreter';
import type { LoadedModule, Resolution } from '../evaluate/modules';
import { Findings } from '../findings/findings';
import type { FoundInput } from '../inputs/declare';
import { frameworks } from '../libraries/registry';
import { unknown } from '../model/make';
import { OutOfSteps } from '../model/raised';
import type { CallPlace, ClassValue, FunctionValue, Value } from '../model/value';
import type { AnalysisRequest, ModuleAnalysis } from '../report';
import { isKnown } from '../sizes/size';
import type { Statement } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';
import { readIgnores } from '../syntax/ignores';
import { type ParsedFile, parseFile } from '../syntax/parse';
import { isWorthReading } from '../worthReading';
import { closures } from './dependencies';
import { asEntry, definitions, runClass, runFunction, runInstances, runPassedOver, settle } from './entries';
import { collect, looseProblems, reportOf, weightSources } from './results';

/** What running one entry point gave, and what of the file it may depend on. */
interface Entry {
  readonly depends: readonly Chunk[];
  readonly found: Findings;
  readonly aside: Findings;
  readonly inputs: readonly FoundInput[];
  readonly covered: ReadonlySet<object>;
}

/** What a top-level statement that runs something gave, and the tensors that it left under names. */
interface Script extends Omit<Entry, 'inputs'> {
  readonly applied: ReadonlySet<CallPlace>;
  readonly left: readonly (readonly [name: string, value: Value])[];
}

interface Memo {
  readonly parsed: ParsedFile;
  readonly scripts: ReadonlyMap<Chunk, Script>;
  readonly entries: ReadonlyMap<object, Entry>;
  readonly resolutions: readonly Resolution[];
  readonly inputShapes: string;
}

const isMemo = (memo: unknown): memo is Memo =>
  typeof memo === 'object' && memo !== null && 'parsed' in memo && 'entries' in memo;

/**
 * Every convolution-like call of a file with what can be told about it. Never throws, never runs anything of the
 * user's; what cannot be known is a symbol or missing.
 */
export function analyzeModule(request: AnalysisRequest): ModuleAnalysis {
  const { path, text, previous } = request;
  if (!isWorthReading(text))
    return { path, reports: [], problems: [], inputs: [], dependencies: [], broken: false, incomplete: false };
  const memo = previous?.path === path && isMemo(previous.memo) ? previous.memo : undefined;
  const analysis = new Analysis(request, parseFile(path, text, memo?.parsed), memo);
  return analysis.run();
}

class Analysis {
  private readonly machine: Interpreter;
  private readonly module: LoadedModule;
  private readonly found: Findings[] = [];
  private readonly aside: Findings[] = [];
  private readonly inputs: FoundInput[] = [];
  private readonly entries = new Map<object, Entry>();
  private readonly scripts = new Map<Chunk, Script>();
  private readonly seen = new Set<Statement>();
  private readonly inputShapes: string;

  constructor(
    private readonly request: AnalysisRequest,
    private readonly parsed: ParsedFile,
    private readonly memo: Memo | undefined,
  ) {
    this.machine = new Interpreter(frameworks, request.project, request.inputShapes ?? {});
    this.module = this.machine.modules.open(request.path, parsed, true);
    this.inputShapes = JSON.stringify(request.inputShapes ?? {});
  }

  run(): ModuleAnalysis {
    const { path } = this.request;
    let incomplete = false;
    try {
      this.explore();
    } catch (error) {
      if (!(error instanceof OutOfSteps)) throw error;
      const { findings } = this.machine.recorder;
      settle(this.machine, findings);
      if (!this.found.includes(findings)) this.found.push(findings);
      incomplete = true;
    }
    const { resolutions, versions } = this.machine.modules;
    const weights = weightSources(this.found);
    const ignores = readIgnores(this.request.text);
    const reports = collect(this.found, this.aside, path).map((parts) =>
      reportOf(parts, path, weights.get(parts[0].call)),
    );
    return {
      path,
      reports: reports.sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end),
      problems: looseProblems(
        this.found.flatMap((each) => each.problems),
        path,
      ),
      inputs: this.inputPoints(),
      ...(ignores.length > 0 ? { ignores } : {}),
      dependencies: [...versions].map(([each, version]) => ({ path: each, version })),
      broken: this.parsed.broken,
      incomplete,
      ...(this.machine.faults.length > 0 ? { faults: this.machine.faults } : {}),
      memo: {
        parsed: this.parsed,
        scripts: this.scripts,
        entries: this.entries,
        resolutions,
        inputShapes: this.inputShapes,
      } satisfies Memo,
    };
  }

  private inputPoints(): ModuleAnalysis['inputs'] {
    const byKey = new Map<string, FoundInput>();
    for (const each of this.inputs)
      if (each.chunk.path === this.request.path && !byKey.has(each.key)) byKey.set(each.key, each);
    return [...byKey.values()].map(({ key, start, end, chunk }) => {
      const shape = this.request.inputShapes?.[key];
      return {
        key,
        span: { start: chunk.absolute(start), end: chunk.absolute(end) },
        ...(shape ? { shape, source: 'user' as const } : { source: 'symbolic' as const }),
      };
    });
  }

  /** Runs the file as a script, then what imports it, then whatever of it nothing has run. */
  private explore(): void {
    const { machine, module, request } = this;
    const reusable =
      this.memo !== undefined &&
      this.memo.inputShapes === this.inputShapes &&
      machine.modules.stillHold(this.memo.resolutions);
    const dependsOn = closures(this.parsed.chunks);
    this.finish(
      asEntry(machine, () =>
        machine.modules.runAll(module, (chunk, act) => this.script(chunk, dependsOn, reusable, act)),
      ),
    );
    machine.names.keep();
    for (const importer of request.project?.importers?.(request.path) ?? []) {
      this.finish(asEntry(machine, () => machine.modules.load(importer, true)));
      const loaded = machine.modules.get(importer.path);
      if (!loaded) continue;
      for (const each of definitions(loaded)) {
        if (each.kind === 'function' && !machine.trace.isCovered(each.definition))
          this.finish(asEntry(machine, () => runFunction(machine, each, [])));
      }
    }
    this.finish(asEntry(machine, () => runInstances(machine, this.inputs, module.path)));
    for (const each of definitions(module)) {
      if (machine.trace.isCovered(each.definition)) continue;
      const depends = each.chunk ? dependsOn(each.chunk) : [];
      const kept = reusable ? this.memo?.entries.get(each.definition) : undefined;
      if (kept && sameChunks(kept.depends, depends)) this.reuse(each, kept);
      else this.explain(each, depends);
    }
  }

  /** A top-level call or assignment: run, or its results used again when nothing on which it depends has changed. */
  private script(
    chunk: Chunk,
    dependsOn: (chunk: Chunk) => readonly Chunk[],
    reusable: boolean,
    act: () => void,
  ): void {
    const { machine, module } = this;
    const { statement } = chunk;
    if (statement.kind !== 'expression' && statement.kind !== 'assign') {
      act();
      return;
    }
    const depends = dependsOn(chunk);
    const kept = reusable ? this.memo?.scripts.get(chunk) : undefined;
    if (kept && sameChunks(kept.depends, depends)) {
      this.found.push(kept.found);
      this.aside.push(kept.aside);
      machine.trace.meet(kept);
      for (const [name, value] of kept.left) module.scope.variables.set(name, value);
      this.scripts.set(chunk, kept);
      return;
    }
    const names = machine.names.claimed;
    const found = new Findings();
    machine.recorder.into(found, () =>
      machine.trace.watched(act, (met) => {
        settle(machine, found);
        const script = { depends, found, aside: this.finish(found), ...met, left: leftBy(statement, module) };
        // Only tensors of known sizes outlive an analysis; names given to sizes, and objects, are made anew, and what a
        // tensor holds may have been written to since.
        const lasts = ([, value]: readonly [string, Value]): boolean =>
          value.kind === 'tensor' && !value.data && value.cell.shape?.every(isKnown) === true;
        if (machine.names.claimed === names && script.left.every(lasts)) this.scripts.set(chunk, script);
      }),
    );
  }

  /** Takes what an entry point found, and looks into what it passed over. */
  private finish(findings: Findings): Findings {
    const aside = new Findings();
    this.found.push(findings);
    this.aside.push(aside);
    runPassedOver(this.machine, this.seen, aside);
    return aside;
  }

  private reuse(each: FunctionValue | ClassValue, entry: Entry): void {
    this.found.push(entry.found);
    this.aside.push(entry.aside);
    this.inputs.push(...entry.inputs);
    this.machine.trace.meet(entry);
    this.entries.set(each.definition, entry);
  }

  private explain(each: FunctionValue | ClassValue, depends: readonly Chunk[]): void {
    const { machine } = this;
    const inputs: FoundInput[] = [];
    machine.trace.forgetInstances();
    const synthetic = each.kind === 'class' || each.definition.parameters.length > 0;
    const found = machine.within({ synthetic }, () =>
      asEntry(machine, () => {
        if (each.kind === 'class') runClass(machine, each, inputs, this.module.path);
        else {
          runFunction(machine, each, inputs);
          runInstances(machine, inputs, this.module.path);
        }
      }),
    );
    const { covered } = machine.trace.met;
    const aside = this.finish(found);
    this.inputs.push(...inputs);
    this.entries.set(each.definition, { depends, found, aside, inputs, covered });
  }
}

function leftBy(statement: Statement, module: LoadedModule): [string, Value][] {
  const targets = statement.kind === 'assign' ? statement.targets : [];
  return targets.flatMap((target): [string, Value][] => {
    const name = target.kind === 'name' ? target.name : '';
    return [[name, module.scope.variables.get(name) ?? unknown()]];
  });
}

const sameChunks = (a: readonly Chunk[], b: readonly Chunk[]): boolean =>
  a.length === b.length && a.every((chunk, index) => chunk === b[index]);
