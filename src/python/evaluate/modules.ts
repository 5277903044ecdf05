import type { Frame } from '../model/frame';
import type { Machine, ModuleTable, Waiting } from '../model/machine';
import { string, unknown } from '../model/make';
import { isFault, OutOfSteps } from '../model/raised';
import { type DictValue, type ModuleScope, type ModuleValue, Scope, type Value } from '../model/value';
import type { ModuleSource, ProjectView } from '../report';
import { TooComplex } from '../sizes/size';
import type { Chunk } from '../syntax/chunk';
import type { ParsedFile } from '../syntax/parse';
import { builtins } from './builtins';
import { definitionsIn, sortOut, typeCheckedBlock } from './onDemand';
import { parsedOf } from './parsedFiles';

export interface LoadedModule extends ModuleScope {
  parsed: ParsedFile;
  frame: Frame;
  readonly isMain: boolean;
  /** Library modules of which it imports every name. */
  readonly stars: string[];
  /** What it has of installed packages and has not run: nothing else waits. */
  readonly waiting: Waiting;
  readonly installed: boolean;
  done: boolean;
}

/** Steps that running one imported file may take, and all of them together: the rest is for what is on screen. */
const STEPS_PER_IMPORT = 60_000;
const STEPS_OF_IMPORTS = 120_000;
/** The same for installed packages, whose files are run by need: theirs are not taken from what the program has. */
const STEPS_PER_INSTALLED = 60_000;
const STEPS_OF_INSTALLED = 240_000;

/** What an import was found to mean. */
export interface Resolution {
  readonly from: string;
  readonly module: string;
  readonly level: number;
  readonly path?: string;
  readonly version?: string | number;
}

/** A file of data that was asked for, and what was found. */
export interface DataRead {
  readonly from: string;
  readonly path: string;
  readonly found?: ModuleSource;
}

/** Longer files hold results, not configurations. */
const LONGEST_DATA = 200_000;

const nameOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The modules of one analysis, each run once when first imported. */
export class Modules implements ModuleTable {
  private readonly loaded = new Map<string, LoadedModule>();
  /** Names that others import from a module before it has them. */
  private readonly early: { readonly module: ModuleScope; readonly name: string; readonly value: Value }[] = [];
  readonly resolutions: Resolution[] = [];
  readonly versions = new Map<string, string | number>();
  /** By who asked, and for what. */
  readonly dataReads = new Map<string, DataRead>();
  private readonly written = new Set<string>();
  private left = STEPS_OF_IMPORTS;
  private leftOfInstalled = STEPS_OF_INSTALLED;
  /** Modules among whose star imports a name is being looked for: these can go in circles. */
  private readonly searched = new Set<LoadedModule>();
  /** Dictionaries that files of installed packages may fill. */
  private readonly registries = new Set<DictValue>();
  /** What `definedInStars` found when so many modules were loaded. */
  private starred: { readonly modules: number; readonly files: ReadonlyMap<string, ModuleSource> } | undefined;
  private loading = 0;

  constructor(
    private readonly machine: Machine,
    private project: ProjectView | undefined,
  ) {}

  /** Looks for files there from now on. */
  follow(project: ProjectView | undefined): void {
    this.project = project;
  }

  /** Prepares a module without running it. */
  open(path: string, parsed: ParsedFile, isMain: boolean, installed = false): LoadedModule {
    const holder = { path } as { path: string; scope: Scope };
    const scope = new Scope(holder);
    holder.scope = scope;
    scope.variables.set('__name__', string(isMain ? '__main__' : path));
    scope.variables.set('__file__', string(path));
    const module: LoadedModule = Object.assign(holder, {
      parsed,
      isMain,
      stars: [],
      waiting: { names: new Map(), stars: [] },
      installed,
      done: false,
      frame: { scope, chunk: parsed.chunks[0], possible: [] },
    });
    this.loaded.set(path, module);
    return module;
  }

  /** Runs the top level, statement by statement; what one of them raises does not keep the others from running. */
  runAll(
    module: LoadedModule,
    chunks: readonly Chunk[] = module.parsed.chunks,
    around: (chunk: Chunk, act: () => void) => void = (_chunk, act) => act(),
  ): void {
    for (const chunk of chunks) {
      try {
        around(chunk, () => this.machine.run({ ...module.frame, chunk }, chunk.statement));
      } catch (error) {
        if (error instanceof OutOfSteps || error instanceof RangeError) throw error;
        if (isFault(error) && !(error instanceof TooComplex)) this.machine.fault(error);
      }
    }
    module.done = true;
    this.deliver(module);
  }

  /** Runs what of a module cannot wait, and lets the rest wait until something asks for it. */
  private runFirst(module: LoadedModule): void {
    const { waiting, first } = sortOut(module.parsed.chunks);
    const bindLater = (name: string, chunk: Chunk): void =>
      void module.waiting.names.set(name, () => this.machine.run({ ...module.frame, chunk }, chunk.statement));
    for (const [name, chunk] of waiting) bindLater(name, chunk);
    const around = (chunk: Chunk, act: () => void): void => {
      const block = typeCheckedBlock(chunk.statement);
      if (!block) {
        act();
        return;
      }
      const frame = { ...module.frame, chunk };
      for (const each of block.imports) this.machine.run(frame, each);
      this.machine.runBlock(frame, block.otherwise);
    };
    this.runAll(module, first, around);
    for (const value of module.scope.variables.values()) this.leaveOpen(value);
  }

  /** What is empty when a file has been run is there to be filled, perhaps by one that nobody has asked for. */
  private leaveOpen(value: Value): void {
    if (value.kind === 'list' && value.items.length === 0) value.open = true;
    if (value.kind !== 'dict' || value.entries.size > 0) return;
    value.open = true;
    this.registries.add(value);
  }

  register(registry: DictValue, name: string): boolean {
    if (!this.registries.has(registry)) return false;
    const source = this.definedInStars().get(name);
    if (!source || this.loaded.has(source.path)) return false;
    this.load(source, false);
    return true;
  }

  /** By name: the file that defines it, of those that others import whole, which is to import them for what they do. */
  private definedInStars(): ReadonlyMap<string, ModuleSource> {
    if (this.starred?.modules === this.loaded.size) return this.starred.files;
    const files = new Map<string, ModuleSource>();
    for (const { path, waiting } of this.loaded.values()) {
      for (const { module, level } of waiting.stars) {
        const source = this.project?.resolve(path, module, level);
        if (source) for (const name of definitionsIn(source)) files.set(name, source);
      }
    }
    this.starred = { modules: this.loaded.size, files };
    return files;
  }

  /**
   * Files that import each other can be read from either end, the program starts at one: what is not there yet from
   * this end is put in its place once it is.
   */
  awaited(module: ModuleValue, name: string): Value {
    const value = unknown(name);
    const running = module.scope.module;
    if (!(running as LoadedModule).done) this.early.push({ module: running, name, value });
    return value;
  }

  private deliver(module: LoadedModule): void {
    for (const { name, value } of this.early.filter((each) => each.module === module)) {
      const found = module.scope.variables.get(name);
      if (!found) continue;
      for (const { scope } of this.loaded.values())
        for (const [key, held] of scope.variables) if (held === value) scope.variables.set(key, found);
    }
  }

  get(path: string): LoadedModule | undefined {
    return this.loaded.get(path);
  }

  runsMain(frame: Frame): boolean {
    return (frame.scope.module as LoadedModule).isMain;
  }

  /** The module that an import names, when it is in the workspace; it may be still running (a cycle). */
  find(from: string, dotted: string, level: number): ModuleValue | undefined {
    const source = this.source(from, dotted, level);
    return source && this.load(source, false);
  }

  has(from: string, dotted: string, level: number): boolean {
    return this.source(from, dotted, level) !== undefined;
  }

  private source(from: string, dotted: string, level: number): ModuleSource | undefined {
    const source = this.project?.resolve(from, dotted, level);
    this.resolutions.push({ from, module: dotted, level, path: source?.path, version: source?.version });
    return source;
  }

  /** Whether imports mean today what they meant then, and files of data hold what they held. */
  stillHold(resolutions: readonly Resolution[], reads: ReadonlyMap<string, DataRead>): boolean {
    const same = resolutions.every((each) => {
      const source = this.project?.resolve(each.from, each.module, each.level);
      return source?.path === each.path && source?.version === each.version;
    });
    return (
      same &&
      [...reads.values()].every(({ from, path, found }) => this.project?.data?.(from, path)?.version === found?.version)
    );
  }

  /**
   * Notes what imports were found to mean, where what came of them is used again: what those files import was found
   * with them, and stands in the list of all.
   */
  noteResolved(resolutions: readonly Resolution[], all: readonly Resolution[]): void {
    const open = [...resolutions];
    const followed = new Set<string>();
    for (let each = open.pop(); each; each = open.pop()) {
      this.resolutions.push(each);
      const { path, version } = each;
      if (path === undefined || version === undefined || followed.has(path) || this.loaded.has(path)) continue;
      followed.add(path);
      this.versions.set(path, version);
      const within = new Map(all.filter(({ from }) => from === path).map((one) => [`${one.level}${one.module}`, one]));
      open.push(...within.values());
    }
  }

  data(from: string, path: string): string | undefined {
    const found = this.project?.data?.(from, path);
    this.noteRead({ from, path, found });
    return !found || found.text.length > LONGEST_DATA || this.isWritten(path) ? undefined : found.text;
  }

  /** Notes what was read, now or where what came of it is used again. */
  noteRead(read: DataRead): void {
    this.dataReads.set(`${read.from}\n${read.path}`, read);
    if (read.found) this.versions.set(read.found.path, read.found.version);
  }

  wrote(path: string): void {
    this.written.add(nameOf(path));
  }

  /** A program that writes a file of this name somewhere may well read that one. */
  private isWritten(path: string): boolean {
    const name = nameOf(path);
    const writes = (text: string): boolean =>
      text.split('\n').some((line) => line.includes(name) && /\b(?:open\(.*['"][wax]|write_text\()/.test(line));
    return this.written.has(name) || [...this.loaded.values()].some(({ parsed }) => writes(parsed.text));
  }

  load(source: ModuleSource, isMain: boolean): ModuleValue {
    let module = this.loaded.get(source.path);
    if (!module) {
      this.versions.set(source.path, source.version);
      module = this.open(source.path, parsedOf(source), isMain, source.installed);
      const opened = module;
      if (source.installed && !isMain) {
        this.aside(() => this.runFirst(opened));
        return { kind: 'module', path: source.path, scope: module.scope };
      }
      const run = (): void => this.machine.within({ forked: false }, () => this.runAll(opened));
      if (isMain) run();
      else this.runImported(run);
    }
    return { kind: 'module', path: source.path, scope: module.scope };
  }

  private runImported(run: () => void): void {
    this.loading++;
    try {
      const took = this.machine.sharing(Math.min(this.left, STEPS_PER_IMPORT), run);
      // What a file imports is a part of what it took.
      if (this.loading === 1) this.left = Math.max(0, this.left - took);
    } finally {
      this.loading--;
    }
  }

  /** A name of a module seen from outside: its own, or that of a module beside it in its package. */
  member(module: ModuleValue, name: string): Value | undefined {
    const own = module.scope.variables.get(name) ?? this.global(module.scope.module, name);
    if (own) return own;
    return /__init__\.py$/.test(module.path) ? this.find(module.path, name, 1) : undefined;
  }

  global(module: ModuleScope, name: string): Value | undefined {
    const loaded = module as LoadedModule;
    const bind = loaded.waiting.names.get(name);
    if (bind) {
      // Whatever asks for it meanwhile, as files that import each other do, is not to run it again.
      loaded.waiting.names.delete(name);
      this.aside(bind);
      const value = loaded.scope.variables.get(name);
      if (value) return value;
    }
    const given = loaded.waiting.stars.length > 0 ? this.throughStars(loaded, name) : undefined;
    if (given) return given;
    for (const star of loaded.stars) {
      const dotted = `${star}.${name}`;
      if (this.machine.library.knows(dotted)) return { kind: 'external', name: this.machine.library.canonical(dotted) };
    }
    return undefined;
  }

  waiting(frame: Frame): Waiting | undefined {
    const module = frame.scope.module as LoadedModule;
    // Under a condition that is not known either way may bind the name: there nothing waits.
    return module.installed && frame.scope === module.scope && this.machine.settled ? module.waiting : undefined;
  }

  /** A name that a module of an installed package has by importing every name of another; the last one counts. */
  private throughStars(module: LoadedModule, name: string): Value | undefined {
    if (this.searched.has(module) || name.startsWith('_') || builtins.has(name)) return undefined;
    this.searched.add(module);
    try {
      for (const star of module.waiting.stars.toReversed()) {
        const source = this.project?.resolve(module.path, star.module, star.level);
        if (!source && star.level === 0) {
          const dotted = `${star.module}.${name}`;
          if (this.machine.library.knows(dotted))
            return { kind: 'external', name: this.machine.library.canonical(dotted) };
        }
        // To look for the word is much quicker than to parse: one package has a hundred such imports.
        if (!source || !(source.text.includes(name) || source.text.includes('import *'))) continue;
        const found = this.find(module.path, star.module, star.level);
        const value = found && (found.scope.variables.get(name) ?? this.global(found.scope.module, name));
        if (value) return value;
      }
      return undefined;
    } finally {
      this.searched.delete(module);
    }
  }

  /** Runs a part of an installed package: it has steps of its own, and does nothing of the program's. */
  private aside(act: () => void): void {
    const took = this.machine.apart(Math.min(this.leftOfInstalled, STEPS_PER_INSTALLED), () => {
      try {
        act();
      } catch (error) {
        if (error instanceof OutOfSteps || error instanceof RangeError) throw error;
        if (isFault(error) && !(error instanceof TooComplex)) this.machine.fault(error);
      }
    });
    this.leftOfInstalled = Math.max(0, this.leftOfInstalled - took);
  }
}
