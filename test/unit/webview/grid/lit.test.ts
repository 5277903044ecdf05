import assert from 'node:assert/strict';
import { contributionsOf } from '../../../../src/core/explain/contributions';
import type { Cell } from '../../../../src/core/explain/contributions';
import { litIn, outlined } from '../../../../webview/grid/lit';
import { type PlaneView, planeOf } from '../../../../webview/grid/planeOf';
import type { Model } from '../../../../webview/model';
import { pointAt } from '../../../../webview/state/link';
import { planOf as planOfHead } from '../../../../webview/state/mergeUpdate';
import { DEFAULT_VIEW } from '../../../../webview/view';
import { emptyModel, headOf, noSight, transposed } from '../documents';

function modelOf(parts: Parameters<typeof headOf>[1]): Model {
  const head = headOf(1, parts);
  const plan = planOfHead(head);
  assert.ok(plan);
  return {
    ...emptyModel(),
    edited: { head, plan },
    received: { head, sight: noSight },
    computed: { head, plan },
  };
}

function planeIn(model: Model, name: Cell['tensor'], slices = DEFAULT_VIEW.slices): PlaneView {
  const { operation, inputShape, weightShape } = model.edited.head;
  const outputShape = model.computed!.plan.outputShape;
  const plane = planeOf(name, { kind: operation.kind, inputShape, weightShape, outputShape }, slices);
  assert.ok(plane);
  return plane;
}

const large = modelOf({ inputShape: [1, 1, 2048, 2048] });

describe('cells that take part in what is pointed at', () => {
  it('are every input that a kernel element of a large image meets, not the first few thousand', () => {
    const pointed = pointAt(large, { tensor: 'weight', index: [0, 0, 1, 1] });
    const lit = litIn(pointed, 'input', planeIn(pointed, 'input'), false);
    assert.equal(lit.count, 2048 * 2048);
    assert.ok(lit.has(0, 0) && lit.has(2047, 2047));
    assert.deepEqual(lit.around, { row: 0, column: 0, rows: 2048, columns: 2048 });
    // Of an output of stride 2, an element of the kernel meets every other row and column.
    const out = litIn(pointed, 'output', planeIn(pointed, 'output'), false);
    assert.equal(out.count, 2048 * 2048);
    assert.deepEqual([out.has(0, 0), out.has(1, 1), out.has(2, 2)], [true, false, true]);
  });

  it('are outlined together where their own outlines would cover them', () => {
    const pointed = pointAt(large, { tensor: 'weight', index: [0, 0, 1, 1] });
    const lit = litIn(pointed, 'input', planeIn(pointed, 'input'), false);
    const small = { width: 0.2, height: 0.2 };
    assert.deepEqual(outlined(lit, small), { places: [], around: lit.around });
    const cell = litIn(
      pointAt(large, { tensor: 'output', index: [0, 0, 9, 9] }),
      'input',
      planeIn(large, 'input'),
      false,
    );
    assert.equal(cell.count, 4);
    assert.equal(outlined(cell, small).places.length, 4);
    assert.equal(outlined(cell, { width: 40, height: 40 }).around, undefined);
  });

  it('are found in a channel that a list of products would not come to', () => {
    const many = modelOf({
      operation: { kind: 'conv', stride: [1, 1], padding: [4, 4], dilation: [1, 1] },
      inputShape: [1, 300, 12, 12],
      weightShape: [1, 300, 9, 9],
    });
    const pointed = pointAt(many, { tensor: 'output', index: [0, 0, 6, 6] });
    assert.ok(pointed.link!.contributions.total > pointed.link!.contributions.list.length);
    const plane = planeIn(pointed, 'input', { ...DEFAULT_VIEW.slices, inputChannel: 299 });
    assert.equal(litIn(pointed, 'input', plane, false).count, 81);
  });

  it('are those of every product, in each plane of a grouped operation', () => {
    const grouped = modelOf({
      operation: { ...transposed, groups: 2 },
      inputShape: [1, 4, 3, 3],
      weightShape: [4, 3, 3, 3],
    });
    const { plan } = grouped.computed!;
    const shapes = { input: plan.inputShape, weight: plan.weightShape, output: plan.outputShape };
    for (const cell of [
      { tensor: 'output', index: [0, 4, 2, 3] },
      { tensor: 'input', index: [0, 1, 1, 2] },
      { tensor: 'weight', index: [3, 1, 0, 2] },
    ] as const) {
      const pointed = pointAt(grouped, cell);
      const { list } = contributionsOf(plan, cell, Infinity);
      for (const name of ['input', 'weight', 'output'] as const) {
        const expected = new Set(list.map((each) => each[name].join()));
        const found = new Set<string>();
        for (let first = 0; first < shapes[name][0]; first++) {
          for (let second = 0; second < shapes[name][1]; second++) {
            const [rows, columns] = shapes[name].slice(2);
            const plane = {
              shape: shapes[name],
              rank: 2,
              leading: [first, second],
              extent: { rows, columns },
              cut: 0 as const,
              channelAxis: 1,
            };
            for (const { row, column } of litIn(pointed, name, plane, false).places())
              found.add([first, second, row, column].join());
          }
        }
        assert.deepEqual([...found].sort(), [...expected].sort(), `${cell.tensor} in ${name}`);
      }
    }
  });

  it('are none without a link, and the entry’s own when it is an entry of the matrix', () => {
    const model = modelOf({});
    assert.equal(litIn(model, 'input', planeIn(model, 'input'), false).count, 0);
    const product = { input: [0, 0, 1, 1], weight: [0, 0, 0, 0], output: [0, 0, 1, 1] };
    const lit = litIn(pointAt(model, [product]), 'input', planeIn(model, 'input'), false);
    assert.deepEqual(lit.places(), [{ row: 1, column: 1 }]);
  });
});
