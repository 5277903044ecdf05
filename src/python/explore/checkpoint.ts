import type { Interpreter } from '../evaluate/interpreter';
import type { LoadedModule } from '../evaluate/modules';
import type { Findings } from '../findings/findings';
import type { FoundInput } from '../inputs/declare';
import type { ModuleSource, ProjectView } from '../report';
import type { Chunk } from '../syntax/chunk';
import type { ParsedFile } from '../syntax/parse';
import { counterparts, nodesOf } from './heads';
import { HeapImage } from './heap';

/**
 * How far a reading has come: `BEFORE` stands in the script just before the statement that is being edited, 1 after the
 * script, one more after each file that imports it, and the last one after the instances have been run.
 */
export type Stage = number;
export const BEFORE: Stage = 0;
export const AFTER_SCRIPT: Stage = 1;
/** No stage: no checkpoint is worth it. */
export const NEVER: Stage = -1;

/** The one statement at the top level that is not what it was in the reading before. */
export interface Edited {
  readonly chunk: Chunk;
  readonly at: number;
  /** Nothing of it has changed but the bodies of functions. */
  readonly inBodies: boolean;
}

/** What has been found until a stage, by which later ones can tell whether anything looked into a statement. */
export interface FoundSoFar {
  readonly found: readonly Findings[];
  readonly aside: readonly Findings[];
  readonly inputs: readonly FoundInput[];
}

/** With fewer steps behind it a stage is as soon reached again. */
const FEWEST_STEPS = 400;
/** To make an object what it was takes about as long as so many steps. */
const STEPS_PER_OBJECT = 0.25;

export function editedIn(parsed: ParsedFile, before: ParsedFile | undefined): Edited | undefined {
  if (!before || parsed.broken || before.broken || parsed.chunks.length !== before.chunks.length) return undefined;
  const at = parsed.chunks.findIndex((chunk, index) => chunk !== before.chunks[index]);
  if (at < 0 || parsed.chunks.some((chunk, index) => index > at && chunk !== before.chunks[index])) return undefined;
  return { chunk: parsed.chunks[at], at, inBodies: counterparts(before.chunks[at], parsed.chunks[at]) !== undefined };
}

/** Whether anything that was run or found has to do with more of a statement than that it defines what it defines. */
export function isTouched(machine: Interpreter, chunk: Chunk, { found, aside, inputs }: FoundSoFar): boolean {
  return (
    chunk.entered ||
    inputs.some((each) => each.chunk === chunk) ||
    [...found, ...aside].some((each) => speaksOf(each, chunk)) ||
    [...nodesOf(chunk)].some((node) => machine.trace.isCovered(node))
  );
}

function speaksOf({ sites, problems, loaded }: Findings, chunk: Chunk): boolean {
  if (problems.some(({ place }) => place.chunk === chunk) || loaded.some(({ call }) => call.chunk === chunk))
    return true;
  for (const parts of sites.values())
    for (const { call, uses, attempts, mentions, problems: own } of parts)
      if (
        call.chunk === chunk ||
        uses.some(({ place }) => place.chunk === chunk) ||
        attempts.some(({ place }) => place.chunk === chunk) ||
        mentions.some((each) => each.chunk === chunk) ||
        own.some(({ place }) => place?.chunk === chunk)
      )
        return true;
  return false;
}

const isEmpty = ({ sites, problems, loaded }: Findings): boolean => sites.size + problems.length + loaded.length === 0;

const sameSources = (a: readonly ModuleSource[], b: readonly ModuleSource[]): boolean =>
  a.length === b.length && a.every(({ path, version }, at) => path === b[at].path && version === b[at].version);

/** What a reading is made of, for one to go on where another has been. */
interface Given {
  readonly parsed: ParsedFile;
  readonly importers: readonly ModuleSource[];
  readonly project: ProjectView | undefined;
}

/**
 * A reading as it was at a stage, so that the next one can go on from there: what was imported has been run, and all of
 * it, the file's own objects and those of the files that import it, is as it was, whatever was done to it later.
 *
 * That is what a fresh reading comes to as long as nothing else has changed than a statement that comes later, or than
 * the bodies of functions that nothing had asked for: until here each step of the two is the same.
 */
export class Checkpoint<Progress> {
  /** Whether everything is as it was at the stage, and nothing has run since. */
  private isReady = false;

  private constructor(
    readonly stage: Stage,
    readonly at: number,
    readonly machine: Interpreter,
    readonly module: LoadedModule,
    /** What the reading itself had until then. */
    readonly progress: Progress,
    private readonly image: HeapImage,
    private given: Pick<Given, 'parsed' | 'importers'>,
  ) {}

  /** `undefined` where it would not be worth it, or where not everything can be brought back. */
  static of<Progress>(
    stage: Stage,
    { chunk, at }: Edited,
    machine: Interpreter,
    module: LoadedModule,
    progress: Progress,
    given: Pick<Given, 'parsed' | 'importers'>,
  ): Checkpoint<Progress> | undefined {
    // What a file of data is taken for depends on all of the text.
    if (machine.taken < FEWEST_STEPS || machine.modules.dataReads.size > 0) return undefined;
    if (stage === BEFORE && !isEmpty(machine.recorder.findings)) return undefined;
    const image = HeapImage.of(machine, stage === BEFORE ? new Set() : nodesOf(chunk));
    if (!image || image.size * STEPS_PER_OBJECT > machine.taken) return undefined;
    return new Checkpoint(stage, at, machine, module, progress, image, given);
  }

  /** Makes everything what it was, so that going on from here costs no more than what has been edited. */
  getReady(): void {
    if (this.isReady) return;
    this.image.restore();
    this.isReady = true;
  }

  /** Makes everything what it was, if a reading of this text comes to the same; whether it does. */
  goOn({ parsed, importers, project }: Given): boolean {
    const old = this.given.parsed.chunks;
    const { chunks, broken } = parsed;
    if (broken || chunks.length <= this.at) return false;
    if (this.stage === BEFORE) {
      if (old.some((chunk, index) => index < this.at && chunk !== chunks[index])) return false;
    } else {
      if (chunks.length !== old.length || !sameSources(importers, this.given.importers)) return false;
      if (old.some((chunk, index) => index !== this.at && chunk !== chunks[index])) return false;
      if (chunks[this.at] !== old[this.at]) {
        const by = counterparts(old[this.at], chunks[this.at]);
        if (!by) return false;
        this.image.replace(by);
      }
    }
    if (this.isReady) this.image.restoreReplaced();
    else this.image.restore();
    this.isReady = false;
    this.given = { parsed, importers };
    this.machine.goOn();
    this.machine.modules.follow(project);
    this.module.parsed = parsed;
    this.module.frame = { ...this.module.frame, chunk: chunks[0] };
    return true;
  }
}
