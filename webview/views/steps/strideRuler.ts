import type { Figure } from '../../drawing/gridFigure';
import type { Ink, Shape } from '../../drawing/scene';
import { run, wordsOf } from '../../drawing/words';
import { format } from '../../../src/core/problem';
import type { StampPlaces } from './overlapAddLayout';
import type { Told } from './stamping';

const WIDTH = 230;
const GAP = 30;
/** The stamp's title is wider than a small stamp. */
const LEAST_STAMP = 128;

/** Beside the stamp, where there is room: that the next element's stamp lands a stride further along the last axis. */
export function strideRuler(
  { subject, derived, from, strings }: Told,
  index: number,
  stamp: Figure,
  { at, width, cell }: StampPlaces,
  isStamping: boolean,
): readonly Shape[] {
  const { stride, extent, input } = subject.plan.axes[subject.plan.rank - 1];
  const x = (at.stamp?.[0] ?? 0) + Math.max(stamp.width, LEAST_STAMP) + GAP;
  const y = at.stamp?.[1] ?? 0;
  const isAbove = at.stamp !== undefined && at.now !== undefined && at.now[1] > y;
  if (!isAbove || !isStamping || input < 2 || x + WIDTH > width || stamp.height < 116) return [];
  const column = derived.stamps[index].input.at(-1) ?? 0;
  // The first element of a row has none before it: then the next one's stamp is the other.
  const other = column === 0 ? index + 1 : index - 1;
  const unit = Math.min(cell / 2, 130 / (extent + stride));
  const shift = stride * unit;
  const bar = (which: number, line: number, left: number, isNow: boolean): readonly Shape[] => {
    const ink: Ink = isNow ? 'kernel' : 'faint';
    return [
      {
        kind: 'rect',
        key: `ruler-bar${line}`,
        x: x + left,
        y: y + 52 + line * 18,
        width: extent * unit,
        height: 12,
        fill: isNow ? 'kernel-tint' : undefined,
        stroke: ink,
        weight: isNow ? 1.5 : 1,
        dashed: !isNow,
      },
      {
        kind: 'text',
        key: `ruler-name${line}`,
        x: x + extent * unit + shift + 8,
        y: y + 58 + line * 18,
        words: [run(from.name(derived.stamps[which].input), isNow ? from.tensor : 'faint', isNow)],
        size: 11,
        mono: true,
      },
    ];
  };
  const [first, second] = column === 0 ? [index, other] : [other, index];
  const text = (key: string, line: number, content: string): Shape => ({
    kind: 'text',
    key,
    x,
    y: y + 18 + line * 16,
    words: wordsOf(`<f>${content}</f>`),
    size: 12,
  });
  return [
    text('ruler-text', 0, strings.rulerFirst),
    text('ruler-more', 1, strings.rulerSecond),
    ...bar(first, 0, 0, first === index),
    ...bar(second, 1, shift, second === index),
    {
      kind: 'line',
      key: 'ruler-arrow',
      points: [
        [x, y + 96],
        [x + shift, y + 96],
      ],
      stroke: 'faint',
      arrow: true,
    },
    {
      kind: 'text',
      key: 'ruler-stride',
      x: x + shift + 8,
      y: y + 96,
      words: [run(format(strings.rulerStride, [stride]), 'faint')],
      size: 11,
      mono: true,
    },
  ];
}
