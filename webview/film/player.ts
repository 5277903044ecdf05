/** The page's clock, and whether the user wants movement. */
export interface Clock {
  after(milliseconds: number, then: () => void): () => void;
}

/** How long a step moves, and rests after it, at normal speed. */
const MOVE_MS = 700;
const REST_MS = 400;
/** Where many like steps follow each other, those in the middle. */
const BRIEF_MS = 60;

export const SPEEDS = [0.5, 1, 2, 4] as const;

/** What is being played. */
export interface Playing {
  /** Steps of the film. */
  readonly steps: number;
  /** Whether a step is one of many like it, and neither the first nor the last of them. */
  isBrief(step: number): boolean;
}

/** Plays a film: step after step, each when the one before has moved and rested. */
export interface Player {
  readonly isPlaying: boolean;
  readonly speed: number;
  readonly loops: boolean;
  /** How long the move into a step takes, in milliseconds. */
  moveInto(step: number): number;
  play(from: number): void;
  stop(): void;
  setSpeed(speed: number): void;
  setLoop(loops: boolean): void;
  load(playing: Playing): void;
}

/** `show` is called with each step; `changed` when it begins or ends to play. */
export function createPlayer(clock: Clock, show: (step: number) => void, changed: () => void): Player {
  let playing: Playing = { steps: 1, isBrief: () => false };
  let cancel: (() => void) | undefined;
  let speed = 1;
  let loops = false;

  const moveInto = (step: number): number => (playing.isBrief(step) ? BRIEF_MS : MOVE_MS / speed);
  const wait = (step: number): number => moveInto(step) + (playing.isBrief(step) ? 0 : REST_MS / speed);

  const stop = (): void => {
    if (!cancel) return;
    cancel();
    cancel = undefined;
    changed();
  };
  const goOn = (step: number): void => {
    cancel = clock.after(wait(step), () => {
      const next = step + 1 < playing.steps ? step + 1 : loops ? 0 : undefined;
      if (next === undefined) {
        stop();
        return;
      }
      goOn(next);
      show(next);
    });
  };

  return {
    get isPlaying() {
      return cancel !== undefined;
    },
    get speed() {
      return speed;
    },
    get loops() {
      return loops;
    },
    moveInto,
    play(from) {
      cancel?.();
      // At the end it begins anew.
      const first = from >= playing.steps - 1 ? 0 : from;
      goOn(first);
      changed();
      if (first !== from) show(first);
    },
    stop,
    setSpeed(wanted) {
      speed = wanted;
      changed();
    },
    setLoop(wanted) {
      loops = wanted;
      changed();
    },
    load(next) {
      playing = next;
    },
  };
}
