import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { type Cut, CUT_AXES, extractPlane } from '../../../../src/core/tensor/plane';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { indexOf, placeOf, planeOf } from '../../../../webview/grid/planeOf';
import { withCuts } from '../../../../webview/state/slices';
import { DEFAULT_VIEW } from '../../../../webview/view';

const size = fc.integer({ min: 1, max: 6 });
const cuts = fc.constantFrom<Cut>(0, 1, 2);

/** A volume whose values say where they stand: channel, z, y, x as decimal digits. */
function volume([z, y, x]: readonly number[], channels = 2) {
  const values: number[] = [];
  for (let c = 0; c < channels; c++)
    for (let k = 0; k < z; k++)
      for (let j = 0; j < y; j++) for (let i = 0; i < x; i++) values.push(c * 1000 + k * 100 + j * 10 + i);
  return tensorOf('float64', [1, channels, z, y, x], values);
}

describe('a cut through a volume', () => {
  it('has every element where its two axes cross, of the channel and the index that were asked for', () => {
    fc.assert(
      fc.property(fc.tuple(size, size, size), cuts, fc.nat(1), fc.nat(5), (sizes, cut, channel, at) => {
        const fixed = at % sizes[cut];
        const [down, across] = CUT_AXES[cut];
        const [rows, columns] = [sizes[down], sizes[across]];
        const { values, valueRows, valueColumns } = extractPlane(volume(sizes), 3, {
          key: 'k',
          tensor: 'input',
          leading: [0, channel, fixed],
          cut,
          row: 0,
          column: 0,
          rows,
          columns,
          maxRows: 99,
          maxColumns: 99,
        });
        assert.deepEqual([valueRows, valueColumns], [rows, columns]);
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++) {
            const place = [0, 0, 0];
            [place[cut], place[down], place[across]] = [fixed, r, c];
            assert.equal(values[r * columns + c], channel * 1000 + place[0] * 100 + place[1] * 10 + place[2]);
          }
      }),
    );
  });

  it('that has more cells than the screen is the mean of its cells', () => {
    const { values } = extractPlane(volume([4, 3, 2]), 3, {
      key: 'k',
      tensor: 'input',
      leading: [0, 0, 1],
      cut: 2,
      row: 0,
      column: 0,
      rows: 3,
      columns: 4,
      maxRows: 3,
      maxColumns: 2,
    });
    // Row y, columns z = 0, 1 and z = 2, 3, all at x = 1.
    assert.deepEqual([...values], [51, 251, 61, 261, 71, 271]);
  });

  it('finds each of its cells again by its index, and no other', () => {
    fc.assert(
      fc.property(fc.tuple(size, size, size), cuts, fc.nat(), fc.nat(), fc.nat(5), (sizes, cut, r, c, at) => {
        const spatial = sizes.map((each) => at % each);
        const slices = withCuts(DEFAULT_VIEW.slices, 'input', spatial);
        const shapes = { inputShape: [1, 1, ...sizes], weightShape: [1, 1, 1, 1, 1], outputShape: [1, 1, ...sizes] };
        const plane = planeOf('input', { kind: 'conv', ...shapes }, slices, cut);
        assert.ok(plane);
        const place = { row: r % plane.extent.rows, column: c % plane.extent.columns };
        const index = indexOf(plane, place.row, place.column);
        assert.deepEqual(placeOf(plane, index), place);
        assert.equal(index[2 + cut], spatial[cut]);
        const other = index.map((each, axis) => (axis === 2 + cut ? each + 1 : each));
        assert.equal(placeOf(plane, other), undefined);
      }),
    );
  });
});
