import assert from 'node:assert/strict';
import fc from 'fast-check';
import { naturalLimits, STEPS, stepOf } from '../../../../src/core/tensor/colourSteps';
import { COLOUR_MAPS, colourTable } from '../../../../webview/legend/colourMaps';
import { contrast, luminance, wantsDarkText } from '../../../../webview/legend/contrast';
import { barHeights, rounded, shareOf, valueAt, withLimit } from '../../../../webview/legend/legendAxis';
import { markOf, scaleOf } from '../../../../webview/legend/scale';
import { colourPixels, marksOf, scalePixels } from '../../../../webview/grid/pixels';
import { DEFAULT_VIEW } from '../../../../webview/view';

const WHITE = { red: 255, green: 255, blue: 255 };
const BLACK = { red: 0, green: 0, blue: 0 };
const blockOf = (values: readonly number[]) =>
  ({
    key: 'k',
    tensor: 'input',
    leading: [],
    row: 0,
    column: 0,
    rows: 1,
    columns: values.length,
    valueRows: 1,
    valueColumns: values.length,
    values: Float64Array.from(values),
  }) as const;

describe('colours of values', () => {
  it('have their zero dark in dark themes and light in light ones, and blue below it in all', () => {
    for (const [kind, least, most] of [
      ['light', 0.8, 1],
      ['hc-light', 0.8, 1],
      ['dark', 0, 0.05],
      ['hc-black', 0, 0.05],
    ] as const) {
      const { colours } = colourTable('rdbu', true, kind);
      const middle = luminance(colours[STEPS / 2]);
      assert.ok(middle >= least && middle <= most, `${kind}: ${middle}`);
      const [low, high] = [colours[STEPS / 4], colours[(3 * STEPS) / 4]];
      assert.ok(low.blue > low.red && high.red > high.blue, kind);
      for (const colour of colours) assert.ok(contrast(colour, wantsDarkText(colour) ? BLACK : WHITE) >= 4.5);
    }
  });

  for (const name of COLOUR_MAPS) {
    it(`of ${name} leave text a contrast of at least 4.5`, () => {
      for (const colour of colourTable(name, true).colours) {
        const ratio = contrast(colour, wantsDarkText(colour) ? BLACK : WHITE);
        assert.ok(ratio >= 4.5, `${JSON.stringify(colour)}: ${ratio}`);
      }
    });
  }

  it('follow the values, in order', () => {
    const finite = fc.double({ noNaN: true });
    fc.assert(
      fc.property(
        finite,
        finite,
        fc.double({ min: -1e300, max: 0, noNaN: true }),
        fc.double({ min: 1e-300, max: 1e300, noNaN: true }),
        (one, other, low, high) => {
          const steps = [Math.min(one, other), Math.max(one, other)].map((value) => stepOf({ low, high }, value));
          assert.ok(steps[0] <= steps[1] && steps[0] >= 0 && steps[1] < STEPS);
        },
      ),
    );
  });

  it('have zero in the middle when they diverge', () => {
    const [low, high] = naturalLimits({ min: -1, max: 3 }, true);
    assert.equal(stepOf({ low, high }, 0), STEPS / 2);
  });

  it('have a range even for one value', () => {
    for (const diverging of [true, false]) {
      for (const value of [0, 5, -5]) {
        const [low, high] = naturalLimits({ min: value, max: value }, diverging);
        assert.ok(low < high && low <= value && value <= high);
      }
    }
  });

  it('keep limits that were set', () => {
    const view = { ...DEFAULT_VIEW, limits: { input: [2, 4] as const } };
    assert.deepEqual(
      [scaleOf('input', view, { min: 0, max: 9 }).low, scaleOf('output', view, { min: 0, max: 9 }).low],
      [2, -9],
    );
  });
});

describe('marks', () => {
  const limits = { low: 0, high: 1 };
  for (const [value, fixed, mark] of [
    [NaN, false, 'nan'],
    [Infinity, true, 'positiveInfinity'],
    [-Infinity, true, 'negativeInfinity'],
    [2, true, 'above'],
    [-1, true, 'below'],
    [2, false, undefined],
    [0.5, true, undefined],
  ] as const) {
    it(`of ${value} with limits that ${fixed ? 'were set' : 'follow the values'}: ${mark ?? 'none'}`, () => {
      assert.equal(markOf({ ...limits, fixed }, value), mark);
    });
  }

  it('lie where the values are', () => {
    const pixels = scalePixels(blockOf([0, NaN, 1, -Infinity]), scaleOf('input', DEFAULT_VIEW, { min: 0, max: 1 }));
    assert.deepEqual(marksOf(pixels), ['nan', 'negativeInfinity']);
    assert.deepEqual(
      [...(pixels.masks.get('nan') ?? [])].map((word) => word !== 0),
      [false, true, false, false],
    );
  });
});

describe('three channels as colour', () => {
  const rgba = (whole: 1 | 255, ...channels: readonly [number, number, number]) => {
    const [red, green, blue] = channels.map((value) => blockOf([value]));
    return new Uint8Array(colourPixels([red, green, blue], whole).colours.buffer);
  };

  it('clamp to [0, 255]', () => {
    assert.deepEqual([...rgba(255, -20, 128, 300)], [0, 128, 255, 255]);
  });

  it('clamp to [0, 1]', () => {
    assert.deepEqual([...rgba(1, -0.5, 0.5, 2)], [0, 128, 255, 255]);
  });

  it('mark what is not finite', () => {
    const pixels = colourPixels([blockOf([0]), blockOf([NaN]), blockOf([1])], 1);
    assert.deepEqual(marksOf(pixels), ['nan']);
  });
});

describe('the legend', () => {
  const axis = [-2, 6] as const;

  it('places values and reads them back', () => {
    fc.assert(
      fc.property(fc.double({ min: -2, max: 6, noNaN: true }), (value) => {
        assert.ok(Math.abs(valueAt(axis, shareOf(axis, value)) - value) < 1e-9);
      }),
    );
  });

  it('never lets its limits meet', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), fc.constantFrom<0 | 1>(0, 1), (value, end) => {
        const [low, high] = withLimit(axis, [0, 1], end, value);
        assert.ok(low < high);
      }),
    );
  });

  it('rounds a dragged limit to what a pixel can mean', () => {
    assert.equal(rounded([0, 1], 0.3712345678), 0.371);
  });

  it('shows the rare beside the frequent', () => {
    const [zeros, one, none] = barHeights([10_000, 1, 0]);
    assert.deepEqual([zeros, one, none], [1, 0.01, 0]);
  });
});
