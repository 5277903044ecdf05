import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { resolve } from '../../../src/core/plan';
import { problem } from '../../../src/core/problem';
import type { DocumentHead } from '../../../src/protocol/panel';
import { STRINGS } from '../../../src/protocol/strings';
import type { Model } from '../../../webview/model';
import { shownFormulas } from '../../../webview/parts/formulaTerms';
import { repairEdit } from '../../../webview/parts/repair';
import { boxSpecs } from '../../../webview/strip/boxSpecs';
import { factsOf } from '../../../webview/state/facts';
import { slicesOf, withSlice } from '../../../webview/state/slices';
import { DEFAULT_VIEW } from '../../../webview/view';
import { emptyModel, headOf, transposed } from './documents';

const modelOf = ({ head = headOf(1), ...parts }: Partial<Model> & { readonly head?: DocumentHead }): Model => ({
  ...emptyModel(),
  edited: { head, plan: undefined },
  ...parts,
});
const specOf = (model: Model, key: string) => {
  const { strip, more } = boxSpecs(model);
  return [...strip, ...more].find((each) => each.key === key);
};

describe('the boxes of the strip', () => {
  it('make one edit for all axes that are alike, and one for all that are not', () => {
    const padding = specOf(modelOf({}), 'padding');
    assert.deepEqual(padding?.edit([3, 3]), { kind: 'setParameter', field: 'padding', value: 3 });
    assert.deepEqual(padding?.edit([3, [0, 1]]), { kind: 'setAxes', field: 'padding', values: [3, [0, 1]] });
    assert.deepEqual(specOf(modelOf({}), 'kernel')?.edit([2, 3]), {
      kind: 'setAxes',
      field: 'kernel',
      values: [2, 3],
    });
    assert.deepEqual(specOf(modelOf({}), 'spatial')?.edit([4, 9]), { kind: 'resize', spatial: [4, 9] });
  });

  it('say what each axis has, and each side', () => {
    const padding = [
      [0, 1],
      [2, 2],
    ] as const;
    const model = modelOf({ head: headOf(1, { operation: { ...transposed, stride: [2, 3], padding } }) });
    assert.deepEqual(specOf(model, 'stride')?.values, [2, 3]);
    assert.deepEqual(specOf(model, 'padding')?.values, [[0, 1], 2]);
  });

  it('have output padding for transposed convolutions only', () => {
    assert.ok(specOf(modelOf({}), 'outputPadding'));
    const conv = headOf(1, { operation: { kind: 'conv', stride: [1, 1], padding: [0, 0], dilation: [1, 1] } });
    assert.equal(specOf(modelOf({ head: conv }), 'outputPadding'), undefined);
  });

  it('say which side the padding is on: p′ = d(k − 1) − p', () => {
    const head = headOf(1, { operation: { ...transposed, dilation: [2, 2] } });
    assert.match(specOf(modelOf({ head }), 'padding')?.note ?? '', /crops the output; p′ = 3/);
  });
});

describe('a repair', () => {
  const repair = (field: Parameters<typeof problem>[0]['field'], axis?: number) =>
    repairEdit(problem({ code: 'x', field, template: 'x', repair: { field, axis, value: 2 } }), headOf(1));

  it('is the edit of the field that the problem names', () => {
    assert.deepEqual(repair('stride', 1), { kind: 'setParameter', field: 'stride', axis: 1, value: 2 });
    assert.deepEqual(repair('groups'), { kind: 'setParameter', field: 'groups', value: 2 });
    assert.deepEqual(repair('weight'), { kind: 'setParameter', field: 'kernel', value: 2 });
    assert.deepEqual(repair('input', 0), { kind: 'resize', spatial: [2, 4] });
    assert.equal(repair('memory'), undefined);
  });
});

function planOf(operation: Partial<typeof transposed>, kernel = 3) {
  const resolution = resolve({ ...transposed, ...operation }, [1, 1, 4, 4], [1, 1, kernel, kernel]);
  assert.ok(resolution.ok);
  return resolution.plan;
}

describe('the size formula', () => {
  it('has its numbers in it, and marks nothing at first', () => {
    const [height] = shownFormulas(planOf({}), undefined);
    assert.equal(height.terms.map(({ number }) => number).join(''), '(4 − 1)·2 − 2·1 + 1·(3 − 1) + 1 + 1');
    assert.ok(height.terms.every(({ changed }) => !changed));
  });

  it('is told once for axes that have the same', () => {
    assert.deepEqual(
      shownFormulas(planOf({}), undefined).map(({ axes }) => axes),
      [[0, 1]],
    );
    assert.deepEqual(
      shownFormulas(planOf({ padding: [1, 0] }), undefined).map(({ axes }) => axes),
      [[0], [1]],
    );
  });

  it('marks the term that an edit changed, on its axis, and the result', () => {
    const [height, width] = shownFormulas(planOf({ stride: [2, 3] }), planOf({}));
    assert.ok(height.terms.every(({ changed }) => !changed) && !height.resultChanged);
    assert.deepEqual(
      width.terms.filter(({ changed }) => changed).map(({ symbol }) => symbol),
      ['s'],
    );
    assert.ok(width.resultChanged);
  });
});

describe('the facts', () => {
  const overlap = (operation: Partial<typeof transposed>, kernel?: number): string | undefined =>
    factsOf(planOf(operation, kernel), false, STRINGS, 'en').find(({ name }) => name === STRINGS.overlap)?.text;

  it('say how even the overlap is', () => {
    assert.equal(overlap({}), 'uneven, 1 to 4: a checkerboard');
    assert.equal(overlap({}, 4), 'even: 4 inside the borders');
    assert.equal(overlap({ dilation: [2, 2] }), '75 % of the outputs are reached by nothing');
  });

  it('count parameters and multiply-adds', () => {
    const facts = new Map(factsOf(planOf({}), true, STRINGS, 'en').map(({ name, text }) => [name, text]));
    assert.equal(facts.get(STRINGS.parameterCount), '10');
    assert.equal(facts.get(STRINGS.multiplyAdds), '144');
  });
});

describe('slices', () => {
  const head = headOf(1, { inputShape: [2, 3, 4, 4], weightShape: [3, 5, 3, 3] });

  it('are offered where there is a choice', () => {
    const keys = (name: 'input' | 'weight' | 'output') =>
      slicesOf(name, head, DEFAULT_VIEW.slices, undefined).map(({ key, size }) => `${key} ${size}`);
    assert.deepEqual(keys('input'), ['batch 2', 'inputChannel 3']);
    assert.deepEqual(keys('weight'), ['inputChannel 3', 'outputChannel 5']);
    assert.deepEqual(keys('output'), ['batch 2', 'outputChannel 5']);
  });

  it('stay in range', () => {
    const slices = withSlice(DEFAULT_VIEW.slices, 'input', { key: 'inputChannel', index: 0, size: 3 }, 99);
    assert.equal(slices.inputChannel, 2);
    assert.equal(slicesOf('input', headOf(2, { inputShape: [1, 2, 4, 4] }), slices, undefined)[0].index, 1);
  });
});
