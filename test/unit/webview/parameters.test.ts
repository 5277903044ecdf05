import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { type Plan, resolve } from '../../../src/core/plan';
import { problem } from '../../../src/core/problem';
import type { DocumentHead } from '../../../src/protocol/panel';
import { STRINGS } from '../../../src/protocol/strings';
import type { Model } from '../../../webview/model';
import { shownFormulas, sizesOf } from '../../../webview/parts/formulaTerms';
import { repairEdit } from '../../../webview/parts/repair';
import { boxSpecs } from '../../../webview/strip/boxSpecs';
import { factsOf } from '../../../webview/state/facts';
import { planeOf } from '../../../webview/grid/planeOf';
import { slicesOf, slicesTo, withSlice } from '../../../webview/state/slices';
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

  it('is one line again when an edit of one axis makes the axes alike, with what that changed marked', () => {
    const lines = shownFormulas(planOf({}), planOf({ stride: [2, 3] }));
    assert.deepEqual(
      lines.map(({ axes }) => axes),
      [[0, 1]],
    );
    assert.deepEqual(
      lines[0].terms.filter(({ changed }) => changed).map(({ symbol }) => symbol),
      ['s'],
    );
    assert.ok(lines[0].resultChanged);
  });

  it('is told of an illegal document as it stands, with what is wrong underlined on its axis', () => {
    const illegal: DocumentHead = headOf(1, { operation: { ...transposed, outputPadding: [1, 2] } });
    const [height, width] = shownFormulas(sizesOf(illegal), undefined, [
      problem({ code: 'output-padding-large', field: 'outputPadding', axis: 1, template: 'too large' }),
    ]);
    assert.ok(height.terms.every(({ wrong }) => !wrong));
    assert.deepEqual(
      width.terms.filter(({ wrong }) => wrong).map(({ symbol, number }) => [symbol, number]),
      [['op', '2']],
    );
    // (4 − 1)·2 − 2·1 + 1·(3 − 1) + 2 + 1, by hand.
    assert.deepEqual([width.result, width.resultWrong], [9, false]);
  });

  it('has no result where a stride is 0, and a wrong one below 1', () => {
    const conv = { kind: 'conv', stride: [0, 1], padding: [0, 0], dilation: [9, 9] } as const;
    const [first, second] = shownFormulas(sizesOf(headOf(1, { operation: conv })), undefined, [
      problem({ code: 'stride-range', field: 'stride', axis: 0, template: 'at least 1' }),
    ]);
    assert.ok(Number.isNaN(first.result) && first.resultWrong);
    // (4 − 9·(3 − 1) − 1) / 1 + 1, by hand.
    assert.deepEqual([second.result, second.resultWrong], [-14, true]);
  });
});

describe('the facts', () => {
  const overlap = (operation: Partial<typeof transposed>, kernel?: number): string | undefined =>
    factsOf(planOf(operation, kernel), false, STRINGS, 'en').find(({ name }) => name === STRINGS.overlap)?.text;

  it('say how even the overlap is', () => {
    assert.equal(overlap({}), 'uneven, 1 to 4: a checkerboard');
    assert.equal(overlap({}, 4), 'even: 4 inside the borders');
    assert.equal(overlap({ dilation: [2, 2] }), '75 % of the outputs are reached by nothing');
    assert.equal(overlap({ stride: [1, 1], padding: [0, 0], outputPadding: [0, 0] }, 1), 'even: 1 everywhere');
  });

  it('count the overlap that is there, not that of a larger input', () => {
    const tiny = resolve(
      { ...transposed, stride: [1, 1], padding: [0, 0], outputPadding: [0, 0] },
      [1, 1, 1, 1],
      [1, 1, 4, 4],
    );
    assert.ok(tiny.ok);
    const fact = factsOf(tiny.plan, false, STRINGS, 'en').find(({ name }) => name === STRINGS.overlap);
    assert.deepEqual([fact?.text, fact?.warn], ['even: 1 everywhere', false]);
  });

  it('count parameters and multiply-adds', () => {
    const facts = new Map(factsOf(planOf({}), true, STRINGS, 'en').map(({ name, text }) => [name, text]));
    assert.equal(facts.get(STRINGS.parameterCount), '10');
    assert.equal(facts.get(STRINGS.multiplyAdds), '144');
  });

  it('hold the weights against those of a fully connected layer: reference 3’s 10¹² for a million neurons, of which sharing leaves 100', () => {
    const neurons = resolve(
      {
        kind: 'conv',
        stride: [1, 1],
        padding: [
          [4, 5],
          [4, 5],
        ],
        dilation: [1, 1],
      },
      [1, 1, 1000, 1000],
      [1, 1, 10, 10],
    );
    assert.ok(neurons.ok);
    const sharing = (plan: Plan) =>
      factsOf(plan, false, STRINGS, 'en')
        .slice(-3)
        .map(({ name, text }) => `${name}: ${text}`);
    assert.deepEqual(sharing(neurons.plan), [
      'Shared weights: the same 100 at 1,000,000 places',
      'With weights of its own at each place: 100,000,000',
      'Fully connected: 10¹²',
    ]);
    // A transposed layer has its places in the input.
    assert.deepEqual(sharing(planOf({})), [
      'Shared weights: the same 9 at 16 places',
      'With weights of its own at each place: 144',
      'Fully connected: 1,024',
    ]);
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
    const slice = { key: 'inputChannel', index: 0, size: 3 } as const;
    const slices = withSlice(DEFAULT_VIEW.slices, 'input', slice, 99, head);
    assert.equal(slices.inputChannel, 2);
    assert.equal(slicesOf('input', headOf(2, { inputShape: [1, 2, 4, 4] }), slices, undefined)[0].index, 1);
  });

  const grouped = (kind: 'conv' | 'convTranspose', weightShape: readonly number[]) =>
    headOf(1, {
      operation: { ...transposed, kind, groups: 2, outputPadding: undefined },
      inputShape: [1, 4, 5, 5],
      weightShape,
    });
  const offered = (of: DocumentHead, inputChannel: number, outputChannel: number) =>
    slicesOf('weight', of, { ...DEFAULT_VIEW.slices, inputChannel, outputChannel }, undefined);

  it('of a grouped kernel are those of its own axes: a group’s channels on the second', () => {
    assert.deepEqual(offered(grouped('conv', [6, 2, 3, 3]), 3, 4), [
      { key: 'inputChannel', index: 1, size: 2, first: 2 },
      { key: 'outputChannel', index: 4, size: 6 },
    ]);
    assert.deepEqual(offered(grouped('convTranspose', [4, 3, 3, 3]), 3, 4), [
      { key: 'inputChannel', index: 3, size: 4 },
      { key: 'outputChannel', index: 1, size: 3, first: 3 },
    ]);
  });

  it('of a depthwise kernel are its channels, once', () => {
    const depthwise = headOf(1, {
      operation: { ...transposed, kind: 'conv', groups: 4, outputPadding: undefined },
      inputShape: [1, 4, 5, 5],
      weightShape: [4, 1, 3, 3],
    });
    assert.deepEqual(offered(depthwise, 2, 0), [{ key: 'outputChannel', index: 2, size: 4 }]);
  });

  for (const [kind, weightShape] of [
    ['conv', [6, 2, 3, 3]],
    ['convTranspose', [4, 3, 3, 3]],
  ] as const) {
    it(`show a pair of channels that meet, whichever of them is chosen: ${kind}`, () => {
      const of = grouped(kind, weightShape);
      const groupOf = { inputChannel: 2, outputChannel: 3 } as const;
      for (const name of ['input', 'weight', 'output'] as const) {
        for (const slice of slicesOf(name, of, DEFAULT_VIEW.slices, undefined)) {
          if (slice.key !== 'inputChannel' && slice.key !== 'outputChannel') continue;
          for (let wanted = 0; wanted < slice.size; wanted++) {
            const slices = withSlice(DEFAULT_VIEW.slices, name, slice, wanted, of);
            assert.equal(slices[slice.key], (slice.first ?? 0) + wanted);
            assert.equal(
              Math.floor(slices.inputChannel / groupOf.inputChannel),
              Math.floor(slices.outputChannel / groupOf.outputChannel),
              `${name} ${slice.key} ${wanted}`,
            );
          }
        }
      }
    });

    it(`that show an element show it: ${kind}`, () => {
      const of = grouped(kind, weightShape);
      const outputShape = [1, 6, 7, 7];
      const shapes = { kind, inputShape: of.inputShape, weightShape, outputShape };
      for (const [name, shape] of [
        ['input', of.inputShape],
        ['weight', weightShape],
        ['output', outputShape],
      ] as const) {
        for (let one = 0; one < shape[0]; one++) {
          for (let other = 0; other < shape[1]; other++) {
            const slices = slicesTo(DEFAULT_VIEW.slices, name, [one, other, 1, 2], of);
            assert.deepEqual(planeOf(name, shapes, slices)?.leading, [one, other], name);
          }
        }
      }
    });
  }
});
