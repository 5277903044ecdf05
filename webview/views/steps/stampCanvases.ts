import { format } from '../../../src/core/problem';
import { type CellLook, drawGrid, type Figure } from '../../drawing/gridFigure';
import type { Ink, Shape, Words } from '../../drawing/scene';
import { marked, run, wordsOf } from '../../drawing/words';
import { signOf } from '../../film/layout';
import { brief, plus, same, unflat } from '../../film/naming';
import { moving } from './moving';
import { landsOn } from './overlapAddWords';
import { outputPlace, placeInTensor, tagOf } from './stamping';
import { LATER, type Step } from './stampStep';

/** What was, what lands, and what becomes of it; or the last alone. */
export function canvases(step: Step, stamped: Figure | undefined): readonly Shape[] {
  const { told, at, places, index, done } = step;
  const { strings, derived, onto, texts } = told;
  const tag = tagOf(onto);
  const ofAll = done === 0 ? strings.noStampYet : format(strings.afterStampOf, [done, derived.stamps.length]);
  const soFar = Math.min(done, index);
  const title = at.kind === 'result' || at.kind === 'start' ? '' : `  <f>${ofAll}</f>`;
  const now = canvasFigure(step, 'now', wordsOf(`${marked(tag, onto.title)}${title}`), (flat, place) =>
    nowLook(step, flat, place),
  );
  const before = canvasFigure(
    step,
    'before',
    wordsOf(
      `${marked(tag, texts.soFar)}  <f>${soFar === 0 ? strings.noStampYet : format(strings.afterStamp, [soFar])}</f>`,
    ),
    (flat, place) => beforeLook(step, flat, place),
  );
  const range = at.kind === 'stamp' ? `  <f>${landsOn(told, index)}</f>` : '';
  const land = canvasFigure(step, 'land', wordsOf(`<k>${strings.lands}</k>${range}`), (flat, place) =>
    landLook(step, flat, place),
  );
  const shapes: Shape[] = [];
  const falls = at.kind === 'stamp' && at.within === 1 && stamped !== undefined;
  for (const [figure, key] of [
    [before, 'before'],
    [land, 'land'],
    [now, 'now'],
  ] as const) {
    if (!figure) continue;
    shapes.push(
      ...(falls && key === 'land'
        ? moving(figure.shapes, key, (cell) => fall(step, figure, stamped, cell))
        : figure.shapes),
    );
  }
  shapes.push(...landingOutline(step, before ?? now, before ? undefined : stamped));
  const [beforeAt, landAt, nowAt] = [places.at.before, places.at.land, places.at.now];
  if (before && land && beforeAt && landAt && nowAt && beforeAt[1] === landAt[1]) {
    shapes.push(signOf('+', (beforeAt[0] + before.width + landAt[0]) / 2 + 6, landAt[1] + land.height / 2 + 14));
    shapes.push(signOf('=', (landAt[0] + land.width + nowAt[0]) / 2 + 6, landAt[1] + land.height / 2 + 14));
  }
  return shapes;
}

/** How far a landed cell has come: from its place in the stamp. */
function fall(
  { told, landed }: Step,
  land: Figure,
  stamped: Figure,
  cell: string,
): readonly [number, number] | undefined {
  const place = cell.split(',').map(Number);
  const { canvas } = told.derived;
  const tap = landed.get(place.reduce((flat, at, axis) => flat * canvas[axis] + at, 0));
  if (tap === undefined) return undefined;
  const [fromX, fromY] = stamped.at(unflat(told.subject.plan.weightShape.slice(2), tap));
  const [toX, toY] = land.at(place);
  return [fromX - toX, fromY - toY];
}

function canvasFigure(
  { told, places }: Step,
  key: 'before' | 'land' | 'now',
  title: Words,
  look: (flat: number, place: readonly number[]) => CellLook,
): Figure | undefined {
  const corner = places.at[key];
  if (!corner) return undefined;
  const { derived, subject, onto } = told;
  return drawGrid({
    key,
    shape: derived.canvas,
    x: corner[0],
    y: corner[1],
    cell: places.cell,
    origin: plus(
      derived.crop.map((cut) => -cut),
      subject.outputOrigin,
    ),
    tensor: onto.tensor,
    placeOf: (place) => {
      const output = outputPlace(told, place);
      return output && placeInTensor(onto, output);
    },
    ink: onto.tensor,
    title,
    look: (place, flat) => look(flat, place),
  });
}

const isFollowed = ({ told, speaksOf }: Step, place: readonly number[]): boolean => {
  const output = outputPlace(told, place);
  return speaksOf !== undefined && output !== undefined && same(speaksOf, output);
};

function beforeLook(step: Step, flat: number, place: readonly number[]): CellLook {
  const { told, at, index, landed } = step;
  const value = told.derived.after(at.kind === 'stamp' ? index : at.kind === 'start' ? 0 : told.derived.stamps.length)[
    flat
  ];
  const { tensor } = told.onto;
  return {
    value,
    fill: value === 0 ? undefined : `${tensor}-tint`,
    opacity: at.kind === 'stamp' ? undefined : LATER,
    dim: value === 0,
    hatched: outputPlace(told, place) === undefined,
    ring: landed.has(flat) && at.kind === 'stamp' && isFollowed(step, place) ? tensor : undefined,
    heavy: true,
  };
}

function landLook(step: Step, flat: number, place: readonly number[]): CellLook {
  const { told, at, stamp, landed } = step;
  const hatched = outputPlace(told, place) === undefined;
  const opacity = at.kind === 'stamp' ? undefined : LATER;
  const tap = landed.get(flat);
  if (tap === undefined || at.kind === 'start' || (at.kind === 'stamp' && at.within === 0)) return { hatched, opacity };
  return {
    value: stamp.products[tap],
    fill: stamp.products[tap] === 0 ? 'kernel-tint' : 'kernel-strong',
    opacity,
    hatched,
    ring: isFollowed(step, place) ? 'kernel' : undefined,
    heavy: true,
  };
}

function nowLook(step: Step, flat: number, place: readonly number[]): CellLook {
  const { told, at, stamp, landed, done, index } = step;
  const { derived } = told;
  const { tensor } = told.onto;
  const tap = landed.get(flat);
  const joins = at.kind === 'stamp' && at.within === 2 && tap !== undefined;
  const [before, value] = [derived.after(index)[flat], derived.after(done)[flat]];
  const adds = joins && stamp.products[tap] !== 0;
  const written = value !== 0 || (joins && before !== 0);
  const isCut = outputPlace(told, place) === undefined;
  const fill: Ink | undefined = adds ? `${tensor}-strong` : written ? `${tensor}-tint` : undefined;
  return {
    value,
    fill,
    opacity: (at.kind === 'crop' || at.kind === 'result') && isCut ? LATER : undefined,
    dim: value === 0,
    hatched: isCut,
    bold: adds,
    below: adds ? [run(`${brief(before)}+`), run(brief(stamp.products[tap]), 'kernel', true)] : undefined,
    ring: isFollowed(step, place) ? tensor : undefined,
    heavy: true,
  };
}

/** Where the stamp lands, dashed, on every slice that it reaches; with a dilation, the cells one by one. */
function landingOutline(step: Step, canvas: Figure | undefined, slidesFrom: Figure | undefined): readonly Shape[] {
  const { told, at, landed, places } = step;
  if (!canvas || at.kind !== 'stamp') return [];
  const { derived, subject } = told;
  const apart = subject.plan.axes.some(({ dilation }) => dilation > 1);
  const groups = new Map<string, (readonly [number, number])[]>();
  for (const flat of landed.keys()) {
    const place = unflat(derived.canvas, flat);
    const group = apart ? String(flat) : place.length > 2 ? String(place[0]) : '';
    groups.set(group, [...(groups.get(group) ?? []), canvas.at(place)]);
  }
  const first = canvas.at(unflat(derived.canvas, [...landed.keys()][0]));
  const start = slidesFrom?.at(subject.plan.axes.map(() => 0));
  const slides = start && at.within === 1 && !apart;
  return [...groups].map(([group, corners]): Shape => {
    const [xs, ys] = [corners.map(([x]) => x), corners.map(([, y]) => y)];
    return {
      kind: 'rect',
      key: `lands-on${group}`,
      x: Math.min(...xs),
      y: Math.min(...ys),
      width: Math.max(...xs) - Math.min(...xs) + places.cell,
      height: Math.max(...ys) - Math.min(...ys) + places.cell,
      stroke: 'kernel',
      weight: 1.5,
      dashed: true,
      motion: slides ? { from: [start[0] - first[0], start[1] - first[1]] } : undefined,
    };
  });
}
