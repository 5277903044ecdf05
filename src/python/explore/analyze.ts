import { Interpreter } from '../evaluate/interpreter';
import type { LoadedModule } from '../evaluate/modules';
import { Findings } from '../findings/findings';
import type { FoundInput } from '../inputs/declare';
import { linesOf } from './lines';
import { frameworks } from '../libraries/registry';
import { OutOfSteps } from '../model/raised';
import type { ClassValue, FunctionValue, Value } from '../model/value';
import { inPlace } from '../moved';
import type { AnalysisRequest, FileAnalysis, ModuleAnalysis, ModuleSource, PlacedReport } from '../report';
import { isKnown } from '../sizes/size';
import type { Chunk } from '../syntax/chunk';
import { readIgnores } from '../syntax/ignores';
import { type ParsedFile, parseFile } from '../syntax/parse';
import { isWorthReading } from '../worthReading';
import { type Dependencies, dependenciesOf } from './dependencies';
import { AFTER_SCRIPT, BEFORE, Checkpoint, type Edited, editedIn, isTouched, NEVER, type Stage } from './checkpoint';
import {
  asEntry,
  attempt,
  definitions,
  restOfEntry,
  runClass,
  runFunction,
  runInstances,
  settle,
  STEPS_PER_ENTRY,
} from './entries';
import { inputPoints } from './inputPoints';
import { faultsTold } from './faults';
import { reportOf } from './keptReports';
import { leftBy, nameOf } from './leftBy';
import { passesOverAgain, runPassedOver } from './passedOver';
import { copyOf, type Entry, isMemo, type Memo, nothingYet, type Progress, type Ran, type Script } from './memo';
import { collect, looseProblems, weightSources } from './results';
import { differing, restart, settingsOf, withUnknown } from './settings';
import { bindsAtMost, Unsettled } from './stirring';

/** Steps that the file may take as a script: the rest is for what of it nobody calls. */
const STEPS_OF_SCRIPT = 240_000;

/** Of an entry point that passed over nothing. */
const NOTHING: Pick<Entry, 'aside' | 'over'> = { aside: new Findings(), over: { ran: [], known: [] } };

/** Of the file that was read last, and not of the others: it holds all objects of a reading. */
let latest: { readonly memo: Memo; readonly checkpoint: Checkpoint<Progress> } | undefined;

/**
 * What is done while nobody waits: all objects of the last reading are put where the next one goes on, which is a
 * quarter of what a key press costs in a file of a large package.
 */
export const getReady = (): void => latest?.checkpoint.getReady();

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
  private readonly progress: Progress;
  private readonly inputShapes: string;
  private readonly dependencies: Dependencies;
  private readonly importers: readonly ModuleSource[];
  /** Whether what was found before can be used again, where nothing on which it depends has changed. */
  private readonly reusable: boolean;
  private readonly edited: Edited | undefined;
  /** That of the project when the reading began. */
  private readonly state: string | undefined;
  /** What of the file may hold something else than in the last reading, though it depends on the same. */
  private readonly unsettled: Unsettled;
  /** Where this reading goes on, or what the next one can go on from. */
  private checkpoint: Checkpoint<Progress> | undefined;
  /** How far the reading had come when nothing had looked into the edited statement. */
  private untouched: Stage | undefined;
  /** The stage at which no checkpoint was to be had. */
  private refused: Stage | undefined;

  constructor(
    private readonly request: AnalysisRequest,
    private readonly parsed: ParsedFile,
    private readonly memo: Memo | undefined,
  ) {
    const { path, project, inputShapes = {} } = request;
    this.inputShapes = JSON.stringify(inputShapes);
    this.dependencies = dependenciesOf(parsed.chunks, memo?.dependencies);
    this.importers = project?.importers?.(path) ?? [];
    this.state = project?.state?.();
    const lines = request.lines === true;
    const machine = new Interpreter(path, frameworks, project, inputShapes, lines);
    this.reusable =
      memo !== undefined &&
      memo.inputShapes === this.inputShapes &&
      memo.lines === lines &&
      ((memo.state !== undefined && memo.state === this.state) ||
        machine.modules.stillHold(memo.resolutions, memo.dataReads));
    const last = this.reusable && latest?.memo === memo ? latest?.checkpoint : undefined;
    const goesOn = last?.goOn({ parsed, importers: this.importers, project }) === true;
    this.checkpoint = goesOn ? last : undefined;
    latest = undefined;
    this.machine = this.checkpoint?.machine ?? machine;
    this.module = this.checkpoint?.module ?? machine.modules.open(path, parsed, true);
    this.progress = this.checkpoint ? copyOf(this.checkpoint.progress) : nothingYet();
    const before = this.reusable ? memo : undefined;
    const resolved = (): Memo['resolutions'] => this.machine.modules.resolutions;
    this.unsettled = new Unsettled(path, parsed.chunks, before, resolved, this.progress.stirring);
    this.edited = this.reusable && !goesOn ? editedIn(parsed, memo?.parsed) : undefined;
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
      if (!this.progress.found.includes(findings)) this.progress.found.push(findings);
      incomplete = true;
    }
    const { versions } = this.machine.modules;
    const weights = weightSources(this.progress.found);
    const ignores = readIgnores(this.request.text);
    const placed = collect(this.progress.found, this.progress.aside, path).map((parts) =>
      reportOf(parts, path, weights.get(parts[0].call)),
    );
    return {
      path,
      placed: placed.sort((a, b) => startOf(a) - startOf(b) || endOf(a) - endOf(b)),
      problems: looseProblems(
        this.progress.found.flatMap((each) => each.problems),
        path,
      ),
      inputs: inputPoints(this.progress.inputs, path, this.request.inputShapes),
      ...(this.request.lines ? linesOf(this.progress.found, path) : {}),
      ...(ignores.length > 0 ? { ignores } : {}),
      dependencies: [...versions].map(([each, version]) => ({ path: each, version })),
      broken: this.parsed.broken,
      incomplete: incomplete || this.machine.cut > 0 || this.progress.kept.some(({ cut }) => cut),
      ...faultsTold([...this.progress.kept.flatMap(({ faults }) => faults), ...this.machine.faults]),
      memo: this.remember(),
    };
  }

  /**
   * Where the next reading should leave a checkpoint, if the same statement is edited: as far on as nothing has looked
   * into it, or, where that was too much, half as far.
   */
  private nextStage(): Memo['edited'] {
    const { edited, untouched, refused, memo } = this;
    if (!edited || untouched === undefined) return undefined;
    if (refused !== undefined) return { at: edited.at, stage: refused > BEFORE ? refused >> 1 : NEVER };
    const known = memo?.edited?.at === edited.at ? memo.edited.stage : untouched;
    return { at: edited.at, stage: Math.min(known, untouched) };
  }

  /** What the next reading of the file builds on. */
  private remember(): Memo {
    const { parsed, checkpoint, progress, inputShapes } = this;
    const { scripts, entries } = progress;
    const { modules } = this.machine;
    const memo: Memo = {
      parsed,
      scripts,
      entries,
      dependencies: this.dependencies,
      stirring: this.unsettled.remembered,
      // Copies: what is made what it was loses what came later.
      resolutions: [...modules.resolutions],
      dataReads: new Map(modules.dataReads),
      inputShapes,
      lines: this.request.lines === true,
      state: this.request.project?.state?.() === this.state ? this.state : undefined,
      edited: checkpoint ? { at: checkpoint.at, stage: checkpoint.stage } : this.nextStage(),
    };
    if (checkpoint) latest = { memo, checkpoint };
    return memo;
  }

  /** Runs something; what it gives, and what became of it. */
  private ran<Result extends object>(run: () => Result): Result & Ran {
    const { cut, faults, modules } = this.machine;
    const before = [faults.length, modules.resolutions.length];
    const result = run();
    return {
      ...result,
      cut: this.machine.cut > cut,
      faults: faults.slice(before[0]),
      resolutions: modules.resolutions.slice(before[1]),
    };
  }

  /** Runs the file as a script, then what imports it, then whatever of it nothing has run. */
  private explore(): void {
    const { machine, importers, progress } = this;
    // What is used again was read then, and is read no more.
    if (this.reusable) for (const read of this.memo!.dataReads.values()) machine.modules.noteRead(read);
    const from = this.checkpoint?.stage ?? BEFORE;
    if (from < AFTER_SCRIPT) {
      this.finish(this.runScript());
      machine.names.keep();
      for (const [name, value] of machine.settings) progress.settings.set(name, value);
      this.passes(AFTER_SCRIPT);
    }
    for (const [index, importer] of importers.entries()) {
      const stage = AFTER_SCRIPT + index + 1;
      if (from >= stage) continue;
      this.runImporter(importer);
      this.passes(stage);
    }
    const last = AFTER_SCRIPT + importers.length + 1;
    if (from < last) {
      restart(machine, withUnknown(progress.settings, progress.changed));
      this.finish(asEntry(machine, () => runInstances(machine, progress.inputs, this.module.path)));
      this.passes(last);
    }
    this.runLeft();
  }

  private runScript(): Findings {
    const { machine, module, parsed, checkpoint } = this;
    const run = (chunks: readonly Chunk[]) => (): void =>
      machine.modules.runAll(module, chunks, (chunk, act) => {
        if (chunk === this.edited?.chunk) this.passes(BEFORE);
        this.script(chunk, act);
      });
    return checkpoint
      ? restOfEntry(machine, run(parsed.chunks.slice(checkpoint.at)), STEPS_OF_SCRIPT - machine.taken)
      : asEntry(machine, run(parsed.chunks), STEPS_OF_SCRIPT);
  }

  private runImporter(importer: ModuleSource): void {
    const { machine, progress } = this;
    // What this file sets it may set only where it is the program.
    const start = withUnknown(progress.settings, differing(progress.settings, machine.library.settings));
    restart(machine, start);
    this.finish(asEntry(machine, () => machine.modules.load(importer, true)));
    const loaded = machine.modules.get(importer.path);
    if (!loaded) return;
    for (const each of definitions(loaded)) {
      if (each.kind === 'function' && !machine.trace.isCovered(each.definition))
        this.finish(asEntry(machine, () => runFunction(machine, each, [])));
    }
    for (const name of differing(machine.settings, start)) progress.changed.add(name);
  }

  private runLeft(): void {
    const { machine, module, progress, reusable } = this;
    const { settings, changed } = progress;
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
      const holds = same && !this.unsettled.concerns(each.chunk!) && passesOverAgain(kept.over, progress.seen);
      if (holds) this.reuse(each, kept);
      else this.explain(each, depends);
    }
  }

  /** At a stage that is as it was, whatever the edited statement does when it is run: the next reading starts there. */
  private passes(stage: Stage): void {
    const { machine, module, parsed, importers, progress, edited, memo } = this;
    if (!edited || (stage > BEFORE && (!edited.inBodies || isTouched(machine, edited.chunk, progress)))) return;
    this.untouched = stage;
    // Taken at the second key press, when it is known how far it goes.
    if (memo?.edited?.at !== edited.at || memo.edited.stage !== stage) return;
    this.checkpoint = Checkpoint.of(stage, edited, machine, module, copyOf(progress), { parsed, importers });
    if (!this.checkpoint) this.refused = stage;
  }

  /** A top-level call or assignment: run, or its results used again when nothing on which it depends has changed. */
  private script(chunk: Chunk, act: () => void): void {
    const { machine, module, reusable } = this;
    const { statement } = chunk;
    const run = (): void => void machine.sharing(STEPS_PER_ENTRY, () => attempt(machine, act));
    if (statement.kind === 'import' || statement.kind === 'from') {
      run();
      return;
    }
    if (statement.kind !== 'expression' && statement.kind !== 'assign') {
      this.observed(chunk, bindsAtMost(chunk), run);
      return;
    }
    const depends = this.dependencies.of(chunk);
    const kept = reusable ? this.memo?.scripts.get(chunk) : undefined;
    const settings = settingsOf(machine);
    const after = this.unsettled.state;
    const same = kept?.settings === settings && kept.depends === depends && kept.after === after;
    if (kept && same && !this.unsettled.concerns(chunk) && passesOverAgain(kept.over, this.progress.seen)) {
      this.progress.found.push(kept.found);
      this.progress.aside.push(kept.aside);
      this.progress.kept.push(kept);
      machine.modules.noteResolved(kept.resolutions, this.memo!.resolutions);
      machine.trace.meet(kept);
      for (const [name, value] of kept.left) module.scope.variables.set(name, value);
      this.progress.scripts.set(chunk, kept);
      return;
    }
    const names = machine.names.claimed;
    const found = new Findings();
    const own = statement.kind === 'assign' ? statement.targets.flatMap(nameOf) : [];
    let changes = false;
    const observed = (): void => {
      changes = this.observed(chunk, own, run);
    };
    const script = this.ran(() => {
      let told: Omit<Script, keyof Ran | 'found'> | undefined;
      machine.recorder.into(found, () =>
        machine.trace.watched(observed, (met) => {
          settle(machine, found);
          told = { settings, depends, after, ...this.finish(found), ...met, left: leftBy(statement, module) };
        }),
      );
      return { found, ...told! };
    });
    // Only tensors of known sizes outlive an analysis; names given to sizes, and objects, are made anew, and what a
    // tensor holds may have been written to since.
    const lasts = ([, value]: readonly [string, Value]): boolean =>
      value.kind === 'tensor' && !value.data && value.cell.shape?.every(isKnown) === true;
    const plain = !changes && machine.names.claimed === names && settingsOf(machine) === settings;
    if (plain && script.left.every(lasts)) this.progress.scripts.set(chunk, script);
  }

  /** Runs a statement; whether it changed anything that was there before, but for variables of these names. */
  private observed(chunk: Chunk, names: readonly string[], run: () => void): boolean {
    const { machine, module } = this;
    const stirring = { depends: this.dependencies.of(chunk), settings: settingsOf(machine) };
    const changes = machine.changes(module.scope.variables, names, run);
    this.unsettled.ran(chunk, changes ? stirring : undefined);
    return changes;
  }

  /** Takes what an entry point found, and looks into what it passed over. */
  private finish(findings: Findings): Pick<Entry, 'aside' | 'over'> {
    this.progress.found.push(findings);
    if (this.machine.trace.passedOver.length === 0) return NOTHING;
    const aside = new Findings();
    this.progress.aside.push(aside);
    return { aside, over: runPassedOver(this.machine, this.progress.seen, aside) };
  }

  private reuse(each: FunctionValue | ClassValue, entry: Entry): void {
    this.progress.found.push(entry.found);
    this.progress.aside.push(entry.aside);
    this.progress.kept.push(entry);
    this.machine.modules.noteResolved(entry.resolutions, this.memo!.resolutions);
    this.progress.inputs.push(...entry.inputs);
    this.machine.trace.meet(entry);
    this.progress.entries.set(each.definition, entry);
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
      return { depends, found, ...this.finish(found), inputs, covered };
    });
    this.progress.inputs.push(...inputs);
    this.progress.entries.set(each.definition, { settings, ...entry });
  }
}

const startOf = ({ report, by }: PlacedReport): number => report.span.start + by;
const endOf = ({ report, by }: PlacedReport): number => report.span.end + by;
