import assert from 'node:assert/strict';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';
import { derive, shapeOf } from '../../../src/core/shape';
import { anyCase, planOf } from './arbitraries';

/** The arithmetic of a substituted formula, by a reader who knows only its signs. */
function evaluate(formula: string): number {
  const source = formula.replaceAll('−', '-').replaceAll('·', '*').replaceAll('⌊', 'Math.floor(').replaceAll('⌋', ')');
  assert.match(source, /^[-+*/() 0-9]*(?:Math\.floor)?[-+*/() 0-9]*$/);
  return Number(runInNewContext(source));
}

describe('the size’s derivation', () => {
  it('is written as the formula, its numbers, and its result', () => {
    const conv = planOf({ kind: 'conv', stride: [2], padding: [1], dilation: [1] }, [1, 1, 7], [1, 1, 3]);
    const [{ formula, substituted, result }] = derive(conv);
    assert.equal(formula, '⌊(i + 2·p − d·(k − 1) − 1) / s⌋ + 1');
    assert.equal(substituted, '⌊(7 + 2·1 − 1·(3 − 1) − 1) / 2⌋ + 1');
    assert.equal(result, 4);
  });

  it('names both paddings when they differ, and the output padding', () => {
    const plan = planOf(
      { kind: 'convTranspose', stride: [2], padding: [[1, 0]], dilation: [1], outputPadding: [1] },
      [1, 1, 4],
      [1, 1, 3],
    );
    const [{ formula, substituted, result }] = derive(plan);
    assert.equal(formula, '(i − 1)·s − p₀ − p₁ + d·(k − 1) + op + 1');
    assert.equal(substituted, '(4 − 1)·2 − 1 − 0 + 1·(3 − 1) + 1 + 1');
    assert.equal(result, 9);
  });

  it('computes, term by term, what the plan says', () => {
    fc.assert(
      fc.property(anyCase, ({ plan }) => {
        derive(plan).forEach((axis, index) => {
          assert.equal(evaluate(axis.substituted), axis.result);
          assert.equal(axis.result, plan.axes[index].output);
          assert.equal(axis.parts.map((part) => ('text' in part ? part.text : part.symbol)).join(''), axis.formula);
        });
      }),
      { seed: 20261121 },
    );
  });

  it('is empty where there are problems', () => {
    const result = shapeOf({ kind: 'conv', stride: [1], padding: [0], dilation: [1] }, [1, 1, 2], [1, 1, 3]);
    assert.deepEqual([result.outputShape, result.derivation, result.problems.length], [undefined, [], 1]);
  });
});
