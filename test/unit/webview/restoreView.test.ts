import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { restoreView } from '../../../webview/state/restoreView';
import { DEFAULT_VIEW, type View } from '../../../webview/view';

describe('a remembered view', () => {
  it('comes back as it was', () => {
    const view: View = {
      ...DEFAULT_VIEW,
      slices: {
        batch: 1,
        inputChannel: 2,
        outputChannel: 3,
        depth: { input: 1, weight: 0, output: 2 },
        height: { input: 3, weight: 1, output: 0 },
        width: { input: 0, weight: 2, output: 5 },
      },
      colourMap: 'magma',
      diverging: false,
      limits: { output: [-1, 2.5] },
      range: 'plane',
      rgb: { input: 'byte' },
      stage: 'steps',
      sub: 'gather',
      step: 4,
      zoom: 2.5,
      side: { side: 400 },
      folded: ['learn'],
      tab: 'matrix',
      large: 'input',
      chain: { lines: ['conv k3 s2 p1', 'tconv k3 s2 p1 op1'], input: 100, rate: 44_100 },
      symbols: true,
      formula: { axis: 1, names: 'numbered', base: 1, swapped: true },
    };
    assert.deepEqual(restoreView(JSON.parse(JSON.stringify(view))), view);
  });

  for (const nothing of [
    undefined,
    null,
    3,
    'view',
    [],
    { slices: [1], limits: { input: [2, 1] }, rgb: { weight: 'cmyk' } },
  ]) {
    it(`is as at first where it is ${JSON.stringify(nothing)}`, () =>
      assert.deepEqual(restoreView(nothing), DEFAULT_VIEW));
  }

  it('of before there were panes keeps a matrix that was closed', () => {
    assert.deepEqual(restoreView({ matrixOpen: false }).folded, ['matrix', 'facts', 'learn']);
    assert.deepEqual(restoreView({ matrixOpen: true }).folded, DEFAULT_VIEW.folded);
  });

  it('is always a view, whatever was remembered', () => {
    const keys = fc.constantFrom(
      'slices',
      'colourMap',
      'diverging',
      'limits',
      'range',
      'rgb',
      'zoom',
      'side',
      'folded',
      'tab',
      'large',
      'matrixOpen',
      'formula',
      'axis',
      'names',
      'base',
      'swapped',
      'batch',
      'depth',
      'input',
      'output',
    );
    fc.assert(
      fc.property(fc.dictionary(keys, fc.oneof(fc.anything(), fc.dictionary(keys, fc.anything()))), (remembered) => {
        const view = restoreView(remembered);
        assert.ok(Number.isSafeInteger(view.slices.batch) && view.slices.batch >= 0);
        assert.ok([0, 1, 2].includes(view.formula.axis) && [0, 1].includes(view.formula.base));
        for (const limits of Object.values(view.limits)) assert.ok(limits[0] < limits[1]);
        assert.deepEqual(restoreView(view), view);
      }),
    );
  });
});
