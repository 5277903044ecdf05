import { type Field, projectiveField, receptiveField } from '../../../src/core/chain/field';
import { sizesOf } from '../../../src/core/chain/sizes';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Areas, Ink, Scene, Shape } from '../../drawing/scene';
import { run } from '../../drawing/words';
import { type ChainModel, MOST_PLACES, type Spot } from './chainModel';

/** Longest side of a plane, in pixels. */
const SIDE = 120;
/** Left edge of the second plane. */
const SECOND = 142;
const TOP = 22;
/** Fields of larger planes are asked for at every move of the pointer. */
const MOST_BLOCKS = 4000;

type Runs = readonly (readonly [first: number, count: number])[];

function runsAlong(places: readonly number[]): Runs {
  const runs: [number, number][] = [];
  for (const place of places) {
    const last = runs.at(-1);
    if (last && place === last[0] + last[1]) last[1]++;
    else runs.push([place, 1]);
  }
  return runs;
}

/** A plane with the areas of a field in it. */
function planeShapes(
  key: string,
  title: string,
  [rows, columns]: readonly number[],
  field: Field,
  ink: 'input' | 'output',
  x: number,
): readonly Shape[] {
  const unit = SIDE / Math.max(rows, columns);
  const boxes: (readonly [number, number, number, number])[] = [];
  for (const [along, across] of field)
    for (const [row, height] of runsAlong(along))
      for (const [column, width] of runsAlong(across))
        if (boxes.length < MOST_BLOCKS)
          boxes.push([
            x + column * unit,
            TOP + row * unit,
            Math.max(1, width * unit),
            Math.max(1, height * unit),
          ] as const);
  const strong: Ink = ink === 'input' ? 'input-strong' : 'output-strong';
  const areas: Areas = { kind: 'areas', key: `${key} field`, boxes, fill: strong };
  return [
    { kind: 'text', key: `${key} title`, x, y: 10, words: [run(title, ink, true)], size: 10.5 },
    ...(boxes.length > 0 ? [areas] : []),
    // In high contrast an area has no colour: its edge says where it is.
    ...(boxes.length > 0 && boxes.length <= 16
      ? boxes.map(([left, top, width, height], at): Shape => ({
          kind: 'rect',
          key: `${key} edge ${at}`,
          x: left,
          y: top,
          width,
          height,
          stroke: ink,
        }))
      : []),
    {
      kind: 'rect',
      key: `${key} frame`,
      x,
      y: TOP,
      width: columns * unit,
      height: rows * unit,
      stroke: ink,
      weight: 1.5,
    },
  ];
}

const spread = (field: Field, axis: number): number => new Set(field.flatMap((block) => block[axis])).size;

/**
 * The fields of a place on both axes of a plane, as areas of the input and of what comes out. The input is as high as
 * it is wide, the place that of the diagonal; the axes differ where kernels, strides or paddings do.
 */
export function areaScene({ chain, sizes: along }: ChainModel, spot: Spot, strings: Strings): Scene | undefined {
  const input = along.sizes[0][0];
  const { sizes, stop } = sizesOf(chain, [input, input]);
  if (stop || sizes.some((each) => Math.max(...each) > MOST_PLACES / 20)) return undefined;
  const cell = sizes[spot.stage].map((size, axis) =>
    axis === 0 ? spot.place : Math.min(size - 1, Math.floor(((spot.place + 0.5) * size) / sizes[spot.stage][0])),
  );
  const [before] = receptiveField(chain, { sizes }, spot.stage, cell);
  const after = projectiveField(chain, { sizes }, spot.stage, cell)[sizes.length - 1];
  const title = (name: string, field: Field, plane: readonly number[]): string =>
    format(strings.fieldArea, [name, spread(field, 0), spread(field, 1), plane.join('×')]);
  const [first, last] = [sizes[0], sizes[sizes.length - 1]];
  return {
    width: SECOND + SIDE + 24,
    height: TOP + SIDE + 6,
    shapes: [
      ...planeShapes('area in', title('in', before, first), first, before, 'input', 2),
      ...planeShapes('area out', title('out', after, last), last, after, 'output', SECOND),
    ],
  };
}
