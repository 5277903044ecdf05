import { readAt } from '../../../src/core/kernels/meetings';
import type { Subject } from '../../../src/core/derive/subject';
import type { Strings } from '../../../src/protocol/strings';
import { type CellLook, drawGrid, type Figure } from '../../drawing/gridFigure';
import type { Ink, Motion, Shape } from '../../drawing/scene';
import { wordsOf } from '../../drawing/words';
import { format } from '../../../src/core/problem';
import { same } from '../../film/naming';
import type { Focus } from '../../film/film';
import { flatIndex } from '../../../src/core/explain/readout';

/** Sizes of a convolution's input with its padding, and how far before the input it begins; a crop begins at it. */
export interface Padded {
  readonly shape: readonly number[];
  readonly begin: readonly number[];
}

export function paddedOf({ plan }: Subject): Padded {
  if (plan.kind !== 'conv') return { shape: plan.inputShape.slice(2), begin: plan.axes.map(() => 0) };
  const begin = plan.axes.map(({ padBegin }) => Math.max(0, padBegin));
  return { shape: plan.axes.map(({ input, padEnd }, axis) => begin[axis] + input + Math.max(0, padEnd)), begin };
}

/** Whether any of the padding is drawn. */
export const isPadded = (subject: Subject): boolean =>
  subject.plan.kind === 'conv' && subject.plan.axes.some(({ padBegin, padEnd }) => padBegin > 0 || padEnd > 0);

/** What the padding is made of, in words. */
export const paddingWords = ({ plan }: Subject, strings: Strings): string =>
  ({
    zeros: strings.paddingZeros,
    reflect: strings.paddingReflect,
    replicate: strings.paddingReplicate,
    circular: strings.paddingCircular,
  })[plan.paddingMode];

interface PaddedFigure {
  readonly subject: Subject;
  readonly x: number;
  readonly y: number;
  readonly cell: number;
  readonly focus: Focus;
  /** Whether a place, counted from the input's first element, is read now. */
  readonly isRead: (place: readonly number[]) => boolean;
}

/**
 * The input of a convolution in its padding: zeros are dots, what is repeated is written faintly, what negative padding
 * cuts away is hatched. The figure's places are counted from the input's first element.
 */
export function drawPadded({ subject, x, y, cell, focus, isRead }: PaddedFigure, strings: Strings): Figure {
  const { plan, input } = subject;
  const { shape, begin } = paddedOf(subject);
  const sizes = plan.inputShape.slice(2);
  const isInside = (place: readonly number[]): boolean => place.every((at, axis) => at >= 0 && at < sizes[axis]);
  const isCut = (place: readonly number[]): boolean =>
    plan.kind === 'conv' &&
    place.some((at, axis) => at < -plan.axes[axis].padBegin || at >= sizes[axis] + plan.axes[axis].padEnd);
  const look = (from: readonly number[]): CellLook => {
    const place = from.map((at, axis) => at - begin[axis]);
    const read = isRead(place);
    if (!isInside(place)) {
      const image = place.map((at, axis) => readAt(plan.paddingMode, at, sizes[axis]));
      const fill: Ink | undefined = read ? 'kernel-tint' : undefined;
      if (image.includes(-1)) return { dot: true, fill };
      return { value: input.data[flatIndex(sizes, image)], dim: true, fill };
    }
    const lit = read || focus.isLit('input', place);
    return {
      value: input.data[flatIndex(sizes, place)],
      fill: lit ? 'input-strong' : 'input-tint',
      bold: read,
      hatched: isCut(place),
      ring: same(focus.followed('input'), place) ? 'input' : undefined,
      heavy: true,
    };
  };
  const size = sizes.join(' × ');
  const title = isPadded(subject) ? format(strings.paddedInput, [size]) : size;
  const figure = drawGrid({
    key: 'in',
    shape,
    x,
    y,
    cell,
    origin: begin.map((at, axis) => subject.inputOrigin[axis] - at),
    tensor: 'input',
    placeOf: (from) => {
      const place = from.map((at, axis) => at - begin[axis]);
      return isInside(place) ? place : undefined;
    },
    ink: 'input',
    title: wordsOf(`<i>${strings.input}</i>  <f>${title}</f>`),
    look,
  });
  return { ...figure, at: (place) => figure.at(place.map((at, axis) => at + begin[axis])) };
}

/** The outline of a window on a figure, in every slice that it lies on; `from` is where it lay before. */
export function windowShapes(
  figure: Figure,
  cell: number,
  window: readonly (readonly number[])[],
  from: readonly (readonly number[])[] | undefined,
): readonly Shape[] {
  const slices = new Map<number, (readonly number[])[]>();
  for (const place of window) {
    const slice = place.length > 2 ? place[0] : 0;
    slices.set(slice, [...(slices.get(slice) ?? []), place]);
  }
  const before = from?.[0] && figure.at(from[0]);
  return [...slices.values()].map((places, at): Shape => {
    const corners = places.map((place) => figure.at(place));
    const [left, top] = [Math.min(...corners.map(([x]) => x)), Math.min(...corners.map(([, y]) => y))];
    const [right, bottom] = [Math.max(...corners.map(([x]) => x)), Math.max(...corners.map(([, y]) => y))];
    const first = figure.at(window[0]);
    const motion: Motion | undefined = before && { from: [before[0] - first[0], before[1] - first[1]] };
    return {
      kind: 'rect',
      key: `window${at}`,
      x: left,
      y: top,
      width: right - left + cell,
      height: bottom - top + cell,
      stroke: 'kernel',
      weight: 2.5,
      motion,
    };
  });
}
