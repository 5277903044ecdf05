// Means by the machine are those of plain loops, to the last bit, by one thread or by three; and an input that is kept
// is the one that is there.
import assert from 'node:assert/strict';
import { join, resolve as absolute } from 'node:path';
import fc from 'fast-check';
import { gather } from '../../../src/core/kernels/gather';
import { resolve } from '../../../src/core/plan';
import { extractPlane, type PlaneRequest } from '../../../src/core/tensor/plane';
import { reduceInto } from '../../../src/core/tensor/reduce';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { helperStarter } from '../../../src/engine/helpers';
import { createKernels, type Kernels } from '../../../src/engine/kernels';
import { builds } from './support';

const size = fc.integer({ min: 260, max: 600 });
const boxes = fc.integer({ min: 1, max: 400 });

describe('means by the machine', () => {
  let crew: Kernels;
  before(() => {
    crew = createKernels(builds(), { count: 2, start: helperStarter(join(absolute('dist'), 'helper.js')) });
  });
  after(() => {
    crew.dispose();
  });

  it('are to the last bit those of plain loops, wherever the values stand', () => {
    const kinds = [createKernels(builds()), crew];
    fc.assert(
      fc.property(size, size, boxes, boxes, fc.nat(20), (rows, columns, valueRows, valueColumns, start) => {
        const count = start + rows * columns;
        const data = Float32Array.from({ length: count }, (_, at) => 1e3 * Math.sin(at * 12.9898));
        const reduction = {
          ...{ start, down: columns, across: 1, rows, columns },
          valueRows: Math.min(rows, valueRows),
          valueColumns: Math.min(columns, valueColumns),
        };
        const make = (...more: Parameters<typeof reduceInto> extends [unknown, ...infer Rest] ? Rest : never) => {
          const values = new Float32Array(reduction.valueRows * reduction.valueColumns);
          reduceInto(values, ...more);
          return values;
        };
        const expected = make(data, reduction);
        let asked = 0;
        for (const { sumRows, allocate, release } of kinds) {
          const counted: typeof sumRows = (...call) => {
            asked++;
            return sumRows(...call);
          };
          assert.deepEqual(make(data, reduction, counted), expected);
          const there = allocate('float32', count);
          there.set(data);
          assert.deepEqual(make(there, reduction, counted), expected);
          release(there);
        }
        assert.ok(asked >= 4);
      }),
      { numRuns: 25, seed: 20261130 },
    );
  });

  it('are done by the machine where there are many, and left to plain loops where there are few, or float64', () => {
    const plane = { start: 0, down: 512, columns: 510 };
    const edges = Uint32Array.of(3, 100, 300);
    const data = Float32Array.from({ length: 512 * 512 }, (_, at) => at % 7);
    assert.equal(crew.sumRows(data, plane, edges)?.length, 2 * 510);
    assert.equal(crew.sumRows(data, plane, Uint32Array.of(0, 3)), undefined);
    assert.equal(crew.sumRows(Float64Array.from(data), plane, edges), undefined);
    assert.equal(createKernels(undefined).sumRows(data, plane, edges), undefined);
  });

  it('are the means of their cells', () => {
    const data = Float32Array.from({ length: 400 * 400 }, (_, at) => (at * 31) % 101);
    const request: PlaneRequest = {
      ...{ key: 'a', tensor: 'input', leading: [0, 0], row: 10, column: 7, rows: 380, columns: 390 },
      ...{ maxRows: 95, maxColumns: 130 },
    };
    const { values } = extractPlane(tensorOf('float32', [1, 1, 400, 400], data), 2, request, crew.sumRows);
    for (const [row, column] of [
      [0, 0],
      [94, 129],
      [40, 77],
    ]) {
      let sum = 0;
      for (let y = 0; y < 4; y++)
        for (let x = 0; x < 3; x++) sum += data[(10 + 4 * row + y) * 400 + 7 + 3 * column + x];
      assert.equal(values[row * 130 + column], Math.fround(sum / 12));
    }
  });
});

describe('an input that is kept', () => {
  it('is copied again when it has another version', () => {
    const kernels = createKernels(builds());
    const op = { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1] } as const;
    const shape = [1, 1, 40, 40];
    const input = tensorOf('float32', shape, new Float32Array(1600).fill(1));
    const weight = tensorOf('float32', [1, 1, 3, 3], [1, 2, 3, 4, 5, 6, 7, 8, 9]);
    const resolution = resolve(op, shape, weight.shape);
    assert.ok(resolution.ok);
    const output = kernels.allocate('float32', 1600);
    const run = (version: number): void =>
      kernels.run(
        resolution.plan,
        { input: input.data, weight: weight.data, output },
        { inputKey: { id: 7, version }, weightKey: { id: 8, version: 1 } },
      );
    run(1);
    assert.deepEqual(kernels.near(input.data, { id: 7, version: 1 }), input.data);
    assert.ok(kernels.owns(kernels.near(input.data, { id: 7, version: 1 })));
    input.data[820] = 5;
    // Of this version there is no copy yet, and of the other tensor there never was one.
    for (const key of [
      { id: 7, version: 2 },
      { id: 9, version: 1 },
    ])
      assert.equal(kernels.near(input.data, key), input.data);
    run(2);
    assert.equal(kernels.near(input.data, { id: 7, version: 2 })[820], 5);
    assert.deepEqual([...output], [...gather(resolution.plan, input, weight).data]);
  });
});
