import assert from 'node:assert/strict';
import type { TensorName } from '../../../../src/core/tensor/plane';
import { createValues } from '../../../../webview/matrix/values';

type Ask = (tensor: TensorName, indices: Float64Array) => Promise<Float64Array>;

const NONE = { blocks: [], whole: [], statistics: [] };
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

describe('the values behind the matrix', () => {
  const tenfold: Ask = (_, indices) => Promise.resolve(indices.map((flat) => flat * 10));

  it('come from what the page has, without a question', () => {
    const values = createValues({ values: () => Promise.reject(new Error('asked')) }, () => undefined);
    values.renew({ ...NONE, whole: [{ tensor: 'weight', values: Float64Array.of(7, 8) }] });
    assert.equal(values.at('weight', 1), 8);
  });

  it('are asked for once a frame, each once, and announced', async () => {
    const asked: number[][] = [];
    let arrivals = 0;
    const values = createValues(
      { values: (tensor, indices) => (asked.push([...indices]), tenfold(tensor, indices)) },
      () => arrivals++,
    );
    assert.deepEqual(
      [values.at('weight', 3), values.at('weight', 5), values.at('weight', 3)],
      [undefined, undefined, undefined],
    );
    values.request();
    values.at('weight', 3);
    values.request();
    await settled();
    assert.deepEqual(asked, [[3, 5]]);
    assert.equal(arrivals, 1);
    assert.equal(values.at('weight', 5), 50);
  });

  it('stand until newer ones have come; an answer about older ones is dropped', async () => {
    const answers: ((values: Float64Array) => void)[] = [];
    const values = createValues({ values: () => new Promise((resolve) => answers.push(resolve)) }, () => undefined);
    values.at('weight', 0);
    values.request();
    answers[0](Float64Array.of(1));
    await settled();
    values.renew(NONE);
    assert.equal(values.at('weight', 0), 1);
    values.request();
    values.renew(NONE);
    values.at('weight', 0);
    values.request();
    answers[2](Float64Array.of(3));
    answers[1](Float64Array.of(2));
    await settled();
    assert.equal(values.at('weight', 0), 3);
  });

  it('survive a refusal, and are asked for again', async () => {
    let refusals = 1;
    const values = createValues(
      { values: (tensor, indices) => (refusals-- > 0 ? Promise.reject(new Error('no')) : tenfold(tensor, indices)) },
      () => undefined,
    );
    values.at('input', 2);
    values.request();
    await settled();
    assert.equal(values.at('input', 2), undefined);
    values.request();
    await settled();
    assert.equal(values.at('input', 2), 20);
    assert.deepEqual(Array.from(await values.all('input', [4, 6])), [40, 60]);
  });
});
