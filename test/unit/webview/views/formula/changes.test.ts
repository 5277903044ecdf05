import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Plan } from '../../../../../src/core/plan';
import { History } from '../../../../../src/core/state/history';
import { resolveDocument } from '../../../../../src/core/state/resolveDocument';
import type { EditBody } from '../../../../../src/core/state/edits';
import { zeros } from '../../../../../src/core/tensor/tensor';
import { changesOf, waysTo } from '../../../../../webview/views/formula/changes';
import { shownFormulas } from '../../../../../webview/parts/formulaTerms';
import { anyCase, type Case, cases } from '../../../core/arbitraries';
import { headOf } from '../../documents';

/** The document of a case after some edits, and whether one step of undo takes them all back. */
function after({ op, input, weight, bias }: Case, edit: EditBody): { plan: Plan; undone: boolean } {
  const history = new History(
    { version: 1, op, dtype: 'float64', input, weight, bias, view: {} },
    { limit: 1e9, allocate: zeros },
  );
  assert.ok(history.apply(edit).ok);
  const resolution = resolveDocument(history.document);
  assert.ok(resolution.ok, resolution.ok ? '' : resolution.problems[0].message);
  history.undo();
  return { plan: resolution.plan, undone: history.undoLabel === undefined };
}

const headOfCase = ({ op, input, weight, bias }: Case): ReturnType<typeof headOf> =>
  headOf(1, { operation: op, inputShape: input.shape, weightShape: weight.shape, biasShape: bias?.shape });
const runs = { numRuns: 80, seed: 20261129 };

describe('changes beside the size', () => {
  it('make the size that is said beside each, on the axes that it is said of, and on no other', () => {
    let made = 0;
    fc.assert(
      fc.property(anyCase, (given) => {
        for (const { axes } of shownFormulas(given.plan, undefined))
          for (const { derived, edit } of changesOf(given.plan, headOfCase(given), axes)) {
            const { plan } = after(given, edit);
            plan.axes.forEach(({ output }, axis) =>
              assert.equal(output, axes.includes(axis) ? derived.result : given.plan.axes[axis].output),
            );
            made++;
          }
      }),
      runs,
    );
    assert.ok(made > 200);
  });

  it('to a wanted size make just that size, in one step of undo', () => {
    let made = 0;
    fc.assert(
      fc.property(cases('convTranspose'), fc.integer({ min: 1, max: 20 }), (given, target) => {
        const [{ axes }] = shownFormulas(given.plan, undefined);
        const { near, others } = waysTo(given.plan, headOfCase(given), axes, target);
        for (const { edit } of [...near, ...others]) {
          const { plan, undone } = after(given, edit);
          for (const axis of axes) assert.equal(plan.axes[axis].output, target);
          assert.ok(undone);
          made++;
        }
      }),
      runs,
    );
    assert.ok(made > 100);
  });

  it('to 9 from the storyboard’s layer need no padding, and refuse the op of 2 that p 1 would need', () => {
    const [given] = fc.sample(
      cases('convTranspose').filter(({ plan }) => {
        const [axis] = plan.axes;
        return plan.rank === 1 && axis.kernel === 3 && axis.stride === 2 && axis.dilation === 1;
      }),
      { numRuns: 1, seed: 5 },
    );
    const [axis] = given.plan.axes;
    const full = (axis.input - 1) * 2 + 3;
    const { near } = waysTo(given.plan, headOfCase(given), [0], full);
    assert.deepEqual(
      near.map(({ text }) => text),
      ['p 0, op 0'],
    );
    const { refused } = waysTo(given.plan, headOfCase(given), [0], full - axis.padBegin - axis.padEnd + 2);
    assert.equal(refused, 2);
  });
});
