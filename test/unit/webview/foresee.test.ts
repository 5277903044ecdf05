import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { gather } from '../../../src/core/kernels/gather';
import type { Tensor } from '../../../src/core/operation';
import { problem } from '../../../src/core/problem';
import { resolve } from '../../../src/core/plan';
import type { Edit } from '../../../src/core/state/edits';
import { look, type Watch } from '../../../src/core/tensor/look';
import { extractPlane, type PlaneBlock, planeLayout, type TensorName } from '../../../src/core/tensor/plane';
import { statisticsOf } from '../../../src/core/tensor/statistics';
import { elementCount, tensorOf } from '../../../src/core/tensor/tensor';
import type { Received } from '../../../src/protocol/panel';
import type { Model } from '../../../webview/model';
import { foresee } from '../../../webview/state/foresee';
import { OutputMemory } from '../../../webview/state/outputMemory';
import { mergeUpdate } from '../../../webview/state/mergeUpdate';
import { withCells } from '../../../webview/state/writtenCells';
import { emptyModel, headOf, transposed } from './documents';

const watch: Watch = {
  planes: (['input', 'weight', 'output'] as const).map((tensor) => ({
    key: tensor,
    tensor,
    leading: [0, 0],
    row: 0,
    column: 0,
    rows: 64,
    columns: 64,
    maxRows: 64,
    maxColumns: 64,
  })),
  whole: ['input', 'weight', 'bias', 'output'],
  statistics: 'tensor',
};
const counting = (shape: readonly number[]): Tensor =>
  tensorOf(
    'float32',
    shape,
    Float32Array.from({ length: shape.reduce((all, size) => all * size, 1) }, (_, at) => (at % 7) - 3),
  );

/** What the host would send of a document whose tensors count from −3 to 3. */
function model(inputShape: readonly number[], kernel = 3, operation = transposed): Model {
  const [input, weight] = [counting(inputShape), counting([1, 1, kernel, kernel])];
  const resolution = resolve(operation, input.shape, weight.shape);
  assert.ok(resolution.ok);
  const output = gather(resolution.plan, input, weight);
  const tensors = new Map<TensorName, Tensor>([
    ['input', input],
    ['weight', weight],
    ['output', output],
  ]);
  const head = headOf(3, { operation, inputShape, weightShape: weight.shape });
  const sight = look(tensors, 2, watch, ({ data }) => statisticsOf(data));
  return mergeUpdate(emptyModel(), {
    status: { case: 'ready', revision: 3, milliseconds: 1 },
    edited: head,
    received: { head, sight },
    computed: head,
  });
}

const outputOf = (update: ReturnType<typeof foresee>): readonly number[] =>
  Array.from(update?.received?.sight.whole.find(({ tensor }) => tensor === 'output')?.values ?? []);

describe('what is foreseen of an edit', () => {
  const before = model([1, 1, 4, 4]);
  const typed: Edit = { kind: 'setCells', tensor: 'input', indices: Uint32Array.of(5), values: Float64Array.of(100) };

  it('is the definition of the operation on the edited values', () => {
    const input = counting([1, 1, 4, 4]);
    input.data[5] = 100;
    assert.ok(before.edited.plan);
    assert.deepEqual(
      outputOf(foresee(before, typed, watch)),
      Array.from(gather(before.edited.plan, input, counting([1, 1, 3, 3])).data),
    );
  });

  it('leaves what is shown now as it was', () => {
    const shown = model([1, 1, 4, 4]);
    const values = shown.received?.sight.whole[0].values.slice();
    foresee(shown, typed, watch);
    assert.deepEqual(shown.received?.sight.whole[0].values, values);
  });

  it('has the size that a parameter gives the output, and all that is watched of it', () => {
    const update = foresee(before, { kind: 'setParameter', field: 'stride', value: 3 }, watch);
    assert.deepEqual(update?.computed?.operation.stride, [3, 3]);
    const block = update?.received?.sight.blocks.find(({ tensor }) => tensor === 'output');
    assert.deepEqual([block?.rows, block?.columns], [11, 11]);
    assert.equal(update?.received?.sight.statistics.length, 3);
  });

  it('has the block of a tensor that it leaves alone as it was made at this size before, until the tensor is another', () => {
    const memory = new OutputMemory();
    const at = (most: number): Watch => ({
      ...watch,
      planes: watch.planes.map((plane) => ({ ...plane, maxRows: most, maxColumns: most })),
    });
    const inputOf = (from: Model, most: number): PlaneBlock | undefined =>
      foresee(from, { kind: 'setParameter', field: 'stride', value: 3 }, at(most), memory)?.received?.sight.blocks.find(
        ({ tensor }) => tensor === 'input',
      );
    const first = inputOf(before, 2);
    assert.deepEqual(first, extractPlane(counting([1, 1, 4, 4]), 2, at(2).planes[0]));
    assert.notEqual(inputOf(before, 3), first);
    assert.equal(inputOf(before, 2), first);
    const update = foresee(before, typed, watch, memory);
    assert.ok(update);
    const changed = inputOf(mergeUpdate(before, { status: before.status, ...update }), 2);
    assert.notDeepEqual(changed?.values, first?.values);
  });

  it('goes on from what was foreseen before', () => {
    const first = foresee(before, typed, watch);
    assert.ok(first);
    const between = mergeUpdate(before, { status: before.status, ...first });
    const second = foresee(between, { kind: 'setBias', on: true }, watch);
    assert.deepEqual(second?.edited?.biasShape, [1]);
    assert.deepEqual(outputOf(second), outputOf(first));
  });

  it('is nothing for what is illegal, refused, large or not known', () => {
    assert.equal(foresee(before, { kind: 'setParameter', field: 'stride', value: 0 }, watch), undefined);
    assert.equal(
      foresee(
        before,
        { kind: 'setCells', tensor: 'input', indices: Uint32Array.of(16), values: Float64Array.of(1) },
        watch,
      ),
      undefined,
    );
    assert.equal(foresee(before, { kind: 'resize', spatial: [4000, 4000] }, watch), undefined);
    const unknown: Model = {
      ...before,
      received: before.received && { ...before.received, sight: { ...before.received.sight, whole: [], blocks: [] } },
    };
    assert.equal(foresee(unknown, typed, watch), undefined);
  });
});

describe('what is foreseen of cells written into a document that is not computed here', () => {
  const same = { ...transposed, stride: [1, 1], padding: [1, 1], outputPadding: [0, 0] };
  /** 520 × 520 elements are not sent whole; their first 64 × 64 are on show one by one. */
  const large = model([1, 1, 520, 520], 3, same);
  const write = (tensor: 'input' | 'weight', index: number, value: number): Edit => ({
    kind: 'setCells',
    tensor,
    indices: Uint32Array.of(index),
    values: Float64Array.of(value),
  });
  const small = model([1, 1, 4, 4]);
  const blockOf = ({ received }: { readonly received?: Received }, tensor: TensorName) =>
    received?.sight.blocks.find((block) => block.tensor === tensor);

  it('is their values, and no output', () => {
    const update = foresee(large, write('input', 520 * 5 + 7, 100), watch);
    assert.ok(update);
    const expected = blockOf(large, 'input')?.values.slice();
    assert.ok(expected);
    expected[64 * 5 + 7] = 100;
    assert.deepEqual(blockOf(update, 'input')?.values, expected);
    assert.equal(blockOf(update, 'output'), blockOf(large, 'output'));
    assert.deepEqual([update.edited, update.computed], [undefined, undefined]);
  });

  it('leaves what is shown now as it was', () => {
    const shown = model([1, 1, 520, 520], 3, same);
    const before = structuredClone(shown.received?.sight);
    foresee(shown, write('input', 0, 100), watch);
    foresee(shown, write('weight', 0, 100), watch);
    assert.deepEqual(shown.received?.sight, before);
  });

  it('has statistics of a kernel, which is here as a whole', () => {
    const update = foresee(large, write('weight', 4, 100), watch);
    const { sight } = update?.received ?? {};
    assert.equal(sight?.whole.find(({ tensor }) => tensor === 'weight')?.values[4], 100);
    assert.equal(blockOf(update ?? {}, 'weight')?.values[4], 100);
    assert.equal(sight?.statistics.find(({ tensor }) => tensor === 'weight')?.statistics.max, 100);
    assert.equal(sight?.statistics.length, 3);
  });

  it('comes too where only the work is too much for a frame', () => {
    const heavy = model([1, 1, 120, 120], 25, { ...same, padding: [12, 12] });
    const update = foresee(heavy, write('input', 121, 100), watch);
    assert.equal(blockOf(update ?? {}, 'input')?.values[65], 100);
    assert.equal(update?.computed, undefined);
  });

  it('comes too while the document is illegal, and while an edit before it is computed', () => {
    const problems = [problem({ code: 'x', field: 'stride', template: 'no' })];
    for (const head of [headOf(3, { problems }), headOf(4)]) {
      const waiting: Model = { ...small, edited: { head, plan: undefined } };
      const update = foresee(waiting, write('input', 5, 100), watch);
      assert.deepEqual([blockOf(update ?? {}, 'input')?.values[5], update?.computed], [100, undefined]);
    }
  });

  it('is nothing where the cell is not on show, and where the values on show have another size', () => {
    assert.equal(foresee(large, write('input', 64, 100), watch), undefined);
    assert.equal(foresee(large, write('input', 520 * 520, 100), watch), undefined);
    const other = headOf(4, { inputShape: [1, 1, 260, 1040] });
    const resized: Model = { ...large, edited: { head: other, plan: undefined } };
    assert.equal(foresee(resized, write('input', 0, 100), watch), undefined);
    const many = Uint32Array.from({ length: 5000 }, (_, at) => at);
    const paste: Edit = { kind: 'setCells', tensor: 'input', indices: many, values: new Float64Array(5000) };
    assert.equal(foresee(large, paste, watch), undefined);
  });

  it('is what the host would send: 300 tensors, windows and edits', () => {
    const size = fc.integer({ min: 1, max: 4 });
    const drawn = fc.record({
      shape: fc.integer({ min: 3, max: 5 }).chain((axes) => fc.tuple(...Array.from({ length: axes }, () => size))),
      leading: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
      window: fc.record({ row: fc.nat(3), column: fc.nat(3), rows: fc.nat(5), columns: fc.nat(5) }),
      reduced: fc.boolean(),
      cells: fc.array(fc.nat(1023), { minLength: 1, maxLength: 8 }),
      float32: fc.boolean(),
    });
    fc.assert(
      fc.property(drawn, ({ shape, leading, window, reduced, cells, float32 }) => {
        const rank = shape.length - 2;
        const count = elementCount(shape);
        const tensor = tensorOf(
          float32 ? 'float32' : 'float64',
          shape,
          Float64Array.from({ length: count }, (_, at) => at),
        );
        const most = reduced ? 1 : 64;
        const request = { key: 'k', tensor: 'input', leading, ...window, maxRows: most, maxColumns: most } as const;
        const head = headOf(1, { inputShape: shape, weightShape: [1, 1, ...shape.slice(2).map(() => 1)] });
        const sight = { blocks: [extractPlane(tensor, rank, request)], whole: [], statistics: [] };
        const indices = Uint32Array.from(cells, (cell) => cell % count);
        const values = Float64Array.from(cells, (cell) => -cell - 0.1);
        const edit = { kind: 'setCells', tensor: 'input', indices, values } as const;
        const written = withCells({ head, sight }, edit, watch);
        indices.forEach((index, each) => (tensor.data[index] = values[each]));
        const [block] = (written?.sight ?? sight).blocks;
        // A mean is the host's to work out: it knows the cells that it is of.
        const { rows, columns } = planeLayout(shape, rank);
        if (!reduced || rows * columns === 1) assert.deepEqual(block, extractPlane(tensor, rank, request));
        else assert.ok(written === undefined || block.rows * block.columns === 1);
      }),
      { numRuns: 300, seed: 20261128 },
    );
  });
});
