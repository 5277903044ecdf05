import { landing } from '../../../src/core/derive/overlapAdd';
import { type CellLook, drawGrid, type Figure } from '../../drawing/gridFigure';
import type { Shape } from '../../drawing/scene';
import { marked, wordsOf } from '../../drawing/words';
import type { Focus, Frame, Room, Table } from '../../film/film';
import { signOf } from '../../film/layout';
import { brief, plus, same } from '../../film/naming';
import { type Figures, stampPlaces } from './overlapAddLayout';
import { overlapMap, runningTotal, sentencesOf } from './overlapAddWords';
import { canvases } from './stampCanvases';
import { type At, placeChanged, placeDrawn, tagOf, type Told } from './stamping';
import { LATER, type Step } from './stampStep';
import { strideRuler } from './strideRuler';

/** One step of stamping as it stands. */
export function stampFrame(told: Told, at: At, room: Room, focus: Focus): Frame {
  const { subject, derived, onto, from } = told;
  const { stamps } = derived;
  const places = stampPlaces(told, room);
  const index = at.kind === 'stamp' ? at.stamp : at.kind === 'start' ? 0 : stamps.length - 1;
  const done = at.kind === 'start' ? 0 : at.kind === 'stamp' ? at.stamp + (at.within === 2 ? 1 : 0) : stamps.length;
  const followed = placeDrawn(onto, focus.followed(onto.tensor));
  const step: Step = {
    told,
    at,
    places,
    focus,
    stamp: stamps[index],
    index,
    done,
    landed: new Map(landing(derived, stamps[index], subject).map((flat, tap) => [flat, tap])),
    speaksOf: followed ?? (at.kind === 'stamp' ? placeChanged(told, at.stamp) : undefined),
  };
  const [source, kernel, stamp] = [sourceShapes(step), kernelFigure(step), stampFigure(step)];
  const shapes: Shape[] = [
    ...source.shapes,
    ...kernel.shapes,
    ...(stamp?.shapes ?? []),
    ...signs(step, source, kernel),
    ...(stamp ? strideRuler(told, index, stamp, places, at.kind === 'stamp') : []),
    ...canvases(step, stamp),
  ];
  return {
    scene: { width: places.width, height: places.height, shapes },
    ...sentencesOf(told, at, followed),
    cell: at.kind === 'stamp' ? { tensor: from.tensor, index: stamps[index].input } : undefined,
    tables: tablesOf(step),
  };
}

function tablesOf({ told, speaksOf, done }: Step): readonly Table[] {
  const map = overlapMap(told, speaksOf);
  return [...(speaksOf ? [runningTotal(told, speaksOf, done)] : []), ...(map ? [map] : [])];
}

const sizeName = (shape: readonly number[]): string => shape.join(' × ');

function sourceShapes({ told, at, places, focus, stamp }: Step): Figure {
  const { subject, from } = told;
  const { tensor } = from;
  const shape = subject.plan.inputShape.slice(2);
  const [x, y] = places.at.from ?? [0, 0];
  return drawGrid({
    key: 'in',
    shape,
    x,
    y,
    cell: places.cell,
    origin: subject.inputOrigin,
    tensor,
    ink: tensor,
    title: wordsOf(`${marked(tagOf(from), from.title)}  <f>${sizeName(shape)}</f>`),
    look: (place, flat): CellLook => {
      const isNow = at.kind === 'stamp' && same(stamp.input, place);
      return {
        value: subject.input.data[flat],
        fill: isNow ? `${tensor}-strong` : focus.isLit(tensor, place) ? `${tensor}-tint` : undefined,
        ink: isNow ? tensor : 'ink',
        bold: isNow,
        ring: isNow || same(focus.followed(tensor), place) ? tensor : undefined,
        heavy: true,
      };
    },
  });
}

/** The tap that makes the followed output of this stamp, if one does. */
function followedTap({ told, landed, speaksOf }: Step): number | undefined {
  const { derived } = told;
  if (!speaksOf) return undefined;
  const canvas = plus(speaksOf, derived.crop);
  return landed.get(canvas.reduce((flat, at, axis) => flat * derived.canvas[axis] + at, 0));
}

function kernelFigure(step: Step): Figure {
  const { told, at, places, focus } = step;
  const { weight, plan } = told.subject;
  const shape = plan.weightShape.slice(2);
  const tap = at.kind === 'stamp' ? followedTap(step) : undefined;
  const ofStamp = focus.followed(told.from.tensor) !== undefined;
  const [x, y] = places.at.kernel ?? [0, 0];
  return drawGrid({
    key: 'w',
    shape,
    x,
    y,
    cell: places.cell,
    origin: shape.map(() => 0),
    tensor: 'weight',
    ink: 'kernel',
    title: wordsOf(`<k>${told.strings.kernel}</k>  <f>${sizeName(shape)}</f>`),
    look: (place, flat): CellLook => ({
      value: weight.data[flat],
      // A stamp takes part with all of the kernel: what is followed on its own is told apart.
      fill: flat === tap || (!ofStamp && focus.isLit('weight', place)) ? 'kernel-strong' : 'kernel-tint',
      dim: weight.data[flat] === 0,
      bold: flat === tap,
      ring: flat === tap || same(focus.followed('weight'), place) ? 'kernel' : undefined,
      heavy: true,
    }),
  });
}

function stampFigure(step: Step): Figure | undefined {
  const { told, at, places, stamp } = step;
  if (!places.at.stamp) return undefined;
  const { weight, plan } = told.subject;
  const shape = plan.weightShape.slice(2);
  const tap = at.kind === 'stamp' ? followedTap(step) : undefined;
  const tag = tagOf(told.from);
  const [x, y] = places.at.stamp;
  return drawGrid({
    key: 'stamp',
    shape,
    x,
    y,
    cell: places.cell,
    origin: shape.map(() => 0),
    ink: 'kernel',
    title: wordsOf(`<k>${told.strings.stamp}</k>  ${marked(tag, brief(stamp.value))}<f> · ${told.strings.kernel}</f>`),
    motion: at.kind === 'stamp' && at.within === 0 ? { appears: 'at once' } : undefined,
    look: (_, flat): CellLook => ({
      value: stamp.products[flat],
      fill: stamp.products[flat] === 0 ? 'kernel-tint' : 'kernel-strong',
      opacity: at.kind === 'stamp' ? undefined : LATER,
      dim: stamp.products[flat] === 0,
      below: wordsOf(`${marked(tag, brief(stamp.value))}·${marked('k', brief(weight.data[flat]))}`),
      bold: flat === tap,
      ring: flat === tap ? 'kernel' : undefined,
      heavy: true,
    }),
  });
}

function signs({ places }: Step, source: Figure, kernel: Figure): readonly Shape[] {
  const between = (sign: string, left: Figures, figure: Figure, right: Figures): readonly Shape[] => {
    const [from, to] = [places.at[left], places.at[right]];
    if (!from || !to || from[1] !== to[1]) return [];
    return [signOf(sign, (from[0] + figure.width + to[0]) / 2 + 4, from[1] + figure.height / 2 + 14)];
  };
  return [...between('×', 'from', source, 'kernel'), ...between('=', 'kernel', kernel, 'stamp')];
}
