import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { numberType } from '../../../../src/core/formats/dtypes';
import type { Window } from '../../../../src/core/formats/format';
import { loadKept, loadPlaced } from '../../../../src/core/formats/placed';
import { overviewWithin, parseSlices, slicesWithin } from '../../../../src/core/formats/slices';
import { type ByteSource, fetchedSource, lazySource, memorySource, partOf } from '../../../../src/core/formats/source';
import { stridesOf } from '../../../../src/core/kernels/positions';
import { randomSource } from '../../../../src/core/state/random';
import { elementCount, tensorOf } from '../../../../src/core/tensor/tensor';

const LIMIT = { limit: 2 ** 24 };

/** Counts the bytes that are read of memory. */
function counting(bytes: Uint8Array): { readonly source: ByteSource; read(): number } {
  let count = 0;
  const source = fetchedSource(bytes.length, (target, offset) => {
    count += target.length;
    target.set(bytes.subarray(offset, offset + target.length));
    return target.length;
  });
  return { source, read: () => count };
}

/** The elements of a window, one by one. */
function* elementsOf({ begin, size }: Window, strides: readonly number[], start: number): Generator<number> {
  for (let flat = 0; flat < elementCount(size); flat++) {
    let [rest, at] = [flat, start];
    for (let axis = size.length - 1; axis >= 0; axis--) {
      at += (begin[axis] + (rest % size[axis])) * strides[axis];
      rest = Math.floor(rest / size[axis]);
    }
    yield at;
  }
}

describe('numbers that lie in a file', () => {
  it('are those of any part, in any order of axes and of any type, as reading one by one gives them', () => {
    const types = ['float32', 'float64', 'int16', 'bfloat16', 'uint8', 'int4', 'float4_e2m1fn', 'float6_e3m2fn'];
    for (let seed = 1; seed <= 300; seed++) {
      const { uniform } = randomSource(seed);
      const whole = (most: number): number => Math.floor(uniform() * most);
      const type = numberType(types[whole(types.length)], { packed: true })!;
      const shape = Array.from({ length: 1 + whole(4) }, () => 1 + whole(9));
      const turned = stridesOf([...shape].reverse()).toReversed();
      const strides = [stridesOf(shape), turned, shape.map(() => 0)][whole(3)];
      const [start, offset] = [whole(9), whole(5)];
      const begin = shape.map((size) => whole(size));
      const window = { begin, size: shape.map((size, axis) => 1 + whole(size - begin[axis])) };
      const bytes = Uint8Array.from({ length: offset + 8 * (elementCount(shape) + start + 8) }, () => whole(256));
      const placed = { source: memorySource(bytes), offset, type, shape, strides, start };
      const value = type.reader(bytes.subarray(offset));
      const wanted = [...elementsOf(window, strides, start)].map((at) => value(at));
      assert.deepEqual(Array.from(loadPlaced(placed, LIMIT, { window }).data), wanted, `seed ${seed}`);
    }
  });

  it('cost no more bytes than the part has, where its rows are long', () => {
    const shape = [64, 4096];
    const type = numberType('float32')!;
    const { source, read } = counting(new Uint8Array(4 * elementCount(shape)));
    loadPlaced({ source, offset: 0, type, shape }, LIMIT, { window: { begin: [10, 0], size: [3, 4096] } });
    assert.equal(read(), 3 * 4096 * 4);
  });

  it('in memory are cut in the same way', () => {
    const kept = tensorOf(
      'float32',
      [3, 4],
      Array.from({ length: 12 }, (_, at) => at),
    );
    const { shape, data } = loadKept(kept, LIMIT, { window: { begin: [1, 2], size: [2, 2] } });
    assert.deepEqual(
      [shape, Array.from(data)],
      [
        [2, 2],
        [6, 7, 10, 11],
      ],
    );
    assert.throws(() => loadKept(kept, LIMIT, { window: { begin: [2, 0], size: [2, 1] } }), /no part of size/);
  });
});

describe('sources', () => {
  it('are parts of others, opened when they are read, and end where they end', () => {
    let opened = 0;
    const lazy = lazySource(10, () => (opened++, memorySource(Uint8Array.from({ length: 10 }, (_, at) => at))));
    const part = partOf(lazy, 2, 5);
    assert.equal(opened, 0);
    assert.deepEqual(Array.from(part.read(1, 3)), [3, 4, 5]);
    assert.throws(() => part.read(3, 3), /ends after 5 bytes/);
    assert.throws(() => partOf(part, 3, 3), /ends after 5 bytes/);
  });

  it('that become shorter while they are read say so', () => {
    const source = fetchedSource(10, () => 0);
    assert.throws(() => source.read(0, 4), /shorter while it was read/);
  });
});

describe('slices', () => {
  const shape = [8, 3, 5];
  const cases: readonly (readonly [
    text: string,
    begin: readonly number[],
    size: readonly number[],
    step?: readonly number[],
  ])[] = [
    ['', [0, 0, 0], [8, 3, 5]],
    ['2:4', [2, 0, 0], [2, 3, 5]],
    [':, 1', [0, 1, 0], [8, 1, 5]],
    ['6:, :2, 4:5', [6, 0, 4], [2, 2, 1]],
    ['::3, 1:3:1, 1::2', [0, 1, 1], [3, 2, 2], [3, 1, 2]],
  ];
  for (const [text, begin, size, step] of cases) {
    it(`read ${JSON.stringify(text)}`, () => {
      assert.deepEqual(parseSlices(text, shape), { begin, size, ...(step && { step }) });
    });
  }
  it('refuse what is no part', () => {
    for (const text of ['9', '2:2', '0:9', 'x', '-1', '::0', ':,:,:,:'])
      assert.equal(parseSlices(text, shape), undefined, text);
  });
  it('that are proposed are within what is allowed', () => {
    for (const most of [1, 4, 15, 50, 1000]) {
      const window = parseSlices(slicesWithin(shape, most), shape);
      assert.ok(window && elementCount(window.size) <= most, slicesWithin(shape, most));
    }
  });
  it('of an overview leave short axes whole', () => {
    assert.equal(overviewWithin([3, 4000, 6000], 2 ** 20), ':, ::8, ::16');
    assert.equal(overviewWithin([3, 40, 60], 2 ** 20), ':, :, :');
    assert.equal(overviewWithin([512, 512, 512], 2 ** 21), '::4, ::4, ::4');
  });
});
