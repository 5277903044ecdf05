import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { RARE_READERS } from '../../../../src/core/formats/rare';
import { memorySource } from '../../../../src/core/formats/source';
import { weightToCanonical } from '../../../../src/core/frameworks/weights';
import { computeReference } from '../../../../src/core/kernels/compute';
import { resolve } from '../../../../src/core/plan';
import { shapeOf } from '../../../../src/core/shape';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { draftOfLayer } from '../../../../src/host/files/layerDraft';
import { biasOf } from '../../../../src/host/files/layers';

interface Ran {
  readonly input: { readonly shape: readonly number[]; readonly values: readonly number[] };
  readonly output: { readonly shape: readonly number[]; readonly values: readonly number[] };
}

describe('a layer of a model of TensorFlow Lite', () => {
  const folder = 'test/fixtures/checkpoints';
  /** What went into each convolution when TensorFlow Lite ran the model, and what came out, by the kernel's name. */
  const ran = JSON.parse(readFileSync(`${folder}/tflite_layers.json`, 'utf8')) as Readonly<Record<string, Ran>>;
  const { entries } = RARE_READERS.tflite(memorySource(new Uint8Array(readFileSync(`${folder}/plain.tflite`))), {
    limit: 1e9,
  });

  for (const [name, { input, output }] of Object.entries(ran)) {
    it(`${name} computes what it does there`, () => {
      const at = entries.findIndex((entry) => entry.name === name);
      const { layer } = entries[at];
      assert.ok(layer?.storedAs);
      const weight = weightToCanonical(entries[at].load(), layer.storedAs);
      const draft = draftOfLayer(layer, weight.shape);
      assert.deepEqual([draft.inputShape, draft.bias], [input.shape, true]);
      const bias = entries[biasOf(entries, at) ?? -1].load();
      const plan = resolve(draft.op, draft.inputShape, weight.shape);
      assert.ok(plan.ok);
      const made = computeReference(plan.plan, tensorOf('float32', input.shape, input.values), weight, bias);
      assert.deepEqual(made.shape, output.shape);
      made.data.forEach((value, index) => {
        const wanted = output.values[index];
        assert.ok(Math.abs(value - wanted) < 1e-5 * (1 + Math.abs(wanted)), `${index}: ${value} for ${wanted}`);
      });
    });
  }
});

describe('a layer of a graph in a file', () => {
  const bytes = new Uint8Array(readFileSync('test/fixtures/checkpoints/net.onnx'));
  const { entries } = RARE_READERS.onnx(memorySource(bytes), { limit: 1e9 });
  const at = (name: string): number => entries.findIndex((entry) => entry.name === name);

  it('becomes a document with the attributes of its node, and an input that is legal', () => {
    const { layer, shape } = entries[at('up.weight')];
    assert.ok(layer);
    const draft = draftOfLayer(layer, shape);
    assert.deepEqual(draft.op, {
      kind: 'convTranspose',
      stride: [2, 3],
      dilation: [1, 1],
      outputPadding: [1, 0],
      padding: [
        [1, 1],
        [0, 2],
      ],
      groups: 1,
    });
    assert.deepEqual([draft.title, draft.bias, draft.weightShape], ['up', true, [2, 3, 4, 4]]);
    assert.deepEqual(shapeOf(draft.op, draft.inputShape, draft.weightShape).problems, []);
  });

  it('has as many groups as its node says, and no padding where that says VALID', () => {
    const { layer, shape } = entries[at('down.weight')];
    assert.ok(layer);
    const { op, inputShape, bias } = draftOfLayer(layer, shape);
    assert.deepEqual(
      [op.kind, op.groups, op.padding, inputShape[1], bias],
      [
        'conv',
        4,
        [
          [0, 0],
          [0, 0],
        ],
        4,
        false,
      ],
    );
  });

  it('has the bias that its node names', () => {
    assert.equal(biasOf(entries, at('up.weight')), at('up.bias'));
    assert.equal(biasOf(entries, at('down.weight')), undefined);
  });
});
