import assert from 'node:assert/strict';
import { createLater } from '../../../webview/state/later';

/** Frames and pauses that pass when the test says so, in the order in which they were asked for. */
class Clock {
  private frames: (() => void)[] = [];
  private timers: { readonly ms: number; readonly then: () => void }[] = [];
  readonly screen = {
    frame: (then: () => void): void => void this.frames.push(then),
    after: (ms: number, then: () => void): (() => void) => {
      const timer = { ms, then };
      this.timers.push(timer);
      return () => {
        this.timers = this.timers.filter((each) => each !== timer);
      };
    },
  };

  frame(): void {
    const due = this.frames;
    this.frames = [];
    for (const then of due) then();
  }

  /** One task: the timer that is due first, if it is within this time. */
  task(within = 0): void {
    const due = this.timers.find(({ ms }) => ms <= within);
    this.timers = this.timers.filter((each) => each !== due);
    due?.then();
  }
}

describe('work that can wait', () => {
  const opened = (state: { waiting: boolean }) => {
    const clock = new Clock();
    const done: string[] = [];
    const later = createLater(clock.screen, () => state.waiting);
    return { clock, done, later, put: (key: object, name: string) => later.put(key, () => void done.push(name)) };
  };
  const [one, other] = [{}, {}];

  it('is done behind the next frame, each in a task of its own, and once for each key', () => {
    const { clock, done, put } = opened({ waiting: false });
    put(one, 'old');
    put(other, 'other');
    put(one, 'new');
    clock.task(1000);
    assert.deepEqual(done, []);
    clock.frame();
    clock.task();
    assert.deepEqual(done, ['new']);
    clock.task();
    assert.deepEqual(done, ['new', 'other']);
  });

  it('waits for the answer to an edit, and is done when that has been painted', () => {
    const state = { waiting: true };
    const { clock, done, later, put } = opened(state);
    put(one, 'one');
    clock.frame();
    clock.task(100);
    later.painted();
    clock.frame();
    clock.task(100);
    assert.deepEqual(done, []);
    state.waiting = false;
    later.painted();
    clock.frame();
    clock.task();
    assert.deepEqual(done, ['one']);
  });

  it('waits for no answer for ever', () => {
    const { clock, done, put } = opened({ waiting: true });
    put(one, 'one');
    clock.task(1000);
    clock.frame();
    clock.task();
    assert.deepEqual(done, ['one']);
  });

  it('may ask for more work, which is done after it', () => {
    const { clock, done, later, put } = opened({ waiting: false });
    later.put(one, () => {
      done.push('one');
      put(one, 'again');
    });
    clock.frame();
    clock.task();
    clock.task();
    assert.deepEqual(done, ['one', 'again']);
  });
});
