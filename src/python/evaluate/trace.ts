import type { Frame } from '../model/frame';
import type { Machine, Trace } from '../model/machine';
import type { CallPlace, InstanceValue } from '../model/value';
import type { Statement } from '../syntax/ast';

export interface PassedOver {
  readonly frame: Frame;
  readonly statements: readonly Statement[];
}

/** What something met while it ran. */
export interface Met {
  /** Functions that were run, and classes that were made. */
  readonly covered: Set<object>;
  /** Calls that made the instances which have been run. */
  readonly applied: Set<CallPlace>;
}

const nothingMet = (): Met => ({ covered: new Set(), applied: new Set() });

/** What has been run and made so far, so that the analysis runs what is left. */
export class RunTrace implements Trace {
  private whole = nothingMet();
  private entry = nothingMet();
  private made: InstanceValue[] = [];
  private over: PassedOver[] = [];
  private open = 0;

  constructor(private readonly machine: Pick<Machine, 'mode' | 'modules'>) {}

  cover(definition: object): void {
    this.whole.covered.add(definition);
    this.entry.covered.add(definition);
  }

  noteApplied(instance: InstanceValue): void {
    instance.applied++;
    if (!instance.place) return;
    this.whole.applied.add(instance.place);
    this.entry.applied.add(instance.place);
  }

  born(instance: InstanceValue): void {
    if (!this.machine.mode.quiet) this.made.push(instance);
  }

  notes(frame: Frame): boolean {
    // Of what is only imported no layer is told of.
    return !this.machine.mode.quiet && this.machine.modules.runsMain(frame);
  }

  skipped(frame: Frame, statements: readonly Statement[]): void {
    if (statements.length > 0 && this.notes(frame)) this.over.push({ frame, statements });
  }

  undecided(): void {
    this.open++;
  }

  isCovered(definition: object): boolean {
    return this.whole.covered.has(definition);
  }

  isApplied(place: CallPlace): boolean {
    return this.whole.applied.has(place);
  }

  /** What an entry point or a statement met, when its results are used again instead of running it. */
  meet({
    covered,
    applied,
  }: {
    readonly covered: ReadonlySet<object>;
    readonly applied?: ReadonlySet<CallPlace>;
  }): void {
    for (const each of covered) this.whole.covered.add(each);
    for (const each of applied ?? []) this.whole.applied.add(each);
  }

  /** How many conditions could not be decided, ever. */
  get conditions(): number {
    return this.open;
  }

  /** Instances in the order in which they were made; more may come while one goes through them. */
  get instances(): readonly InstanceValue[] {
    return this.made;
  }

  /** What follows belongs to another entry point; what that one meets. */
  beginEntry(): Met {
    return (this.entry = nothingMet());
  }

  /** What the entry point that runs has met so far. */
  get met(): Met {
    return this.entry;
  }

  /** Runs a part of an entry point, and tells, however it ends, what that part met. */
  watched(run: () => void, tell: (met: Met) => void): void {
    const { entry } = this;
    const met = (this.entry = nothingMet());
    try {
      run();
    } finally {
      try {
        tell(met);
      } finally {
        for (const each of met.covered) entry.covered.add(each);
        this.entry = entry;
      }
    }
  }

  /** Instances made until now are no longer to be run. */
  forgetInstances(): void {
    this.made = [];
  }

  /** The instances that are made meanwhile; they do not join the others by themselves, see `adopt`. */
  making(run: () => void): readonly InstanceValue[] {
    const { made } = this;
    const own = (this.made = [] as InstanceValue[]);
    try {
      run();
    } finally {
      this.made = made;
    }
    return own;
  }

  adopt(instances: readonly InstanceValue[]): void {
    this.made.push(...instances);
  }

  /** Runs something that meets everything for the first time again, and leaves nothing behind. */
  apart(run: () => void): void {
    const { whole, made, over } = this;
    [this.whole, this.made, this.over] = [nothingMet(), [], []];
    try {
      run();
    } finally {
      [this.whole, this.made, this.over] = [whole, made, over];
    }
  }

  get passedOver(): readonly PassedOver[] {
    return this.over;
  }

  forgetPassedOver(from = 0): void {
    this.over.length = from;
  }
}
