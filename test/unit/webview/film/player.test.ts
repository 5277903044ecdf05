import assert from 'node:assert/strict';
import { createPlayer, type Player } from '../../../../webview/film/player';

interface Played {
  readonly player: Player;
  readonly shown: readonly number[];
  readonly waited: readonly number[];
  /** Lets the time of the step on show pass. */
  pass(): void;
}

function playerOf(steps: number, isBrief: (step: number) => boolean = () => false): Played {
  const shown: number[] = [];
  const waited: number[] = [];
  let then: (() => void) | undefined;
  const player = createPlayer(
    {
      after(milliseconds, call) {
        waited.push(milliseconds);
        then = call;
        return () => (then = undefined);
      },
    },
    (step) => shown.push(step),
    () => undefined,
  );
  player.load({ steps, isBrief });
  return {
    player,
    shown,
    waited,
    pass() {
      const call = then;
      then = undefined;
      call?.();
    },
  };
}

describe('a film that plays', () => {
  it('shows each step to the last, and stops there', () => {
    const { player, shown, pass } = playerOf(4);
    player.play(1);
    for (let times = 0; times < 6; times++) pass();
    assert.deepEqual(shown, [2, 3]);
    assert.equal(player.isPlaying, false);
  });

  it('begins anew when it is played at its end, and goes round where it loops', () => {
    const { player, shown, pass } = playerOf(3);
    player.setLoop(true);
    player.play(2);
    for (let times = 0; times < 4; times++) pass();
    assert.deepEqual(shown, [0, 1, 2, 0, 1]);
    player.stop();
    pass();
    assert.equal(shown.length, 5, 'a stopped film shows nothing more');
  });

  it('takes half the time at twice the speed, and runs through the middle of many like steps', () => {
    const slow = playerOf(3);
    slow.player.play(0);
    const fast = playerOf(3);
    fast.player.setSpeed(2);
    fast.player.play(0);
    assert.equal(fast.waited[0] * 2, slow.waited[0]);
    const brief = playerOf(3, () => true);
    brief.player.play(0);
    assert.ok(brief.waited[0] < fast.waited[0] / 4);
  });
});
