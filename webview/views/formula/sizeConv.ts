import type { SizeDerivation } from '../../../src/core/derive/size';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { wordsOf } from '../../drawing/words';
import { drawCells, drawPositions, nameOf, type Place } from './cells';
import { drawLedger } from './ledger';
import { fewOf, scaleOf } from './scale';
import { bracket, type Sheet, textAt, widthOf } from './sheet';

const MOST_WINDOWS = 6;
const ROW = 22;
const BAR = 28;

/** The padded input, every position of the window, the steps between them, what is left over, and the output. */
export function drawConv(sheet: Sheet, derived: SizeDerivation, at: Place, strings: Strings): number {
  const { axis, rest } = derived;
  const { input, kernel, stride, dilation, extent, padBegin, padEnd, output } = axis;
  const total = input + padBegin + padEnd;
  const scale = scaleOf(total, at.left, at.width);
  let y = at.top + 8;
  const head = y;
  const rows = fewOf(output, MOST_WINDOWS);
  const fieldTop = y + 12;
  const windowsTop = fieldTop + BAR + 8;
  const windowsBottom = windowsTop + rows.length * ROW;
  drawPositions(sheet, scale, total, -padBegin, y, windowsBottom + 2);

  const fieldLine = fieldTop + BAR / 2;
  sheet.add('length', ...nameOf('n-field', strings.sizePaddedInput, fieldLine, at.left, 'input'));
  for (const [key, from, to, inside] of [
    ['pb', 0, padBegin, false],
    ['in', padBegin, padBegin + input, true],
    ['pe', padBegin + input, total, false],
  ] as const)
    drawCells(
      sheet,
      scale,
      { key: key, from: from, to: to, y: fieldTop, height: BAR, term: inside ? 'length' : 'pads' },
      (place) =>
        inside
          ? { fill: 'input-tint', stroke: 'input', label: `i${place - padBegin}` }
          : { stroke: 'faint', dashed: true, dot: true },
    );
  sheet.area('length', scale.x(padBegin), fieldTop, scale.x(padBegin + input) - scale.x(padBegin), BAR);
  if (padBegin > 0) sheet.area('pads', scale.x(0), fieldTop, scale.x(padBegin) - scale.x(0), BAR);
  if (padEnd > 0)
    sheet.area('pads', scale.x(padBegin + input), fieldTop, scale.x(total) - scale.x(padBegin + input), BAR);

  rows.forEach((site, row) => {
    y = windowsTop + row * ROW;
    if (site === undefined) {
      sheet.add('steps', textAt('more', at.left - 12, y + 10, '⋮', { size: 14, anchor: 'end', ink: 'faint' }));
      return;
    }
    const term = site === 0 ? 'first' : 'steps';
    const start = site * stride;
    const x = scale.x(start);
    sheet.add(term, ...nameOf(`n${site}`, format(strings.windowOfOutput, [site]), y + 10, at.left, 'output'));
    sheet.add(term, {
      kind: 'rect',
      key: `s${site}`,
      x,
      y,
      width: scale.x(start + extent) - x,
      height: ROW - 3,
      stroke: 'kernel',
      fill: dilation === 1 ? 'kernel-tint' : undefined,
    });
    for (let tap = 0; tap < kernel; tap++)
      drawCells(
        sheet,
        scale,
        {
          key: `s${site}t${tap}:`,
          from: start + tap * dilation,
          to: start + tap * dilation + 1,
          y,
          height: ROW - 3,
          term,
        },
        () => ({ fill: site === 0 ? 'kernel-strong' : 'kernel-tint', stroke: 'kernel', label: `w${tap}` }),
      );
  });
  sheet.area('first', at.left, windowsTop, at.width, ROW);
  sheet.area('steps', at.left, windowsTop + ROW, at.width, (rows.length - 1) * ROW);

  // The room behind the first window: steps of the stride, and what they leave.
  y = windowsBottom + 12;
  const end = extent + (output - 1) * stride;
  const [from, turn] = [scale.x(0), scale.x(extent)];
  sheet.add('window', ...bracket('b-window', from, turn, y, 'kernel'));
  sheet.area('window', from, y - 8, Math.max(20, turn - from), 30);
  let previous = extent;
  for (const step of scale.each(extent, end)) {
    if ((step - extent) % stride !== 0) continue;
    const until = Math.min(step + stride, end);
    sheet.add('steps', ...bracket(`b-step${step}`, scale.x(step), scale.x(until), y, 'input'));
    previous = until;
  }
  if (previous < end) sheet.add('steps', ...bracket('b-steps', scale.x(previous), scale.x(end), y, 'input'));
  sheet.area('steps', turn, y - 8, scale.x(total) - turn, 30);
  if (rest > 0)
    sheet.add('steps', {
      kind: 'rect',
      key: 'rest',
      x: scale.x(end),
      y: windowsTop,
      width: scale.x(total) - scale.x(end),
      height: windowsBottom - windowsTop,
      hatched: true,
      stroke: 'faint',
      dashed: true,
    });
  const windowText = format(strings.windowLabel, [extent]);
  const stepsText = format(rest > 0 ? strings.stepsRestLabel : strings.stepsLabel, [
    total - extent,
    output - 1,
    stride,
    rest,
  ]);
  const below = widthOf(windowText, 12, false) > turn - from - 8;
  sheet.add('window', textAt('t-window', from, y + 14, wordsOf(windowText)));
  sheet.add('steps', textAt('t-steps', below ? from : turn + 4, y + (below ? 31 : 14), wordsOf(stepsText)));
  const windowLine = y + 2;

  y += below ? 50 : 36;
  const sumLine = y + BAR / 2;
  const outputs = scaleOf(output, at.left, at.width);
  sheet.add(undefined, ...nameOf('n-output', strings.outputRow, sumLine, at.left, 'output'));
  drawCells(sheet, outputs, { key: 'o', from: 0, to: output, y, height: BAR, term: undefined }, (place) => ({
    fill: place === 0 ? 'output-strong' : 'output-tint',
    stroke: 'output',
    label: `o${place}`,
  }));
  y += BAR;
  if (at.ledger !== undefined) {
    // Each beside what it is of, but never two in one line.
    const lines = {
      head,
      length: fieldLine - 8,
      pads: fieldLine + 12,
      window: fieldLine + 34,
      steps: Math.max(fieldLine + 56, windowLine - 10),
      first: Math.max(fieldLine + 78, windowLine + 14),
      sum: Math.max(fieldLine + 110, sumLine),
    };
    drawLedger(sheet, derived, at.ledger, lines, strings);
    return Math.max(y, lines.sum + 14);
  }
  y += 24;
  const lines = { head: y, length: y + 20, pads: y + 42, window: y + 64, steps: y + 86, first: y + 108, sum: y + 140 };
  drawLedger(sheet, derived, at.left, lines, strings);
  return y + 152;
}
