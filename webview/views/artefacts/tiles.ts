import { constantIn, phaseSums, type Ripple, rippleOf, scaleOf } from '../../../src/core/artefacts/constant';
import { evenPlan } from '../../../src/core/artefacts/evenKernel';
import { copyFirstSubKernel } from '../../../src/core/artefacts/icnr';
import { resizeConvOf } from '../../../src/core/artefacts/resizeConv';
import type { Tensor } from '../../../src/core/operation';
import type { Plan } from '../../../src/core/plan';
import { format } from '../../../src/core/problem';
import { planeShape, randomLike, timesOf, type Told } from './told';

/** What a constant input becomes by one way of upsampling. */
export interface Tile {
  readonly key: string;
  readonly title: string;
  readonly note: string;
  readonly values: readonly number[];
  readonly mean: number;
  readonly ripple: Ripple;
}

const kernelText = ({ axes }: Plan): string => timesOf(axes.map(({ kernel }) => kernel));

const known = new WeakMap<Told, readonly Tile[]>();

/** The layer as it is and what each cure makes of it, on an input of ones. Asked for at every painting. */
export function tilesOf(told: Told): readonly Tile[] {
  const tiles = known.get(told) ?? madeOf(told);
  known.set(told, tiles);
  return tiles;
}

function madeOf(told: Told): readonly Tile[] {
  const { layer, region, strings, subject } = told;
  const tile = (key: string, title: string, note: string, plan: Plan, kernel: Tensor): Tile => {
    const sums = phaseSums(plan, kernel);
    const ripple = rippleOf(sums, scaleOf(kernel));
    return { key, title, note, values: constantIn(plan, kernel, region), mean: ripple.mean, ripple };
  };
  const even = evenPlan(layer);
  const random = randomLike(planeShape(even));
  const icnr = randomLike(planeShape(even));
  copyFirstSubKernel(
    icnr,
    even.axes.map(({ stride }) => stride),
  );
  const own = tile('own', strings.artefactTileOwn, strings.artefactNoteOwn, layer, subject.weight);
  const resized = resizeConvOf(layer);
  const tap = randomLike(planeShape(layer));
  return [
    own,
    tile('random', format(strings.artefactTileEven, [kernelText(even)]), strings.artefactNoteEven, even, random),
    tile('icnr', format(strings.artefactTileIcnr, [kernelText(even)]), strings.artefactNoteIcnr, even, icnr),
    ...(resized
      ? [
          // Of stride 1 there is one phase, the whole kernel.
          tile(
            'resize',
            format(strings.artefactTileResize, [kernelText(layer)]),
            strings.artefactNoteResize,
            resized.plan,
            tap,
          ),
        ]
      : []),
    { ...own, key: 'shuffle', title: strings.artefactTileShuffle, note: strings.artefactNoteShuffle },
  ];
}
