// The goals as they are judged, one after another.

/** What a figure cannot be better than, whatever the code does. */
export type Bound = 'peak' | 'memory' | 'wake-up' | 'new pages' | 'calls' | 'size';

export interface Verdict {
  readonly name: string;
  readonly goal: string;
  readonly measured: string;
  readonly met: boolean;
}

export interface Goal extends Verdict {
  readonly bound: Bound;
  /** That bound on this machine, measured in the same run; nothing where it was not. */
  readonly roof?: string;
}

export interface Sheet {
  readonly goals: readonly Goal[];
  /** What the goals that follow are bound by. */
  boundBy(bound: Bound, roof?: string): void;
  add(name: string, goal: string, measured: number, met: boolean, show: (value: number) => string): void;
  atLeast(name: string, goal: number, measured: number, show: (value: number) => string): void;
  atMost(name: string, goal: number, measured: number, show: (value: number) => string): void;
}

export const percent = (part: number): string => `${(100 * part).toFixed(0)} %`;
export const times = (ratio: number): string => `${ratio.toFixed(2)}×`;

export function createSheet(): Sheet {
  const goals: Goal[] = [];
  let [bound, roof]: readonly [Bound, string?] = ['peak'];
  const add: Sheet['add'] = (name, goal, measured, met, show) => {
    goals.push({ name, goal, measured: Number.isNaN(measured) ? 'not measured' : show(measured), met, bound, roof });
  };
  return {
    goals,
    boundBy(next, of) {
      [bound, roof] = [next, of];
    },
    add,
    atLeast(name, goal, measured, show) {
      add(name, `≥ ${show(goal)}`, measured, measured >= goal, show);
    },
    atMost(name, goal, measured, show) {
      add(name, `≤ ${show(goal)}`, measured, measured <= goal, show);
    },
  };
}
