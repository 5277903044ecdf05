import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { RARE_READERS } from '../../../../src/core/formats/rare';
import { memorySource } from '../../../../src/core/formats/source';
import { shapeOf } from '../../../../src/core/shape';
import { draftOfLayer } from '../../../../src/host/files/layerDraft';
import { biasOf } from '../../../../src/host/files/layers';

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
