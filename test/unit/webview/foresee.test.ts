import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { gather } from '../../../src/core/kernels/gather';
import type { Tensor } from '../../../src/core/operation';
import { problem } from '../../../src/core/problem';
import { resolve } from '../../../src/core/plan';
import type { Edit } from '../../../src/core/state/edits';
import { look, type Watch } from '../../../src/core/tensor/look';
import type { TensorName } from '../../../src/core/tensor/plane';
import { statisticsOf } from '../../../src/core/tensor/statistics';
import { tensorOf } from '../../../src/core/tensor/tensor';
import type { Model } from '../../../webview/model';
import { createAnswers } from '../../../webview/state/answers';
import { foresee } from '../../../webview/state/foresee';
import { mergeUpdate } from '../../../webview/state/mergeUpdate';
import { emptyModel, headOf, noSight, transposed } from './documents';

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
    const values = before.received?.sight.whole[0].values.slice();
    foresee(before, typed, watch);
    assert.deepEqual(before.received?.sight.whole[0].values, values);
  });

  it('has the size that a parameter gives the output, and all that is watched of it', () => {
    const update = foresee(before, { kind: 'setParameter', field: 'stride', value: 3 }, watch);
    assert.deepEqual(update?.computed?.operation.stride, [3, 3]);
    const block = update?.received?.sight.blocks.find(({ tensor }) => tensor === 'output');
    assert.deepEqual([block?.rows, block?.columns], [11, 11]);
    assert.equal(update?.received?.sight.statistics.length, 3);
  });

  it('goes on from what was foreseen before', () => {
    const first = foresee(before, typed, watch);
    assert.ok(first);
    const between = mergeUpdate(before, { status: before.status, ...first });
    const second = foresee(between, { kind: 'setBias', on: true }, watch);
    assert.deepEqual(second?.edited?.biasShape, [1]);
    assert.deepEqual(outputOf(second), outputOf(first));
  });

  it('is nothing for what is illegal, refused, large or not wholly known', () => {
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
    assert.equal(
      foresee(
        model([1, 1, 120, 120], 25, { ...transposed, stride: [1, 1], padding: [12, 12], outputPadding: [0, 0] }),
        typed,
        watch,
      ),
      undefined,
    );
    const unknown: Model = {
      ...before,
      received: before.received && { ...before.received, sight: { ...before.received.sight, whole: [] } },
    };
    assert.equal(foresee(unknown, typed, watch), undefined);
    const illegal: Model = {
      ...before,
      edited: {
        head: headOf(3, { problems: [problem({ code: 'x', field: 'stride', template: 'no' })] }),
        plan: undefined,
      },
    };
    assert.equal(foresee(illegal, typed, watch), undefined);
  });
});

describe('answers to edits that are shown already', () => {
  const update = (revision: number, received?: number) => ({
    status: { case: 'ready', revision, milliseconds: 1 } as const,
    edited: headOf(revision),
    received: received === undefined ? undefined : { head: headOf(received), sight: noSight },
  });

  it('wait until the host has said which revision contains the edit; older values are not shown again', async () => {
    const shown: number[] = [];
    const answers = createAnswers(({ received }) => shown.push(received?.head.revision ?? -1));
    answers.take(update(4, 4));
    let answer: (revision: number) => void = () => undefined;
    const until = answers.until(new Promise<number>((resolve) => (answer = resolve)), true);
    // Of the revision before, but sent when the edit had been received.
    answers.take(update(5, 4));
    assert.deepEqual(shown, [4]);
    answer(5);
    await until;
    assert.deepEqual(shown, [4]);
    answers.take(update(5, 4));
    answers.take(update(5, 5));
    assert.deepEqual(shown, [4, 5]);
  });

  it('come through when the edit was refused, and when asking failed', async () => {
    const shown: number[] = [];
    const answers = createAnswers(({ received }) => shown.push(received?.head.revision ?? -1));
    const refused = answers.until(Promise.resolve(4), true);
    answers.take(update(4, 4));
    await refused;
    assert.deepEqual(shown, [4]);
    const failed = answers.until(Promise.reject(new Error('no')), true);
    answers.take(update(4, 4));
    await assert.rejects(failed, /no/);
    assert.deepEqual(shown, [4, 4]);
  });

  it('of edits that are not shown yet are not waited for', () => {
    const shown: number[] = [];
    const answers = createAnswers(({ received }) => shown.push(received?.head.revision ?? -1));
    void answers.until(new Promise<number>(() => undefined), false);
    answers.take(update(4, 4));
    assert.deepEqual(shown, [4]);
  });
});
