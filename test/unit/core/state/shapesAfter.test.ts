import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { History } from '../../../../src/core/state/history';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';
import { type Shapes, shapesAfter } from '../../../../src/core/state/shapesAfter';
import { documents, edits, sharedStore } from './arbitraries';

const shapesOf = ({ op, dtype, input, weight, bias }: InspectorDocument): Shapes => ({
  operation: op,
  dtype,
  inputShape: input.shape,
  weightShape: weight.shape,
  biasShape: bias?.shape,
});

describe('the shapes after an edit, without the values', () => {
  it('are those of the document that the edit makes, wherever they are told', () => {
    let told = 0;
    fc.assert(
      fc.property(documents, edits, (document, edit) => {
        const after = shapesAfter(shapesOf(document), edit);
        const history = new History(document, sharedStore(1 << 24));
        const outcome = history.apply(edit);
        if (!after) return;
        told++;
        assert.ok(outcome.ok);
        assert.deepEqual(after.shapes, shapesOf(history.document));
        const resolution = resolveDocument(history.document);
        assert.ok(resolution.ok);
        assert.deepEqual(after.plan, resolution.plan);
      }),
      { numRuns: 2000 },
    );
    assert.ok(told > 200, `only ${told} were told`);
  });

  const large: Shapes = {
    operation: { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1] },
    dtype: 'float32',
    inputShape: [1, 1, 2 ** 20, 2 ** 20],
    weightShape: [1, 1, 3, 3],
  };

  it('take no memory: a tensor of a million by a million is resized', () => {
    const after = shapesAfter(large, { kind: 'resize', spatial: [1_000_000, 5] });
    assert.deepEqual(after?.plan.outputShape, [1, 1, 1_000_000, 5]);
    assert.deepEqual(
      shapesAfter(large, { kind: 'setParameter', field: 'kernel', value: 5 })?.shapes.weightShape,
      [1, 1, 5, 5],
    );
  });

  it('are nothing for what is illegal or refused, and for what leaves them as they are', () => {
    assert.equal(shapesAfter(large, { kind: 'setParameter', field: 'stride', value: 0 }), undefined);
    assert.equal(shapesAfter(large, { kind: 'resize', spatial: [4] }), undefined);
    const cells = { indices: Uint32Array.of(0), values: Float64Array.of(1) };
    assert.equal(shapesAfter(large, { kind: 'setCells', tensor: 'input', ...cells }), undefined);
  });
});
