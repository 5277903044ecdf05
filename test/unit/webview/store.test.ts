// The page's store, from an edit to the model that its parts are told of, with neither a page nor VS Code around it.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Edit } from '../../../src/core/state/edits';
import type { PlaneRequest, TensorName } from '../../../src/core/tensor/plane';
import type { Model, Part } from '../../../webview/model';
import { createStore, type Painted, type Screen } from '../../../webview/store';
import { start } from './documents';
import { Owner, stride1 } from './owner';

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
    it('takes two steps within one frame as two, though parts are told of both at once', async () => {
      const { store, screen, shown } = await opened(new Owner([1, 1, 4, 4]));
      const before = shown().view.step;
      for (let press = 0; press < 3; press++) store.actions.look(({ step }) => ({ step: step + 1 }));
      screen.nextFrame();
      assert.equal(shown().view.step, before + 3);
    });

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
    const large = (): Owner => new Owner([1, 1, 520, 520], stride1);

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
    ['large', new Owner([1, 1, 520, 520], stride1)],
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
    const owner = new Owner([1, 1, 520, 520], stride1);
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
    assert.deepEqual(planes(), [[], ['input', 'output', 'weight']]);
    store.receive(owner.update());
    store.actions.watch('output', undefined);
    await settled();
    assert.deepEqual(planes().slice(2), [['input', 'weight']]);
  });

  describe('after an edit that makes other shapes', () => {
    const stride = (value: number): Edit => ({ kind: 'setParameter', field: 'stride', value });

    /** A page whose part looks at all of the output, whatever its size; it counts what it is shown. */
    async function looking(owner: Owner) {
      const { store, screen } = await opened(owner);
      const windows: (readonly number[])[] = [];
      const requestOf = ({ computed }: Model): PlaneRequest => {
        const [rows, columns] = computed?.plan.outputShape.slice(-2) ?? [1, 1];
        return {
          key: 'all',
          tensor: 'output',
          leading: [0, 0],
          row: 0,
          column: 0,
          rows,
          columns,
          maxRows: 9,
          maxColumns: 9,
        };
      };
      const part: Pick<Part, 'update' | 'watched'> = {
        update(next) {
          const block = next.received?.sight.blocks.find(({ key }) => key === 'all');
          if (block) windows.push([block.rows, block.valueRows]);
          if (next.computed) store.actions.watch('all', requestOf(next));
        },
        watched: (next) => [requestOf(next)],
      };
      for (const key of ['input', 'weight', 'output']) store.actions.watch(key, undefined);
      store.show([part as Part]);
      await settled();
      store.receive(owner.update());
      screen.nextFrame();
      const frame = async (): Promise<void> => {
        await settled();
        store.receive(owner.update());
        screen.nextFrame();
        await settled();
      };
      return { store, owner, windows, frame, asked: owner.watched.length };
    }

    for (const size of [8, 520]) {
      it(`says with the edit what it will look at, and asks for nothing else: ${size} × ${size}`, async () => {
        const { store, owner, windows, frame, asked } = await looking(new Owner([1, 1, size, size], stride1));
        store.actions.edit(stride(2));
        await frame();
        assert.deepEqual([windows.at(-1), owner.watched.length], [[2 * size - 1, 9], asked]);
        if (size > 8) return;
        store.actions.edit(stride(3));
        store.actions.edit(stride(4));
        await frame();
        assert.deepEqual([windows.at(-1), owner.watched.length], [[4 * size - 3, 9], asked]);
      });
    }

    it('asks what it will look at before it is painted, and then only for large tensors', async () => {
      const owner = new Owner([1, 1, 520, 520], stride1);
      const screen = new TestScreen();
      const { head } = owner.update().received!;
      const store = createStore({ remote: owner.remote }, { ...start, head }, screen);
      const request: PlaneRequest = {
        key: 'all',
        tensor: 'output',
        leading: [0, 0],
        row: 0,
        column: 0,
        rows: 520,
        columns: 520,
        maxRows: 9,
        maxColumns: 9,
      };
      let painted = 0;
      const part: Pick<Part, 'update' | 'watched'> = {
        update: ({ received }) => {
          painted++;
          if (received) store.actions.watch('all', request);
        },
        watched: () => [request],
      };
      store.show([part as Part]);
      await settled();
      assert.deepEqual([painted, owner.watched.map(({ whole }) => whole)], [0, [['weight', 'bias', 'output']]]);
      screen.pause();
      assert.equal(painted, 1);
      await settled();
      store.receive(owner.update());
      for (let turn = 0; turn < 3; turn++) {
        screen.nextFrame();
        screen.pause();
        await settled();
      }
      assert.deepEqual(
        owner.watched.map(({ planes, whole }) => [planes.length, whole.includes('input')]),
        [
          [1, false],
          [1, true],
        ],
      );
    });

    it('asks anew where the owner refuses it, and looks at what there is', async () => {
      const { store, owner, windows, frame } = await looking(new Owner([1, 1, 520, 520], stride1));
      owner.refuses = true;
      store.actions.edit(stride(2));
      await frame();
      assert.deepEqual(windows.at(-1), [520, 9]);
      assert.deepEqual(
        owner.watched.at(-1)?.planes.map(({ rows }) => rows),
        [520],
      );
    });
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
