import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { resolve } from '../../../src/core/plan';
import type { Sight } from '../../../src/core/tensor/look';
import { STRINGS } from '../../../src/protocol/strings';
import { indexStep } from '../../../webview/grid/rulerIndices';
import { NO_EDGES } from '../../../webview/grid/rulers';
import { numbersIn, placeKey } from '../../../webview/grid/productNumbers';
import { planeOf, shownShapes } from '../../../webview/grid/planeOf';
import type { Computed } from '../../../webview/model';
import { edgesOf } from '../../../webview/state/edges';
import { pointAt } from '../../../webview/state/link';
import { cellFacts } from '../../../webview/state/products';
import { elementsOf, fromSight } from '../../../webview/state/values';
import { sentencesOf } from '../../../webview/learn/sentences';
import { emptyModel, headOf, noSight, transposed } from './documents';

// The document of the command. PyTorch, with stride=2, padding=1, output_padding=1, says 5 at [0, 0, 3, 3].
const head = headOf(1, { biasShape: [1] });
const resolution = resolve(transposed, head.inputShape, head.weightShape, [1]);
assert.ok(resolution.ok);
const { plan } = resolution;
const computed: Computed = { head, plan };
const output = new Float32Array(64);
output[27] = 5.5;
const sight: Sight = {
  ...noSight,
  whole: [
    { tensor: 'input', values: Float32Array.of(0, 0, 3, 2, 2, 1, 1, 0, 2, 2, 1, 0, 3, 2, 0, 1) },
    { tensor: 'weight', values: Float32Array.of(1, 2, 1, 2, 4, 2, 1, 2, 1) },
    { tensor: 'bias', values: Float32Array.of(0.5) },
    { tensor: 'output', values: output },
  ],
};
const model = { ...emptyModel(), edited: { head, plan }, computed, received: { head, sight } };

function facts(tensor: 'input' | 'output', index: readonly number[]) {
  const { link } = pointAt(model, { tensor, index });
  assert.ok(link);
  const at = fromSight(elementsOf(link, computed, 99), computed, sight);
  assert.ok(at);
  return { link, found: cellFacts({ link, computed, at }, 99) };
}

describe('what the pane of the cell says', () => {
  it('of an output: its products in the order of its inputs, the bias, and how many taps there are', () => {
    const { found } = facts('output', [0, 0, 3, 3]);
    assert.deepEqual([found.name, found.value, found.total, found.taps], ['out[3,3]', 5.5, 4, 9]);
    assert.deepEqual(
      found.groups[0].rows.map(({ number, input, weight, factors }) => [
        number,
        input.slice(2),
        weight.slice(2),
        factors,
      ]),
      [
        [1, [1, 1], [2, 2], [1, 1]],
        [2, [1, 2], [2, 0], [1, 1]],
        [3, [2, 1], [0, 2], [2, 1]],
        [4, [2, 2], [0, 0], [1, 1]],
      ],
    );
    assert.equal(found.groups[0].sum, 5);
    assert.deepEqual(found.bias, { name: 'b', value: 0.5 });
  });

  it('of an input: what it makes, and no bias', () => {
    const { found } = facts('input', [0, 0, 1, 2]);
    assert.deepEqual([found.name, found.total, found.bias, found.taps], ['in[1,2]', 9, undefined, undefined]);
    assert.deepEqual(found.groups[0].rows[0].output.slice(2), [1, 3]);
  });

  it('numbers the same pairs in the grids', () => {
    const { link } = facts('output', [0, 0, 3, 3]);
    const numbers = (name: 'input' | 'weight' | 'output') => {
      const plane = planeOf(name, shownShapes(model), model.view.slices);
      assert.ok(plane);
      return numbersIn(link, name, plane, false);
    };
    assert.equal(numbers('input').get(placeKey({ row: 2, column: 1 })), 3);
    assert.equal(numbers('weight').get(placeKey({ row: 0, column: 2 })), 3);
    assert.equal(numbers('output').size, 0);
  });
});

describe('the edges of a grid', () => {
  it('say what padding crops of a transposed output, less what output padding gives back', () => {
    assert.deepEqual(edgesOf('output', head), { kind: 'cropped', left: true, right: false, top: true, bottom: false });
    const without = headOf(1, { operation: { ...transposed, outputPadding: [0, 0] } });
    assert.deepEqual(edgesOf('output', without), { kind: 'cropped', left: true, right: true, top: true, bottom: true });
    assert.equal(edgesOf('input', head), NO_EDGES);
  });

  it('say what padding adds to the input of a convolution, each side by itself, and of 1-D no rows', () => {
    const conv = headOf(1, {
      operation: { kind: 'conv', stride: [1], dilation: [1], padding: [[2, 0]] },
      inputShape: [1, 1, 4],
      weightShape: [1, 1, 3],
    });
    assert.deepEqual(edgesOf('input', conv), { kind: 'padded', left: true, right: false, top: false, bottom: false });
    assert.equal(edgesOf('output', conv), NO_EDGES);
  });
});

describe('the indices along a grid', () => {
  it('are every one where there is room, else every 2nd, 5th, 10th …', () => {
    assert.deepEqual(
      [60, 20, 12, 4, 0.5].map((cell) => indexStep(cell, 2 * 6.8)),
      [1, 1, 2, 5, 50],
    );
  });
});

describe('what the operation does, in words', () => {
  it('has the document’s own numbers, and none left to fill', () => {
    const sentences = sentencesOf(plan, STRINGS);
    assert.equal(sentences.length, 4);
    assert.match(sentences[0], /4×4 inputs .* 3×3 kernel/);
    assert.match(sentences[2], /8×8 are left/);
    assert.ok(sentences.every((sentence) => !sentence.includes('{')));
  });
});
