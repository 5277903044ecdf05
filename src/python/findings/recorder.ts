import type { Mode } from '../model/mode';
import type { Described, LooseProblem, Recorder, Said, Site, SiteProblem } from '../model/site';
import type { CallPlace } from '../model/value';
import type { WeightSource } from '../report';
import type { Call } from '../syntax/ast';
import { Findings } from './findings';

/** An error that was said, how it is taken back, and how it becomes a warning. */
interface SaidError {
  readonly key: string;
  readonly withdraw: () => void;
  readonly soften: () => void;
}

/** Notes what is found out, in the findings of the entry point that runs and as the mode allows. */
export class FindingsRecorder implements Recorder {
  private current = new Findings();
  /** Errors in order, so that those of a run can be told. */
  private said: SaidError[] = [];

  constructor(private readonly machine: { readonly mode: Mode; readonly path: string }) {}

  get findings(): Findings {
    return this.current;
  }

  /** What follows belongs to another entry point. */
  begin(): Findings {
    return (this.current = new Findings());
  }

  /** What is found while this runs goes into findings of its own. */
  into<T>(findings: Findings, run: () => T): T {
    const before = this.current;
    this.current = findings;
    try {
      return run();
    } finally {
      this.current = before;
    }
  }

  get tells(): boolean {
    const { quiet, aside } = this.machine.mode;
    return !quiet && !aside;
  }

  get records(): boolean {
    return this.tells && !this.machine.mode.probing;
  }

  site(call: Call, described: Described): Site {
    return this.current.site(call, described);
  }

  say<T extends Said>(list: T[], entry: T, place: CallPlace): void {
    const { code, severity } = entry.problem;
    if (severity === 'error') {
      const key = `${place.chunk?.path ?? ''}:${place.chunk?.absolute(place.start) ?? 0}:${place.end - place.start}:${code}`;
      this.said.push({
        key,
        withdraw: () => {
          const at = list.indexOf(entry);
          if (at >= 0) list.splice(at, 1);
        },
        soften: () => {
          const at = list.indexOf(entry);
          if (at >= 0) list[at] = { ...entry, softened: true, problem: { ...entry.problem, severity: 'warning' } };
        },
      });
    }
    if (!this.machine.mode.probing) list.push(entry);
  }

  problem(site: Site | undefined, problem: SiteProblem, certain = true): void {
    const { guarded, forked } = this.machine.mode;
    // While a statement is being typed nothing in it is certain.
    if (!site || site.call.chunk.hasError || !this.tells || guarded || (certain && forked)) return;
    this.say(site.problems, problem, problem.place ?? site.call);
  }

  loose(problem: LooseProblem): void {
    const { guarded, forked } = this.machine.mode;
    const { chunk } = problem.place;
    // What is no error is kept once: a line in a loop may be run thousands of times.
    if (problem.problem.severity === 'info' && this.current.problems.some((each) => isSame(each, problem))) return;
    if (this.tells && (problem.agreed || (!forked && !guarded)) && chunk?.path === this.machine.path && !chunk.hasError)
      this.say(this.current.problems, problem, problem.place);
  }

  loaded(call: Call, source: WeightSource): void {
    if (this.records) this.current.loaded.push({ call, source });
  }

  /** How many errors have been said; what is said after that can be taken out of the list again. */
  get errors(): number {
    return this.said.length;
  }

  forgetErrors(from: number): void {
    this.said.length = from;
  }

  /** Of the errors said since, keeps those that `again` says as well; the others are taken back, or become warnings. */
  keepErrors(from: number, otherwise: 'withdraw' | 'soften', again: () => void): void {
    const first = this.said.splice(from);
    try {
      again();
    } finally {
      const second = new Set(this.said.splice(from).map(({ key }) => key));
      for (const each of first) {
        if (second.has(each.key)) this.said.push(each);
        else each[otherwise]();
      }
    }
  }
}

const isSame = (one: LooseProblem, other: LooseProblem): boolean =>
  one.place.start === other.place.start &&
  one.place.chunk === other.place.chunk &&
  one.agreed === other.agreed &&
  one.problem.message === other.problem.message;
