import { type PaddingPair, paddingPair, stampedLength } from '../../../src/core/derive/size';
import type { AxisPlan } from '../../../src/core/axis';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { wordsOf } from '../../drawing/words';
import { textWidth } from '../../film/panels';
import { type Sheet, textAt } from './sheet';

const ROWS = 4;
const MOST_SITES = 128;
const LINE = 24;
const BAR = 16;

/** The padding of the document with some others beside it, each with what it is in the equivalent convolution. */
export function pairsAround(axis: AxisPlan): readonly PaddingPair[] {
  const { padBegin, padEnd } = axis;
  const even = padBegin === padEnd;
  const first = even ? Math.max(0, padBegin - 2) : 0;
  const sides = Array.from({ length: ROWS }, (_, at): [number, number] => [first + at, first + at]);
  const all: [number, number][] = even ? sides : [[padBegin, padEnd], ...sides.slice(0, ROWS - 1)];
  return all
    .map((padding) => paddingPair(axis, padding))
    .filter(({ padding, output }) => output > 0 || (padding[0] === padBegin && padding[1] === padEnd));
}

const sides = ([begin, end]: readonly [number, number]): string =>
  (begin === end ? String(begin) : `${begin}:${end}`).replaceAll('-', '−');
const summand = (value: number): string => (value < 0 ? `(−${-value})` : String(value));

/** `1 + 1 = 2`; both ends where they differ. */
function sumText({ padding, equivalent }: PaddingPair, extent: number): string {
  const at = (end: 0 | 1): string => `${padding[end]} + ${summand(equivalent[end])} = ${extent - 1}`;
  return padding[0] === padding[1] ? at(0) : `${at(0)}, ${at(1)}`;
}

/**
 * p beside p′, for the padding that there is and some others: p crops the stamps, p′ = K − 1 − p pads the input with
 * zeros inserted. Output padding is left out.
 */
export function drawPaddings(
  sheet: Sheet,
  axis: AxisPlan,
  top: number,
  width: number,
  strings: Strings,
): { readonly bottom: number; readonly width: number } {
  const pairs = pairsAround(axis);
  const full = stampedLength(axis);
  const spaced = (axis.input - 1) * axis.stride + 1;
  const widest = Math.max(
    ...pairs.map(({ equivalent: [begin, end] }) => spaced + Math.max(0, begin) + Math.max(0, end)),
  );
  const stacked = width < 640;
  const column = stacked ? width : (width - 140) / 2;
  const drawn = Math.min(17, Math.max(40, column - 170) / Math.max(full, widest));
  const cells = drawn >= 7;
  const bar = (
    key: string,
    x: number,
    y: number,
    length: number,
    rest: Partial<Extract<Parameters<Sheet['add']>[1], { kind: 'rect' }>>,
  ): void => {
    if (length > 0)
      sheet.add(undefined, { kind: 'rect', key, x, y: y - BAR / 2, width: length * drawn, height: BAR, ...rest });
  };
  const here = ({ padding }: PaddingPair): boolean => padding[0] === axis.padBegin && padding[1] === axis.padEnd;
  const highlight = (key: string, y: number, from: number, to: number): void => {
    sheet.add(undefined, {
      kind: 'rect',
      key,
      x: from,
      y: y - LINE / 2,
      width: to - from,
      height: LINE,
      stroke: 'focus',
    });
  };

  const leftRow = (pair: PaddingPair, at: number, y: number): void => {
    const [begin, end] = pair.padding;
    sheet.add(undefined, textAt(`p${at}`, 8, y, `p = ${sides(pair.padding)}`, { mono: true, bold: here(pair) }));
    const x = 90;
    bar(`pb${at}`, x, y, Math.min(begin, full), { hatched: true, stroke: 'line' });
    bar(`pe${at}`, x + Math.max(0, full - end) * drawn, y, Math.min(end, full), { hatched: true, stroke: 'line' });
    bar(`pm${at}`, x + begin * drawn, y, pair.output, { fill: 'output-tint', stroke: 'output', weight: 1.5 });
    if (cells)
      for (let cell = 1; cell < pair.output; cell++)
        sheet.add(undefined, {
          kind: 'line',
          key: `pc${at},${cell}`,
          points: [
            [x + (begin + cell) * drawn, y - BAR / 2],
            [x + (begin + cell) * drawn, y + BAR / 2],
          ],
          stroke: 'line',
          weight: 1,
        });
    sheet.add(
      undefined,
      textAt(`po${at}`, x + full * drawn + 10, y, format(strings.outLabel, [pair.output]), {
        mono: true,
        ink: 'output',
      }),
    );
  };
  const rightRow = (pair: PaddingPair, at: number, x0: number, y: number): void => {
    const [begin, end] = pair.equivalent;
    sheet.add(undefined, textAt(`q${at}`, x0, y, `p′ = ${sides(pair.equivalent)}`, { mono: true, bold: here(pair) }));
    const most = Math.max(...pairs.map(({ equivalent }) => Math.max(0, equivalent[0])));
    const x = x0 + 80 + most * drawn;
    bar(`qi${at}`, x, y, spaced, { stroke: 'line' });
    // Beyond this they are one tinted bar.
    if (axis.input > MOST_SITES) bar(`qs${at}`, x, y, spaced, { fill: 'input-tint' });
    else
      for (let site = 0; site < axis.input; site++)
        bar(`qs${at},${site}`, x + site * axis.stride * drawn, y, 1, { fill: 'input-strong' });
    if (cells)
      for (let cell = -Math.max(0, begin); cell < spaced + Math.max(0, end); cell++)
        if (cell < 0 || cell >= spaced || cell % axis.stride !== 0)
          sheet.add(undefined, {
            kind: 'dot',
            key: `qz${at},${cell}`,
            x: x + (cell + 0.5) * drawn,
            y,
            radius: 1.8,
            stroke: 'zero',
          });
    if (begin < 0) bar(`qb${at}`, x, y, Math.min(-begin, spaced), { hatched: true });
    if (end < 0) bar(`qe${at}`, x + Math.max(0, spaced + end) * drawn, y, Math.min(-end, spaced), { hatched: true });
    bar(`qf${at}`, x - begin * drawn, y, pair.padded, { stroke: 'input', weight: 1.5 });
    const text = `${pair.padded} − ${axis.extent - 1} = ${pair.output}`;
    const right = x + (spaced + Math.max(0, ...pairs.map(({ equivalent }) => equivalent[1]))) * drawn + 10;
    sheet.add(undefined, textAt(`qo${at}`, right, y, text, { mono: true, ink: 'faint' }));
  };

  sheet.add(undefined, {
    kind: 'line',
    key: 'p-line',
    points: [
      [0, top],
      [width, top],
    ],
    stroke: 'line',
    weight: 1,
  });
  let y = top + 16;
  const middle = stacked ? 0 : column + 70;
  const right = stacked ? 8 : column + 140;
  sheet.add(undefined, textAt('p-head', 8, y, wordsOf(strings.paddingCrops), { size: 13 }));
  const pads = wordsOf(strings.paddingPads);
  if (!stacked) {
    sheet.add(
      undefined,
      textAt('p-sum', middle, y, 'p + p′ = K − 1', { size: 13, mono: true, bold: true, anchor: 'middle' }),
      textAt('q-head', right, y, textWidth(pads, 13) <= width - right ? pads : wordsOf(strings.paddingPadsShort), {
        size: 13,
      }),
    );
  }
  y += LINE;
  const rowsTop = y;
  pairs.forEach((pair, at) => {
    if (here(pair)) highlight(`p-here${at}`, y, 0, width);
    leftRow(pair, at, y);
    if (!stacked) {
      sheet.add(
        undefined,
        textAt(`ps${at}`, middle, y, sumText(pair, axis.extent), { mono: true, anchor: 'middle', bold: here(pair) }),
      );
      rightRow(pair, at, right, y);
    }
    y += LINE;
  });
  if (stacked) {
    y += 8;
    sheet.add(undefined, textAt('q-head', 8, y, pads, { size: 13 }));
    y += LINE;
    pairs.forEach((pair, at) => {
      if (here(pair)) highlight(`q-here${at}`, y, 0, width);
      rightRow(pair, at, 8, y);
      y += LINE;
    });
    sheet.add(undefined, textAt('p-sum', 8, y + 4, 'p + p′ = K − 1', { size: 13, mono: true, bold: true }));
    pairs.forEach((pair, at) => {
      if (here(pair)) sheet.add(undefined, textAt(`ps${at}`, 130, y + 4, sumText(pair, axis.extent), { mono: true }));
    });
    y += LINE;
  }
  return { bottom: Math.max(y, rowsTop), width };
}
