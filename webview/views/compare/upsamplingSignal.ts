import { format } from '../../../src/core/problem';
import type { MethodResult } from '../../../src/core/upsampling/comparison';
import type { Picture } from '../../../src/core/upsampling/picture';
import type { Ink, Pixels, Scene, Shape, Words } from '../../drawing/scene';
import { run } from '../../drawing/words';
import type { Room } from '../../film/film';
import { brief } from '../../film/naming';
import { broken, label } from './frameworksColumns';
import { type Box, drawPicture, drawScale } from '../../drawing/pictures';
import { cellsOf, decibels, detailOf, sizeText, titleOf, type Told } from './upsamplingTold';
import { bestOf, bilinearWords, ownWords, scaleName } from './upsamplingWords';

const NAMES = 178;
const PLOT = 46;
const STRIP = 10;
const ROW = PLOT + STRIP + 14;

/** A curve through the values of a signal that are numbers; in pieces where some are not. */
function curve(
  key: string,
  { values }: Picture,
  box: Box,
  [low, high]: readonly [number, number],
  stroke: Ink,
  dashed = false,
): readonly Shape[] {
  const spread = high > low ? high - low : 1;
  const step = box.width / values.length;
  const runs: [number, number][][] = [];
  let open: [number, number][] | undefined;
  values.forEach((value, at) => {
    if (!Number.isFinite(value)) {
      open = undefined;
      return;
    }
    if (!open) runs.push((open = []));
    const share = Math.min(1, Math.max(0, (value - low) / spread));
    open.push([box.x + (at + 0.5) * step, box.y + (1 - share) * box.height]);
  });
  return runs.flatMap((points, at): Shape[] => {
    const line: Shape[] =
      points.length > 1
        ? [{ kind: 'line', key: `${key} line ${at}`, points, stroke, weight: dashed ? 1 : 1.6, dashed }]
        : [];
    if (dashed || step < 7) return line;
    const dots = points.map(([x, y], dot): Shape => ({
      kind: 'dot',
      key: `${key} dot ${at} ${dot}`,
      x,
      y,
      radius: 2.2,
      stroke,
    }));
    return [...line, ...dots];
  });
}

/** Signals one under the other: each with the reference behind it, and a strip of what differs. */
export function signalScene(
  told: Told,
  now: MethodResult | undefined,
  pixel: readonly number[] | undefined,
  room: Room,
): Scene {
  const { comparison, strings, present } = told;
  const { smallPicture, referencePicture, small, large, largest, against, factors } = comparison;
  const isNarrow = room.width < 520;
  const left = isNarrow ? 4 : NAMES;
  const width = Math.max(300, room.width - 8);
  const plotWidth = width - left - 4;
  const limits = limitsOf(told);
  const cells = cellsOf(told);
  const plane: Pixels['plane'] = cells && { tensor: cells.tensor, leading: [], first: cells.first, cells: large };
  const best = bestOf(told);
  const shapes: Shape[] = [];
  let y = 2;
  const head = (key: string, title: Words, detail: string, measures: Words): number => {
    shapes.push(
      label(`${key} title`, 4, y + 9, title, { size: 12.5 }),
      label(`${key} detail`, isNarrow ? 150 : 4, y + (isNarrow ? 9 : 25), [run(detail, 'faint')], { size: 10.5 }),
      label(`${key} measures`, isNarrow ? width - 4 : 4, y + (isNarrow ? 9 : 42), measures, {
        size: 11.5,
        anchor: isNarrow ? 'end' : 'start',
      }),
    );
    return isNarrow ? 20 : 0;
  };
  const frame = (key: string, box: Box, stroke: Ink): void => {
    const zero =
      limits[0] < 0 && limits[1] > 0 ? box.y + (box.height * limits[1]) / (limits[1] - limits[0]) : undefined;
    shapes.push({ kind: 'rect', key: `${key} frame`, ...box, stroke });
    if (zero !== undefined)
      shapes.push({
        kind: 'line',
        key: `${key} zero`,
        points: [
          [box.x, zero],
          [box.x + box.width, zero],
        ],
        stroke: 'line',
        weight: 1,
      });
  };
  const mean = against === 'back' ? format(strings.upMeansOf, [sizeText(small), sizeText(factors)]) : sizeText(small);
  const top = head('small', [run(against === 'back' ? strings.upMeans : strings.upSmall, 'input', true)], mean, []);
  const smallBox: Box = { x: left, y: y + top, width: plotWidth, height: PLOT };
  frame('small', smallBox, 'input');
  shapes.push(...curve('small', smallPicture, smallBox, limits, 'input'));
  y += top + PLOT + 14;
  for (const result of present) {
    const { method, picture, difference, psnr, ssim } = result;
    if (!picture) continue;
    const own = method === 'own' || method === 'transposedLinear';
    const measures =
      psnr === undefined
        ? []
        : [
            run(decibels(told, psnr), 'ink', result === best),
            run(ssim === undefined ? '' : `  ${ssim.toFixed(3)}`, 'faint'),
          ];
    const down = head(
      method,
      [run(titleOf(told, method), own ? 'output' : 'ink', true)],
      detailOf(told, method),
      measures,
    );
    const box: Box = { x: left, y: y + down, width: plotWidth, height: PLOT };
    frame(method, box, own ? 'output' : 'line');
    if (referencePicture) shapes.push(...curve(`${method} reference`, referencePicture, box, limits, 'faint', true));
    shapes.push(...curve(method, picture, box, limits, own ? 'output' : 'ink'));
    if (difference) {
      const strip: Box = { x: left, y: box.y + PLOT + 2, width: plotWidth, height: STRIP };
      const reach = largest || 1;
      const one = { kind: 'differences', low: -reach, high: reach } as const;
      shapes.push(...drawPicture(`${method} difference`, difference, one, strip, undefined));
    }
    // What is pointed at is found anywhere in the plot.
    if (plane) shapes.push({ kind: 'pixels', key: `${method} cells`, ...box, address: NOTHING, plane });
    if (now === result)
      shapes.push({
        kind: 'line',
        key: 'now',
        points: [
          [1, y],
          [1, y + down + PLOT + STRIP],
        ],
        stroke: 'focus',
        weight: 3,
      });
    if (pixel) {
      const x = left + ((pixel[0] + 0.5) * plotWidth) / large[0];
      shapes.push({
        kind: 'line',
        key: `${method} mark`,
        points: [
          [x, box.y],
          [x, box.y + PLOT],
        ],
        stroke: 'focus',
        weight: 1.5,
      });
    }
    y += down + ROW;
  }
  const name = scaleName(told);
  shapes.push(
    label('scale name', 4, y + 8, [run(name, 'faint')], { size: 11.5 }),
    label('scale low', 4, y + 26, [run(`−${brief(largest)}`)], { size: 10.5, mono: true }),
    drawScale('scale', largest, { x: 66, y: y + 20, width: 120, height: 12 }),
    label('scale high', 192, y + 26, [run(`+${brief(largest)}`)], { size: 10.5, mono: true }),
  );
  y += 46;
  [...bilinearWords(told), ...ownWords(told)].forEach((text, line) => {
    broken(text.replace(/<\/?\w+>/g, ''), Math.floor(width / 6.3)).forEach((part, piece) => {
      shapes.push(label(`foot ${line} ${piece}`, 4, y, [run(part)], { size: 12 }));
      y += 17;
    });
  });
  return { width, height: y + 4, shapes };
}

/** A picture of nothing, to be pointed at. */
const NOTHING = 'data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7';

/** All curves fit: a plot has no colours that saturate. */
function limitsOf({ comparison, present }: Told): readonly [number, number] {
  let [low, high] = comparison.limits;
  for (const { picture } of present)
    for (const value of picture?.values ?? []) {
      if (value < low) low = value;
      if (value > high) high = value;
    }
  return [low, high];
}
