import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Cell } from '../../../src/core/explain/contributions';
import { kernelCopies } from '../../../webview/state/kernelCopies';
import { pointAt } from '../../../webview/state/link';
import { planOf } from '../../../webview/state/mergeUpdate';
import type { Model } from '../../../webview/model';
import { emptyModel, headOf } from './documents';

const input = [0, 0.5, 0.87, 1, 0.87, 0.5, 0, -0.5, -0.87, -1, -0.87, -0.5];
const kernel = [0.25, 0.75, 0.75, 0.25];

/** The upsampling of a sine by 2, pointed at a cell. */
function pointed(cell: Cell, kind: 'conv' | 'convTranspose' = 'convTranspose'): Model {
  const operation = { kind, stride: [2], padding: [1], dilation: [1] } as const;
  const head = headOf(1, { operation, inputShape: [1, 1, 12], weightShape: [1, 1, 4] });
  const plan = planOf(head);
  assert.ok(plan);
  const whole = [
    { tensor: 'input', values: Float64Array.from(input) },
    { tensor: 'weight', values: Float64Array.from(kernel) },
  ] as const;
  const model: Model = {
    ...emptyModel(),
    edited: { head, plan },
    received: { head, sight: { blocks: [], statistics: [], whole } },
    computed: { head, plan },
  };
  return pointAt(model, cell);
}
const output = (index: number): Cell => ({ tensor: 'output', index: [0, 0, index] });

describe('the copies of a kernel over a 1-D output', () => {
  it('are the kernel times each input that meets in the cell, where a transposed convolution adds them', () => {
    const copies = kernelCopies(pointed(output(9)));
    // Input i lands on outputs 2i − 1 … 2i + 2.
    assert.deepEqual(copies.map(({ number, points }) => [number, points.map((point) => point.output)]).sort(), [
      [1, [7, 8, 9, 10]],
      [2, [9, 10, 11, 12]],
    ]);
    const first = copies.find(({ number }) => number === 1);
    assert.deepEqual(
      first?.points.map(({ value }) => value),
      kernel.map((each) => each * 0.87),
    );
  });

  for (const index of [0, 1, 9, 23])
    it(`add up to output ${index}, of which padding has cropped what lies beyond the edges`, () => {
      const copies = kernelCopies(pointed(output(index)));
      const sum = copies.reduce(
        (all, { points }) => all + points.reduce((own, point) => own + (point.output === index ? point.value : 0), 0),
        0,
      );
      let wanted = 0;
      input.forEach((value, at) =>
        kernel.forEach((tap, place) => {
          if (at * 2 + place - 1 === index) wanted += value * tap;
        }),
      );
      assert.ok(Math.abs(sum - wanted) < 1e-12 && copies.length > 0, `${sum} for ${wanted}`);
      assert.ok(copies.every(({ points }) => points.every((point) => point.output >= 0 && point.output < 24)));
    });

  it('is one, of the input that is pointed at', () => {
    const [only, ...more] = kernelCopies(pointed({ tensor: 'input', index: [0, 0, 3] }));
    assert.deepEqual(more, []);
    assert.deepEqual(
      only.points,
      [5, 6, 7, 8].map((at, tap) => ({ output: at, value: kernel[tap] })),
    );
  });

  it('are none of a convolution, whose kernel lies over the input', () => {
    assert.deepEqual(kernelCopies(pointed(output(2), 'conv')), []);
  });
});
