import { productsAt, type SizeDerivation, stampedLength } from '../../../src/core/derive/size';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { wordsOf } from '../../drawing/words';
import { drawLedger } from './ledger';
import { drawCells, drawPositions, nameOf, type Place } from './cells';
import { fewOf, scaleOf } from './scale';
import { bracket, type Sheet, textAt, widthOf } from './sheet';

/** Most stamps that are drawn; of more some in the middle are left out. */
const MOST_STAMPS = 6;
const ROW = 22;
const BAR = 30;

/** Stamps, crop, output padding and output of one axis, each in a line of its own; what the ledger adds beside them. */
export function drawTransposed(sheet: Sheet, derived: SizeDerivation, at: Place, strings: Strings): number {
  const { axis } = derived;
  const { input, kernel, stride, dilation, extent, padBegin, padEnd, outputPadding, output } = axis;
  const full = stampedLength(axis);
  const total = Math.max(full, padBegin + output);
  const scale = scaleOf(total, at.left, at.width);
  const rows = fewOf(input, MOST_STAMPS);
  const lastStart = (input - 1) * stride;
  let y = at.top + 8;
  const head = y;
  const stampsTop = y + 12;
  const stampsBottom = stampsTop + rows.length * ROW;
  drawPositions(sheet, scale, total, 0, y, stampsBottom + 2);
  sheet.add(undefined, ...nameOf('n-position', strings.position, y, at.left, 'ink'));

  // The stamps: each input element's own, `stride` after the one before.
  rows.forEach((site, row) => {
    y = stampsTop + row * ROW;
    if (site === undefined) {
      sheet.add('spread', textAt('more', at.left - 12, y + 10, '⋮', { size: 14, anchor: 'end', ink: 'faint' }));
      return;
    }
    const start = site * stride;
    const last = site === input - 1;
    const term = last ? 'extent' : 'spread';
    const x = scale.x(start);
    sheet.add(term, ...nameOf(`n${site}`, format(strings.stampOfInput, [site]), y + 10, at.left, 'input', true));
    sheet.add(term, {
      kind: 'rect',
      key: `s${site}`,
      x,
      y,
      width: scale.x(start + extent) - x,
      height: ROW - 3,
      fill: dilation === 1 ? (last ? 'kernel-strong' : 'kernel-tint') : undefined,
      stroke: 'kernel',
    });
    for (let tap = 0; tap < kernel; tap++) {
      const place = start + tap * dilation;
      if (scale.each(place, place + 1).length === 0) continue;
      drawCells(
        sheet,
        scale,
        { key: `s${site}t${tap}:`, from: place, to: place + 1, y, height: ROW - 3, term },
        () => ({ fill: last ? 'kernel-strong' : 'kernel-tint', stroke: 'kernel', label: `w${tap}` }),
      );
    }
    if (site === 0 || last)
      sheet.add('spread', { kind: 'dot', key: `d${site}`, x, y: y + ROW / 2 - 1, radius: 3, stroke: 'input' });
  });
  sheet.area('spread', at.left, stampsTop, at.width, (rows.length - 1) * ROW);
  sheet.area('extent', at.left, stampsBottom - ROW, at.width, ROW);
  y = stampsBottom + 12;
  const [from, turn, end] = [scale.x(0), scale.x(lastStart), scale.x(full)];
  const spreadText = format(strings.spreadLabel, [lastStart]);
  const extentText = format(strings.extentLabel, [extent]);
  sheet.add('spread', ...bracket('b-spread', from, turn, y, 'input'));
  sheet.add('extent', ...bracket('b-extent', turn, end, y, 'kernel'));
  const below = widthOf(spreadText, 12, false) > turn - from - 8;
  sheet.add('spread', textAt('t-spread', from, y + 14, wordsOf(spreadText)));
  sheet.add('extent', textAt('t-extent', below ? from : turn + 4, y + (below ? 31 : 14), wordsOf(extentText)));
  sheet.area('spread', from, y - 8, Math.max(turn - from, 20), 30);
  sheet.area('extent', turn, y - 8, Math.max(end - turn, 20), 30);
  const extentLine = y + 10;

  // What padding cuts at either end.
  y += below ? 52 : 36;
  const cropLine = y + BAR / 2;
  const stays = Math.max(0, full - padBegin - padEnd);
  sheet.add('crop', ...nameOf('n-crop', strings.cropRow, cropLine, at.left, 'ink'));
  const bar = (key: string, begin: number, until: number, text: string, cut: boolean): void => {
    const x = scale.x(begin);
    const width = scale.x(until) - x;
    if (width <= 0) return;
    sheet.add(
      'crop',
      {
        kind: 'rect',
        key,
        x,
        y,
        width,
        height: BAR,
        hatched: cut,
        fill: cut ? undefined : 'output-tint',
        stroke: cut ? 'faint' : 'output',
      },
      ...(widthOf(text, 12, cut) <= width - 4
        ? [
            textAt(`${key}#`, x + width / 2, cropLine, text, {
              anchor: 'middle',
              mono: cut,
              ink: cut ? 'ink' : 'output',
            }),
          ]
        : []),
    );
  };
  const even = padBegin === padEnd;
  bar('c-stay', padBegin, padBegin + stays, format(strings.stayLabel, [full - padBegin - padEnd]), false);
  bar('c-begin', 0, Math.min(padBegin, full), even ? `p = ${padBegin}` : `p₀ = ${padBegin}`, true);
  bar('c-end', Math.max(0, full - padEnd), full, even ? `p = ${padEnd}` : `p₁ = ${padEnd}`, true);
  sheet.area('crop', at.left, y, at.width, BAR);

  // What output padding gives back of it.
  y += BAR + 12;
  const extraLine = y + BAR / 2;
  const extraFrom = full - padEnd;
  const givenBack = Math.min(outputPadding, Math.max(0, padEnd));
  const beyond = outputPadding - givenBack;
  sheet.add('extra', ...nameOf('n-extra', strings.extraRow, extraLine, at.left, 'output'));
  drawCells(
    sheet,
    scale,
    { key: 'e', from: extraFrom, to: extraFrom + outputPadding, y, height: BAR, term: 'extra' },
    (place) => ({
      fill: 'output-strong',
      stroke: 'output',
      dashed: true,
      weight: 1.5,
      dot: productsAt(axis, place) === 0,
    }),
  );
  const saidWith = (back: string): string =>
    outputPadding === 0
      ? strings.extraNone
      : [
          ...(givenBack > 0 ? [format(back, [givenBack])] : []),
          ...(beyond > 0 ? [format(strings.extraBeyond, [beyond])] : []),
        ].join(' ');
  const whole = saidWith(strings.extraBack);
  const said = widthOf(whole, 12, false) <= at.width ? whole : saidWith(strings.extraBackShort);
  const edge = outputPadding === 0 ? end : scale.x(extraFrom) - 8;
  const before = widthOf(said, 12, false) < edge - at.left;
  sheet.add(
    'extra',
    textAt('t-extra', before ? edge : at.left, before ? extraLine : y + BAR + 9, wordsOf(said), {
      anchor: before ? 'end' : 'start',
    }),
  );
  sheet.area('extra', at.left, y, at.width, BAR);

  // The output: what has stayed and what came back.
  y += BAR + (before ? 12 : 24);
  const sumLine = y + BAR / 2;
  sheet.add(undefined, ...nameOf('n-output', strings.outputRow, sumLine, at.left, 'output'));
  const firstExtra = output - Math.max(0, outputPadding);
  drawCells(
    sheet,
    scale,
    { key: 'o', from: padBegin, to: padBegin + output, y, height: BAR, term: undefined },
    (place) => ({
      fill: place - padBegin >= firstExtra ? 'output-strong' : 'output-tint',
      stroke: 'output',
      label: `o${place - padBegin}`,
      dot: productsAt(axis, place) === 0,
    }),
  );
  sheet.add(undefined, {
    kind: 'rect',
    key: 'o-frame',
    x: scale.x(padBegin),
    y,
    width: scale.x(padBegin + output) - scale.x(padBegin),
    height: BAR,
    stroke: 'output',
    weight: 2,
  });
  y += BAR;
  if (at.ledger !== undefined) {
    const lines = {
      head,
      spread: stampsBottom - 12,
      extent: extentLine + 4,
      crop: cropLine,
      extra: extraLine,
      sum: sumLine,
    };
    drawLedger(sheet, derived, at.ledger, lines, strings);
    return y;
  }
  y += 24;
  const lines = { head: y, spread: y + 20, extent: y + 42, crop: y + 64, extra: y + 86, sum: y + 118 };
  drawLedger(sheet, derived, at.left, lines, strings);
  return y + 130;
}
