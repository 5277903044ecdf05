import { OutOfSteps } from '../model/raised';

/** An analysis of one file with everything that it imports may take this many steps (about 60 ms). */
const MOST_STEPS = 400_000;
/** So many are left for what an entry point passed over that has used up its own. */
const STEPS_ASIDE = 10_000;
const MOST_DEPTH = 80;
/**
 * So often a function is run within itself, and so often where its end may not be known: then both ways are run at
 * every level, so that it would take all steps there are, and nothing of the file be told.
 */
const MOST_RECURSION = { decided: 256, undecided: 24 };

/** How many steps an analysis has taken, and how many what runs now may take. */
export class Steps {
  /** How many entry points have been ended because they took too many. */
  stops = 0;
  private taken = 0;
  private limit = MOST_STEPS;
  private depth = 0;
  /** What runs now, and how often it was entered again meanwhile. */
  private readonly running = new Map<object, { within: number }>();

  step(): void {
    if (++this.taken > this.limit) throw new OutOfSteps();
  }

  /** Runs `what` one call deeper; nothing where that is too deep, or too often within itself. */
  enter<T>(act: () => T, what: object, decided: boolean): T | undefined {
    const outer = this.running.get(what);
    const most = decided ? MOST_RECURSION.decided : MOST_RECURSION.undecided;
    if (this.depth >= MOST_DEPTH || (outer && ++outer.within > most)) return undefined;
    if (!outer) this.running.set(what, { within: 0 });
    this.depth++;
    try {
      return act();
    } finally {
      this.depth--;
      if (!outer) this.running.delete(what);
    }
  }

  /** What follows may take so many. */
  allow(steps: number): void {
    this.limit = Math.min(this.taken + steps, MOST_STEPS);
  }

  /** Runs something whose steps are not counted as those of what runs now. */
  share(act: () => void): void {
    const before = this.taken;
    try {
      act();
    } finally {
      this.limit = Math.min(this.limit + this.taken - before, MOST_STEPS);
    }
  }

  /** Notes that something was ended because its steps were used up; whether there are steps left for other things. */
  stopped(): boolean {
    this.stops++;
    this.allow(STEPS_ASIDE);
    return this.taken < MOST_STEPS;
  }
}
