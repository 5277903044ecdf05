import { Interpreter } from '../evaluate/interpreter';
import type { DataRead, LoadedModule, Resolution } from '../evaluate/modules';
import { Findings } from '../findings/findings';
import type { FoundInput } from '../inputs/declare';
import { frameworks } from '../libraries/registry';
import { keyOfValue, unknown } from '../model/make';
import { OutOfSteps } from '../model/raised';
import type { CallPlace, ClassValue, FunctionValue, Value } from '../model/value';
import { inPlace } from '../moved';
import type { AnalysisRequest, Fault, FileAnalysis, ModuleAnalysis, PlacedReport } from '../report';
import { isKnown } from '../sizes/size';
import type { Statement } from '../syntax/ast';
import type { Chunk } from '../syntax/chunk';
import { readIgnores } from '../syntax/ignores';
import { type ParsedFile, parseFile } from '../syntax/parse';
import { isWorthReading } from '../worthReading';
import { type Dependencies, dependenciesOf } from './dependencies';
import { asEntry, attempt, definitions, runClass, runFunction, runInstances, settle, STEPS_PER_ENTRY } from './entries';
import { reportOf } from './keptReports';
import { runPassedOver } from './passedOver';
import { collect, looseProblems, weightSources } from './results';

/** Steps that the file may take as a script: the rest is for what of it nobody calls. */
const STEPS_OF_SCRIPT = 240_000;
/** Errors of our own that are told: one is enough to look for it. */
const MOST_FAULTS = 8;

/** Of an entry point that passed over nothing. */
const NOTHING = new Findings();

/** What became of running something beside what it found. */
interface Ran {
  /** Whether it took too many steps. */
  readonly cut: boolean;
  readonly faults: readonly Fault[];
}

/** What running one entry point gave. */
interface Entry extends Ran {
  /** What the program had told libraries before. */
  readonly settings: string;
  /** The mark of what of the file it may depend on, see `dependenciesOf`. */
  readonly depends: number;
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
  readonly marks: Dependencies['marks'];
  readonly resolutions: readonly Resolution[];
  readonly dataReads: ReadonlyMap<string, DataRead>;
  readonly inputShapes: string;
}

const isMemo = (memo: unknown): memo is Memo =>
  typeof memo === 'object' && memo !== null && 'parsed' in memo && 'entries' in memo;

/**
 * Every convolution-like call of a file with what can be told about it. Never throws, never runs anything of the
 * user's; what cannot be known is a symbol or missing.
 */
export function analyzeModule(request: AnalysisRequest): ModuleAnalysis {
  const { path, placed, ...rest } = analyzeFile(request);
  return { path, reports: placed.map(inPlace), ...rest };
}

/** The same, with the reports as they were made. */
export function analyzeFile(request: AnalysisRequest): FileAnalysis {
  const { path, text, previous } = request;
  if (!isWorthReading(text))
    return { path, placed: [], problems: [], inputs: [], dependencies: [], broken: false, incomplete: false };
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
  /** Of what was used again. */
  private readonly kept: Ran[] = [];
  private readonly inputShapes: string;
  private readonly dependencies: Dependencies;

  constructor(
    private readonly request: AnalysisRequest,
    private readonly parsed: ParsedFile,
    private readonly memo: Memo | undefined,
  ) {
    this.machine = new Interpreter(request.path, frameworks, request.project, request.inputShapes ?? {});
    this.module = this.machine.modules.open(request.path, parsed, true);
    this.inputShapes = JSON.stringify(request.inputShapes ?? {});
    this.dependencies = dependenciesOf(parsed.chunks, memo?.marks ?? new Map());
  }

  run(): FileAnalysis {
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
    const placed = collect(this.found, this.aside, path).map((parts) =>
      reportOf(parts, path, weights.get(parts[0].call)),
    );
    return {
      path,
      placed: placed.sort((a, b) => startOf(a) - startOf(b) || endOf(a) - endOf(b)),
      problems: looseProblems(
        this.found.flatMap((each) => each.problems),
        path,
      ),
      inputs: this.inputPoints(),
      ...(ignores.length > 0 ? { ignores } : {}),
      dependencies: [...versions].map(([each, version]) => ({ path: each, version })),
      broken: this.parsed.broken,
      incomplete: incomplete || this.machine.cut > 0 || this.kept.some(({ cut }) => cut),
      ...this.faults(),
      memo: {
        parsed: this.parsed,
        scripts: this.scripts,
        entries: this.entries,
        marks: this.dependencies.marks,
        resolutions,
        dataReads: this.machine.modules.dataReads,
        inputShapes: this.inputShapes,
      } satisfies Memo,
    };
  }

  private faults(): { readonly faults?: readonly Fault[] } {
    const all = [...this.kept.flatMap(({ faults }) => faults), ...this.machine.faults];
    const byPlace = new Map(all.map((each) => [each.stack || each.message, each]));
    return byPlace.size > 0 ? { faults: [...byPlace.values()].slice(0, MOST_FAULTS) } : {};
  }

  /** Runs something; what it gives, and what became of it. */
  private ran<Result extends object>(run: () => Result): Result & Ran {
    const { cut, faults } = this.machine;
    const before = faults.length;
    const result = run();
    return { ...result, cut: this.machine.cut > cut, faults: faults.slice(before) };
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
      machine.modules.stillHold(this.memo.resolutions, this.memo.dataReads);
    // What is used again was read then, and is read no more.
    if (reusable) for (const read of this.memo.dataReads.values()) machine.modules.noteRead(read);
    this.finish(
      asEntry(
        machine,
        () => machine.modules.runAll(module, this.parsed.chunks, (chunk, act) => this.script(chunk, reusable, act)),
        STEPS_OF_SCRIPT,
      ),
    );
    machine.names.keep();
    const settings = new Map(machine.settings);
    const changed = new Set<string>();
    for (const importer of request.project?.importers?.(request.path) ?? []) {
      // What this file sets it may set only where it is the program.
      const start = withUnknown(settings, differing(settings, machine.library.settings));
      restart(machine, start);
      this.finish(asEntry(machine, () => machine.modules.load(importer, true)));
      const loaded = machine.modules.get(importer.path);
      if (!loaded) continue;
      for (const each of definitions(loaded)) {
        if (each.kind === 'function' && !machine.trace.isCovered(each.definition))
          this.finish(asEntry(machine, () => runFunction(machine, each, [])));
      }
      for (const name of differing(machine.settings, start)) changed.add(name);
    }
    restart(machine, withUnknown(settings, changed));
    this.finish(asEntry(machine, () => runInstances(machine, this.inputs, module.path)));
    const left = definitions(module).filter(({ definition }) => !machine.trace.isCovered(definition));
    // Who runs one of these that nobody calls may have run another before, which changes what holds for all.
    if (left.some(({ chunk }) => chunk && machine.library.mayChangeSettings(chunk.words)))
      for (const name of settings.keys()) changed.add(name);
    for (const each of left) {
      if (machine.trace.isCovered(each.definition)) continue;
      restart(machine, withUnknown(settings, changed));
      const depends = each.chunk ? this.dependencies.of(each.chunk) : NaN;
      const kept = reusable ? this.memo?.entries.get(each.definition) : undefined;
      const same = kept?.settings === settingsOf(machine) && kept.depends === depends;
      if (kept && same) this.reuse(each, kept);
      else this.explain(each, depends);
    }
  }

  /** A top-level call or assignment: run, or its results used again when nothing on which it depends has changed. */
  private script(chunk: Chunk, reusable: boolean, act: () => void): void {
    const { machine, module } = this;
    const { statement } = chunk;
    const run = (): void => void machine.sharing(STEPS_PER_ENTRY, () => attempt(machine, act));
    if (statement.kind !== 'expression' && statement.kind !== 'assign') {
      run();
      return;
    }
    const depends = this.dependencies.of(chunk);
    const kept = reusable ? this.memo?.scripts.get(chunk) : undefined;
    const settings = settingsOf(machine);
    if (kept && kept.settings === settings && kept.depends === depends) {
      this.found.push(kept.found);
      this.aside.push(kept.aside);
      this.kept.push(kept);
      machine.trace.meet(kept);
      for (const [name, value] of kept.left) module.scope.variables.set(name, value);
      this.scripts.set(chunk, kept);
      return;
    }
    const names = machine.names.claimed;
    const found = new Findings();
    const script = this.ran(() => {
      let told: Omit<Script, keyof Ran | 'found'> | undefined;
      machine.recorder.into(found, () =>
        machine.trace.watched(run, (met) => {
          settle(machine, found);
          told = { settings, depends, aside: this.finish(found), ...met, left: leftBy(statement, module) };
        }),
      );
      return { found, ...told! };
    });
    // Only tensors of known sizes outlive an analysis; names given to sizes, and objects, are made anew, and what a
    // tensor holds may have been written to since.
    const lasts = ([, value]: readonly [string, Value]): boolean =>
      value.kind === 'tensor' && !value.data && value.cell.shape?.every(isKnown) === true;
    const plain = machine.names.claimed === names && settingsOf(machine) === settings;
    if (plain && script.left.every(lasts)) this.scripts.set(chunk, script);
  }

  /** Takes what an entry point found, and looks into what it passed over. */
  private finish(findings: Findings): Findings {
    this.found.push(findings);
    if (this.machine.trace.passedOver.length === 0) return NOTHING;
    const aside = new Findings();
    this.aside.push(aside);
    runPassedOver(this.machine, this.seen, aside);
    return aside;
  }

  private reuse(each: FunctionValue | ClassValue, entry: Entry): void {
    this.found.push(entry.found);
    this.aside.push(entry.aside);
    this.kept.push(entry);
    this.inputs.push(...entry.inputs);
    this.machine.trace.meet(entry);
    this.entries.set(each.definition, entry);
  }

  private explain(each: FunctionValue | ClassValue, depends: number): void {
    const { machine } = this;
    const inputs: FoundInput[] = [];
    const settings = settingsOf(machine);
    machine.trace.forgetInstances();
    const synthetic = each.kind === 'class' || each.definition.parameters.length > 0;
    const entry = this.ran(() => {
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
      return { depends, found, aside: this.finish(found), inputs, covered };
    });
    this.inputs.push(...inputs);
    this.entries.set(each.definition, { settings, ...entry });
  }
}

const startOf = ({ report, by }: PlacedReport): number => report.span.start + by;
const endOf = ({ report, by }: PlacedReport): number => report.span.end + by;

/** What the program has told libraries so far, as one text. */
const settingsOf = ({ settings }: Interpreter): string =>
  [...settings].map(([name, value]) => `${name}=${keyOfValue(value) ?? '?'}`).join();

type Settings = ReadonlyMap<string, Value>;

const differing = (one: Settings, other: Settings): string[] =>
  [...one].filter(([name, value]) => value !== other.get(name)).map(([name]) => name);

const withUnknown = (settings: Settings, names: Iterable<string>): Settings =>
  new Map([...settings, ...[...names].map((name) => [name, unknown()] as const)]);

/** What is run next does not go on where the last entry stopped. */
function restart(machine: Interpreter, settings: Settings): void {
  for (const [name, value] of settings) machine.settings.set(name, value);
}

function leftBy(statement: Statement, module: LoadedModule): [string, Value][] {
  const targets = statement.kind === 'assign' ? statement.targets : [];
  return targets.flatMap((target): [string, Value][] => {
    const name = target.kind === 'name' ? target.name : '';
    return [[name, module.scope.variables.get(name) ?? unknown()]];
  });
}
