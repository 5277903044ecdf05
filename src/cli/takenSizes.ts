import type { ModuleAnalysis } from '../python';

/** Where it is looked first, and how far from there: a size that is refused most often lacks a power of two. */
const BASE = 256;
const TRIED: readonly number[] = [0, 1, 2, 4, 8, 16, 32];
/** Where it is not that simple, all of so many are looked at. */
const WINDOW = 64;

/** The reading of a model was given up, so that what has no output is not known to be refused. */
export const GIVEN_UP = 'given up';

/** Which sizes a model takes, where it does not take all. */
export interface Taken {
  /** One that it refuses. */
  readonly refused: number;
  /** Those that it takes leave this remainder by this step; nothing where it is not that simple. */
  readonly step?: { readonly by: number; readonly rest: number };
}

/**
 * Which sizes the models of a file take: a sum of two branches needs equal ones, and says so only with numbers. `read`
 * reads the file with a size on every spatial axis of its models' inputs.
 */
export class TakenSizes {
  private readonly known = new Map<number, { readonly models: ReadonlySet<string>; readonly isWhole: boolean }>();

  constructor(private readonly read: (size: number) => Pick<ModuleAnalysis, 'networks' | 'incomplete'>) {}

  /** Nothing where it takes every size that was tried, or none: then it may be something else that is not known. */
  of(model: string): Taken | typeof GIVEN_UP | undefined {
    const taken = this.taken(model);
    const isKnown = [...this.known.values()].every(({ models, isWhole }) => isWhole || models.has(model));
    return isKnown ? taken : GIVEN_UP;
  }

  private taken(model: string): Taken | undefined {
    const tried = TRIED.map((more) => BASE + more);
    const refused = tried.find((size) => !this.takes(model, size));
    if (refused === undefined || !tried.some((size) => this.takes(model, size))) return undefined;
    const by = this.powerOf(model);
    return { refused, ...(by === undefined ? this.stepOf(model) : { step: { by, rest: 0 } }) };
  }

  /** The power of two of which it takes the multiples and nothing else, as far as some of them tell. */
  private powerOf(model: string): number | undefined {
    const by = TRIED.find((more) => more > 1 && this.takes(model, BASE + more));
    if (by === undefined || !this.takes(model, BASE)) return undefined;
    const others = [...TRIED.slice(1), 3 * by, (3 * by) / 2];
    return others.every((more) => this.takes(model, BASE + more) === (more % by === 0)) ? by : undefined;
  }

  /** The step and the remainder of those that it takes, of all in a row. */
  private stepOf(model: string): Pick<Taken, 'step'> {
    const window = Array.from({ length: WINDOW }, (_, index) => BASE + index);
    const taken = window.filter((size) => this.takes(model, size));
    const by = (taken[1] ?? 0) - taken[0];
    const rest = taken[0] % by;
    const isRegular = by > 1 && window.every((size) => taken.includes(size) === (size % by === rest));
    return isRegular ? { step: { by, rest } } : {};
  }

  private takes(model: string, size: number): boolean {
    let known = this.known.get(size);
    if (!known) {
      const { networks = [], incomplete } = this.read(size);
      const models = networks.flatMap(({ name, output }) => (output ? [name] : []));
      this.known.set(size, (known = { models: new Set(models), isWhole: !incomplete }));
    }
    return known.models.has(model);
  }
}
