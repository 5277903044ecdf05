import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { arrange, orderOfVolumes } from '../../../../webview/stage/arrange';
import {
  type Arrangement,
  BAND,
  FLAT_LEGEND,
  HEADER,
  indexWidth,
  INDICES,
  LARGEST_CELL,
  LEAST_CELL,
  OPERATOR,
  PADDING,
  type Quantity,
  type Wanted,
} from '../../../../webview/stage/measures';

const quantity = (rows: number, columns = rows): Quantity => ({
  rows,
  columns,
  after: { row: false, column: false },
  thumbnails: false,
});

const wanted = (input: Quantity, weight: Quantity, output: Quantity, rest: Partial<Wanted> = {}): Wanted => ({
  order: 'row',
  quantities: { input, weight, output },
  room: { width: 1132, height: 826 },
  zoom: 1,
  large: 'output',
  ...rest,
});

const cells = ({ boxes }: Arrangement) =>
  (['input', 'weight', 'output'] as const).map((name) => boxes[name].cell.width);

const sides = fc.integer({ min: 1, max: 600 });
const rooms = fc.record({ width: fc.integer({ min: 560, max: 2600 }), height: fc.integer({ min: 240, max: 1600 }) });

describe('the arrangement of the stage', () => {
  it('gives the sample of the command the largest comfortable cells, all of one size', () => {
    assert.deepEqual(cells(arrange(wanted(quantity(4), quantity(3), quantity(8)))), [60, 60, 60]);
  });

  it('gives 8×8 to 16×16 whole pixels, and one size to all three', () => {
    const [input, weight, output] = cells(arrange(wanted(quantity(8), quantity(4), quantity(16))));
    assert.ok(input >= 28 && Number.isInteger(input), String(input));
    assert.deepEqual([weight, output], [input, input]);
  });

  it('draws what does not fit at 12 pixels whole, as a picture, beside a kernel that can be read', () => {
    const [input, weight, output] = cells(arrange(wanted(quantity(384), quantity(3), quantity(768))));
    assert.ok(input < LEAST_CELL && input === output && weight >= LEAST_CELL, `${input} ${weight}`);
  });

  it('stands its colour scales beside the grids where height is scarce', () => {
    const low = arrange(wanted(quantity(4), quantity(3), quantity(8), { room: { width: 952, height: 265 } }));
    assert.equal(low.legend, 'beside');
    assert.ok(
      cells(low).every((cell) => cell >= 20),
      cells(low).join(),
    );
  });

  const volume = (depth: number, rows: number, columns = rows): Quantity => ({ ...quantity(rows, columns), depth });
  const volumes = (room: Wanted['room'], large: Wanted['large'] = 'output'): Wanted =>
    wanted(volume(5, 6), volume(3, 3), volume(10, 12), { room, large });

  it('shows volumes in three cuts each, and in a low stage those of the large one in a line with cells that can be read', () => {
    const [high, low] = [volumes({ width: 1132, height: 826 }), volumes({ width: 952, height: 232 })];
    assert.equal(orderOfVolumes(high), 'row');
    assert.equal(orderOfVolumes(low), 'volumes');
    const before = cells(arrange({ ...low, order: 'row' }));
    const now = cells(arrange({ ...low, order: 'volumes' }));
    assert.ok(Math.max(before[0], before[2]) < 5 && Math.min(...now) >= 10, `${before.join()} → ${now.join()}`);
    assert.equal(orderOfVolumes({ ...low, large: 'input' }), 'volumes');
  });

  it('keeps the cuts of a volume in a line within the stage, whatever their shape', () => {
    const deep = fc.integer({ min: 1, max: 40 });
    fc.assert(
      fc.property(deep, deep, deep, rooms, (depth, rows, columns, room) => {
        const quantities = [
          volume(depth, rows, columns),
          volume(3, 3),
          volume(2 * depth, 2 * rows, 2 * columns),
        ] as const;
        const { boxes } = arrange(wanted(...quantities, { room, order: 'volumes' }));
        const wide = boxes.input.box + boxes.weight.box + boxes.output.box + 2 * OPERATOR + 2 * PADDING.side;
        assert.ok(wide <= room.width + 3, `${wide} of ${room.width}`);
        const { cell, first = 0, depth: beside, width, height } = boxes.output;
        assert.ok(2 * columns * cell.width <= first + 1 && 2 * depth * cell.width <= beside.width + 1);
        assert.ok(2 * first + beside.width <= width + 3, `${first} twice and ${beside.width} of ${width}`);
        assert.ok(2 * Math.max(rows, depth) * cell.height <= height + 1);
        assert.ok(PADDING.top + HEADER + 20 + INDICES + BAND + height <= room.height || height === LEAST_CELL);
      }),
    );
  });

  it('keeps every grid within the stage, whatever its shape', () => {
    fc.assert(
      fc.property(sides, sides, fc.integer({ min: 1, max: 11 }), rooms, (rows, columns, kernel, room) => {
        const { boxes, legend } = arrange(
          wanted(quantity(rows, columns), quantity(kernel), quantity(2 * rows, 2 * columns), { room }),
        );
        const wide = boxes.input.box + boxes.weight.box + boxes.output.box + 2 * OPERATOR + 2 * PADDING.side;
        assert.ok(wide <= room.width + 3, `${wide} of ${room.width}`);
        for (const [name, high, across] of [
          ['input', rows, columns],
          ['output', 2 * rows, 2 * columns],
        ] as const) {
          const { cell, width, height } = boxes[name];
          assert.ok(across * cell.width <= width + 1, `${name}: ${across * cell.width} of ${width}`);
          assert.ok(high * cell.height <= height + 1);
          assert.ok(width + indexWidth(high) + BAND <= boxes[name].box);
        }
        const top = PADDING.top + HEADER + INDICES + BAND;
        if (legend === 'below') assert.ok(top + boxes.output.height <= room.height);
      }),
    );
  });

  it('zooms every grid, up to the largest cell, and says how far that is', () => {
    const four = wanted(quantity(4), quantity(3), quantity(8));
    assert.deepEqual(cells(arrange({ ...four, zoom: 1.25 })), [75, 75, 75]);
    const { most } = arrange(four);
    assert.deepEqual(cells(arrange({ ...four, zoom: most })), [LARGEST_CELL, LARGEST_CELL, LARGEST_CELL]);
  });

  it('never makes a plane longer than an element can be', () => {
    const { boxes } = arrange(
      wanted(quantity(1, 2 ** 27), quantity(1, 3), quantity(1, 2 ** 28), { order: 'lines', zoom: 1e6 }),
    );
    assert.ok(boxes.output.cell.width * 2 ** 28 < 2 ** 25);
  });

  it('gives 1-D a line for the output, rows high enough to read, and plots where there is room', () => {
    const { boxes } = arrange(wanted(quantity(1, 12), quantity(1, 4), quantity(1, 24), { order: 'lines' }));
    assert.ok(boxes.output.cell.height >= 24 && boxes.output.plot > boxes.input.plot && boxes.input.plot >= 40);
    const low = arrange(
      wanted(quantity(1, 12), quantity(1, 4), quantity(1, 24), { order: 'lines', room: { width: 900, height: 260 } }),
    );
    assert.equal(low.boxes.output.plot, 0);
  });

  it('draws all of a 1-D kernel where there is room for it, with a colour scale beside it, too', () => {
    for (const height of [260, 826]) {
      const { weight } = arrange(
        wanted(quantity(1, 4), quantity(1, 3), quantity(1, 8), { order: 'lines', room: { width: 942, height } }),
      ).boxes;
      assert.ok(3 * weight.cell.width <= weight.width, `3 × ${weight.cell.width} in ${weight.width}`);
    }
  });

  it('in a narrow page has the scale of the large grid in view', () => {
    const room = { width: 342, height: 490 };
    const { input, output } = arrange(wanted(quantity(4), quantity(3), quantity(8), { order: 'narrow', room })).boxes;
    const over = HEADER + INDICES + BAND;
    assert.ok(2 * PADDING.top + 2 * over + 4 * input.cell.width + 8 * output.cell.width + FLAT_LEGEND <= room.height);
  });

  it('in a narrow page makes one grid large, whichever is wanted', () => {
    const narrow = (large: 'input' | 'output') =>
      arrange(
        wanted(quantity(4), quantity(3), quantity(8), { order: 'narrow', large, room: { width: 352, height: 500 } }),
      ).boxes;
    const { input, output } = narrow('output');
    assert.ok(output.cell.width > input.cell.width && output.cell.width >= 24, String(output.cell.width));
    assert.ok(narrow('input').input.cell.width > input.cell.width);
  });

  it('in a narrow page gives each small box what its cells take, and a kernel beside a picture cells that can be read', () => {
    const room = { width: 345, height: 460 };
    const line = arrange(wanted(quantity(1, 12), quantity(1, 4), quantity(1, 24), { order: 'narrow', room }));
    const { input, weight, output } = line.boxes;
    assert.ok(input.cell.width * 12 <= input.width, `${input.cell.width} × 12 in ${input.width}`);
    assert.ok(input.box + weight.box + OPERATOR <= room.width);
    assert.ok(output.plot >= 100 && input.plot === 0);
    const picture = arrange(wanted(quantity(192), quantity(4), quantity(384), { order: 'narrow', room }));
    assert.ok(picture.boxes.input.cell.width < LEAST_CELL);
    assert.ok(picture.boxes.weight.cell.width >= LEAST_CELL);
  });
});
