// The page's store, from an edit to the model that its parts are told of, with neither a page nor VS Code around it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Edit } from '../../../src/core/state/edits';
import type { TensorName } from '../../../src/core/tensor/plane';
import { STRINGS } from '../../../src/protocol/strings';
import type { Model, Part } from '../../../webview/model';
import { createStore, type Painted, type Screen } from '../../../webview/store';
import { Owner, stride1 } from './owner';

const start = { strings: STRINGS, presets: [], view: undefined };

/** Frames and pauses that pass when the test says so. */
class TestScreen implements Screen {
  readonly log: Painted[] = [];
  private frames: (() => void)[] = [];
  private timers: (() => void)[] = [];

  frame(then: () => void): void {
    this.frames.push(then);
  }

  after(_milliseconds: number, then: () => void): () => void {
    this.timers.push(then);
    return () => {
      this.timers = this.timers.filter((each) => each !== then);
    };
  }

  painted(painted: Painted): void {
    this.log.push(painted);
  }

  nextFrame(): void {
    const due = this.frames;
    this.frames = [];
    for (const then of due) then();
  }

  pause(): void {
    const due = this.timers;
    this.timers = [];
    for (const then of due) then();
  }
}

/** A page that shows the first 8 × 8 elements of each tensor, opened on the owner's document. */
async function opened(owner: Owner) {
  const screen = new TestScreen();
  const store = createStore({ remote: owner.remote }, start, screen);
  const said: string[] = [];
  store.onAnnounce((text) => said.push(text));
  let model: Model | undefined;
  const part: Pick<Part, 'update'> = {
    update(next) {
      model = next;
    },
  };
  store.show([part as Part]);
  for (const tensor of ['input', 'weight', 'output'] as const) {
    const window = { leading: [0, 0], row: 0, column: 0, rows: 8, columns: 8, maxRows: 8, maxColumns: 8 };
    store.actions.watch(tensor, { key: tensor, tensor, ...window });
  }
  await settled();
  store.receive(owner.update());
  screen.nextFrame();
  const shown = (): Model => {
    assert.ok(model);
    return model;
  };
  /** The first value of a tensor as the parts have been told of it. */
  const first = (tensor: TensorName): number | undefined =>
    shown().received?.sight.blocks.find((block) => block.key === tensor)?.values[0];
  return { store, screen, said, shown, first };
}

/** Everything that was asked has been answered. */
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const typed = (value: number): Edit => ({
  kind: 'setCells',
  tensor: 'input',
  indices: Uint32Array.of(0),
  values: Float64Array.of(value),
});

describe('the page’s store', () => {
  describe('on a small document', () => {
    it('shows an edit with its output in the same call, and the owner’s answer after it', async () => {
      const owner = new Owner([1, 1, 4, 4]);
      const { store, screen, first, shown } = await opened(owner);
      assert.deepEqual([first('input'), first('output')], [1, 1]);
      store.actions.edit(typed(5));
      assert.deepEqual([first('input'), first('output')], [5, 5]);
      assert.deepEqual(screen.log.at(-1), { revision: 1, foreseen: 1 });
      await settled();
      screen.nextFrame();
      store.receive(owner.update());
      assert.deepEqual([first('output'), shown().computed?.head.revision], [5, 2]);
    });

    it('does not take an edit back for values that were on their way', async () => {
      const owner = new Owner([1, 1, 4, 4]);
      const { store, screen, first } = await opened(owner);
      const late = owner.update();
      store.actions.edit(typed(5));
      const painted = screen.log.length;
      store.receive(late);
      await settled();
      store.receive(late);
      screen.nextFrame();
      assert.deepEqual([first('input'), first('output'), screen.log.length], [5, 5, painted]);
    });
  });

  describe('on a document too large to compute in a frame', () => {
    const large = (): Owner => new Owner([1, 1, 160, 160], stride1);

    it('shows the typed number in the same call, and its output with the answer', async () => {
      const owner = large();
      const { store, screen, first } = await opened(owner);
      const before = first('output');
      assert.equal(first('input'), 1);
      store.actions.edit(typed(5));
      assert.deepEqual([first('input'), first('output')], [5, before]);
      assert.equal(screen.log.at(-1)?.foreseen, 0);
      await settled();
      screen.nextFrame();
      store.receive(owner.update());
      assert.deepEqual([first('input'), first('output')], [5, before! + 4]);
    });

    it('never shows the old number again, whatever arrives in between', async () => {
      const owner = large();
      const { store, screen, first } = await opened(owner);
      const late = owner.update();
      store.actions.edit(typed(5));
      const seen: (number | undefined)[] = [first('input')];
      const take = (update: typeof late): void => {
        store.receive(update);
        screen.nextFrame();
        seen.push(first('input'));
      };
      take(late);
      await settled();
      take(late);
      take({ status: { case: 'computing', revision: 2, done: 0.5 }, edited: owner.update().edited });
      take(late);
      take(owner.update());
      assert.deepEqual(seen, [5, 5, 5, 5, 5, 5]);
    });

    it('shows the output of the first of two edits under the number of the second', async () => {
      const owner = large();
      const { store, screen, first } = await opened(owner);
      const before = first('output')!;
      store.actions.edit(typed(5));
      await settled();
      const answer = owner.update();
      store.actions.edit(typed(9));
      await settled();
      store.receive(answer);
      screen.nextFrame();
      assert.deepEqual([first('input'), first('output')], [9, before + 4]);
      store.receive(owner.update());
      screen.nextFrame();
      assert.deepEqual([first('input'), first('output')], [9, before + 8]);
    });
  });

  for (const [size, owner] of [
    ['small', new Owner([1, 1, 4, 4])],
    ['large', new Owner([1, 1, 160, 160], stride1)],
  ] as const) {
    it(`takes an edit of a ${size} document back that the owner refuses`, async () => {
      const { store, screen, first } = await opened(owner);
      owner.refuses = true;
      store.actions.edit(typed(5));
      assert.equal(first('input'), 5);
      await settled();
      store.receive(owner.update());
      screen.nextFrame();
      assert.equal(first('input'), 1);
    });
  }

  it('shows what undo and redo bring back', async () => {
    const owner = new Owner([1, 1, 4, 4]);
    const { store, screen, first } = await opened(owner);
    store.actions.edit(typed(5));
    const seen: (number | undefined)[] = [];
    for (const act of [store.actions.undo, store.actions.redo]) {
      await settled();
      act();
      await settled();
      store.receive(owner.update());
      screen.nextFrame();
      seen.push(first('output'));
    }
    assert.deepEqual(seen, [1, 5]);
  });

  it('never goes back to an older revision', async () => {
    const owner = new Owner([1, 1, 160, 160], stride1);
    const { store, screen, first, shown } = await opened(owner);
    const older = owner.update();
    await owner.remote.edit(typed(5));
    store.receive(owner.update());
    screen.nextFrame();
    store.receive(older);
    screen.nextFrame();
    assert.deepEqual([first('input'), shown().computed?.head.revision], [5, 2]);
  });

  it('paints the first change of a frame at once, and all others together in the next frame', async () => {
    const { store, screen, shown } = await opened(new Owner([1, 1, 4, 4]));
    screen.nextFrame();
    const painted = screen.log.length;
    store.actions.look({ symbols: true });
    assert.deepEqual([screen.log.length, shown().view.symbols], [painted + 1, true]);
    store.actions.look({ symbols: false });
    store.actions.look({ colourMap: 'magma' });
    assert.deepEqual([screen.log.length, shown().view.symbols], [painted + 1, true]);
    screen.nextFrame();
    assert.deepEqual([screen.log.length, shown().view.symbols, shown().view.colourMap], [painted + 2, false, 'magma']);
    store.actions.point(undefined);
    assert.equal(screen.log.length, painted + 2, 'nothing has changed');
    store.actions.look({ symbols: true });
    screen.nextFrame();
    assert.equal(screen.log.length, painted + 3, 'all has been painted before the frame');
  });

  it('sends what its parts watch together, and again only when that changes', async () => {
    const owner = new Owner([1, 1, 4, 4]);
    const { store } = await opened(owner);
    const planes = (): string[][] => owner.watched.map((watch) => watch.planes.map(({ key }) => key));
    assert.deepEqual(planes(), [[], ['input', 'weight', 'output']]);
    store.receive(owner.update());
    store.actions.watch('output', undefined);
    await settled();
    assert.deepEqual(planes().slice(2), [['input', 'weight']]);
  });

  it('has the view remembered once it has rested', async () => {
    const owner = new Owner([1, 1, 4, 4]);
    const { store, screen } = await opened(owner);
    store.actions.look({ symbols: true });
    store.actions.look({ colourMap: 'magma' });
    assert.deepEqual(owner.remembered, []);
    screen.pause();
    const [view] = owner.remembered as { symbols: boolean; colourMap: string }[];
    assert.deepEqual([owner.remembered.length, view.symbols, view.colourMap], [1, true, 'magma']);
  });

  it('announces what the host could not do, and shows on', async () => {
    const owner = new Owner([1, 1, 4, 4]);
    const { store, screen, said, first } = await opened(owner);
    owner.fails = true;
    store.actions.edit(typed(5));
    await settled();
    assert.deepEqual(said, ['The host is gone.']);
    owner.fails = false;
    store.receive(owner.update());
    screen.nextFrame();
    assert.equal(first('input'), 1);
  });
});
