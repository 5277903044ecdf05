import assert from 'node:assert/strict';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { changeBetween, difference } from '../../../src/core/tensor/change';
import { documentOfTensor } from '../../../src/live/document';
import { Followed } from '../../../src/live/followed';
import { givenBack, inputLayout, laidOut, layoutAgain } from '../../../src/live/layout';
import type { LiveTensor } from '../../../src/live/reader';
import { GivenUp, Turns } from '../../../src/live/turns';
import { wholeWindow } from '../../../src/live/window';

const ramp = (shape: readonly number[]): ReturnType<typeof tensorOf> =>
  tensorOf(
    'float32',
    shape,
    Array.from({ length: shape.reduce((all, size) => all * size, 1) }, (_, at) => at),
  );

const live = (shape: readonly number[], values: readonly number[]): LiveTensor => ({
  kind: 'tensor',
  plan: 'whole',
  type: 'numpy.ndarray',
  dtype: 'float32',
  device: 'cpu',
  complex: false,
  notes: [],
  each: 4,
  shape,
  window: wholeWindow(shape),
  values: tensorOf('float32', shape, values),
});

describe('what changed between two stops', () => {
  it('is counted, with the largest difference and its place', () => {
    const before = tensorOf('float32', [2, 3], [1, 2, NaN, Infinity, 5, 6]);
    const after = tensorOf('float32', [2, 3], [1, 2.5, NaN, Infinity, 1, 6]);
    assert.deepEqual(changeBetween(before, after), { changed: 2, of: 6, largest: 4, at: [1, 1] });
    assert.deepEqual([...difference(after, before).data], [0, 0.5, 0, 0, -4, 0]);
    const worse = tensorOf('float32', [2, 3], [1, NaN, NaN, Infinity, 5, 6]);
    assert.deepEqual(changeBetween(before, worse), { changed: 1, of: 6, largest: Infinity, at: [0, 1] });
  });

  it('is kept from stop to stop, and not told where the shape is another one', () => {
    const followed = new Followed();
    followed.add(live([2], [1, 2]), 'a.py:1');
    followed.add(live([2], [1, 3]), 'a.py:1');
    followed.add(live([3], [1, 3, 4]), 'a.py:2');
    assert.deepEqual(
      followed.stops.map(({ number, change }) => [number, change?.changed]),
      [
        [1, undefined],
        [2, 1],
        [3, undefined],
      ],
    );
    assert.deepEqual(
      followed.pair(2)?.map(({ number }) => number),
      [1, 2],
    );
    assert.equal(followed.pair(1), undefined);
  });
});

describe('a tensor of a program as an input', () => {
  const shapes: readonly (readonly [shape: readonly number[], input: readonly number[]])[] = [
    [[], [1, 1, 1]],
    [[7], [1, 1, 7]],
    [
      [4, 5],
      [1, 1, 4, 5],
    ],
    [
      [8, 4, 5],
      [1, 8, 4, 5],
    ],
    [
      [14, 15, 3],
      [1, 3, 14, 15],
    ],
    [
      [2, 8, 4, 5],
      [2, 8, 4, 5],
    ],
    [
      [2, 3, 4, 5, 6],
      [2, 3, 4, 5, 6],
    ],
    [
      [2, 3, 4, 5, 6, 7],
      [24, 5, 6, 7],
    ],
  ];
  for (const [shape, input] of shapes)
    it(`(${shape.join(', ')}) is (${input.join(', ')}), and comes back as it was`, () => {
      const tensor = ramp(shape);
      const layout = inputLayout(shape);
      const laid = laidOut(tensor, layout);
      assert.deepEqual(laid.shape, input);
      assert.deepEqual(givenBack(laid, shape, layout), tensor);
      assert.deepEqual(layoutAgain(shape, layout), layout);
      const document = documentOfTensor(tensor, 'x');
      assert.deepEqual(document.input, laid);
      assert.deepEqual(document.weight.shape.slice(0, 2), [input[1], 1]);
    });
});

describe('questions to a program', () => {
  const soon = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

  it('are asked one after another', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const ask = async (name: string): Promise<void> => {
      order.push(`${name} begins`);
      await soon(1);
      order.push(`${name} ends`);
    };
    await Promise.all(['a', 'b'].map((name) => turns.take(name, () => ask(name))));
    assert.deepEqual(order, ['a begins', 'a ends', 'b begins', 'b ends']);
  });

  it('that take too long are given up, and nothing else is asked until they end', async () => {
    const turns = new Turns(5);
    let end: () => void = () => undefined;
    const slow = turns.take('slow', () => new Promise<void>((resolve) => (end = resolve)));
    await assert.rejects(slow, /has not answered for 0.005 s \(slow\)/);
    await assert.rejects(
      turns.take('next', () => Promise.resolve(1)),
      /still busy.*slow/,
    );
    end();
    await soon(1);
    assert.equal(await turns.take('next', () => Promise.resolve(1)), 1);
  });

  it('that nobody waits for any more are not asked', async () => {
    const turns = new Turns();
    const controller = new AbortController();
    const first = turns.take('first', () => soon(2));
    const second = turns.take('second', () => Promise.reject(new Error('asked')), controller.signal);
    controller.abort();
    await first;
    await assert.rejects(second, GivenUp);
  });
});
