import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { Flight } from '../../../../src/host/session/flight';

interface Run {
  readonly signal: AbortSignal;
  end(): void;
}

/** Work that ends when it is told to, or when it is aborted. */
function recorded(): { readonly runs: Run[]; readonly flight: Flight } {
  const runs: Run[] = [];
  const flight = new Flight(
    (signal) =>
      new Promise((resolve) => {
        runs.push({ signal, end: resolve });
        signal.addEventListener('abort', () => {
          resolve();
        });
      }),
  );
  return { runs, flight };
}

const turn = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('Flight', () => {
  it('starts the first request at once', () => {
    const { runs, flight } = recorded();
    flight.ask();
    assert.equal(runs.length, 1);
    assert.equal(flight.busy, true);
  });

  it('lets work finish when nothing has been shown for a while, and then runs the newest request once', async () => {
    const { runs, flight } = recorded();
    flight.ask();
    flight.ask();
    flight.ask();
    assert.equal(runs[0].signal.aborted, false);
    runs[0].end();
    await turn();
    assert.equal(runs.length, 2);
  });

  it('aborts superseded work when a picture has just been shown', async () => {
    const { runs, flight } = recorded();
    flight.ask();
    runs[0].end();
    await turn();
    flight.ask();
    flight.ask();
    assert.equal(runs[1].signal.aborted, true);
    await turn();
    assert.equal(runs.length, 3);
    assert.equal(runs[2].signal.aborted, false);
  });

  it('ends what is under way and what waits when it is cancelled', async () => {
    const { runs, flight } = recorded();
    flight.ask();
    flight.ask();
    flight.cancel();
    await turn();
    assert.equal(runs[0].signal.aborted, true);
    assert.equal(runs.length, 1);
    assert.equal(flight.busy, false);
  });
});
