import assert from 'node:assert/strict';
import type { Cell } from '../../../../src/core/explain/contributions';
import type { Scene, Shape } from '../../../../webview/drawing/scene';
import { plainText } from '../../../../webview/drawing/words';
import { type Film, type Focus, type Frame, type Room, stepsOf } from '../../../../webview/film/film';

export const WIDE: Room = { width: 900, height: 520 };
/** Wide, narrow, and with room for nothing. */
export const ROOMS: readonly Room[] = [WIDE, { width: 400, height: 700 }, { width: 120, height: 60 }];

export const nothing: Focus = { followed: () => undefined, isLit: () => false };

/** One cell is followed, and alone is lit. */
export const following = (cell: Cell): Focus => ({
  followed: (tensor) => (tensor === cell.tensor ? cell.index : undefined),
  isLit: (tensor, place) => tensor === cell.tensor && place.join() === cell.index.join(),
});

/** The film's frames, each as it is in a room; of a long film its beginning, its end and some between. */
export function framesOf(film: Film, room: Room, focus: Focus = nothing): readonly Frame[] {
  const all = stepsOf(film);
  const every = Math.max(1, Math.ceil(all / 12));
  const steps = Array.from({ length: all }, (_, step) => step);
  return steps
    .filter((step) => step < 6 || step >= all - 2 || step % every === 0)
    .map((step) => film.frame(step, room, focus));
}

export const said = ({ sentence, numbers }: Frame): readonly [string, string] => [
  plainText(sentence),
  plainText(numbers),
];

/** What is written in the cells of a grid, by their places: `0,1` → `5`. */
export function written({ shapes }: Scene, grid: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const shape of shapes)
    if (shape.kind === 'text' && shape.key.startsWith(`${grid}:`) && shape.key.endsWith('#'))
      texts.set(shape.key.slice(grid.length + 1, -1), plainText(shape.words));
  return texts;
}

/** Holds for every drawing: keys are unique, all numbers are finite, nothing lies before the edge. */
export function assertDrawn({ scene }: Frame): void {
  const keys = scene.shapes.map(({ key }) => key);
  const twice = keys.filter((key, at) => keys.indexOf(key) !== at);
  assert.deepEqual(twice, []);
  const positionsOf = (shape: Shape): readonly number[] => {
    if (shape.kind === 'line') return shape.points.flat();
    return 'x' in shape ? [shape.x, shape.y] : [];
  };
  for (const shape of scene.shapes)
    for (const value of positionsOf(shape)) assert.ok(Number.isFinite(value) && value >= 0, shape.key);
  assert.ok(Number.isFinite(scene.width) && Number.isFinite(scene.height));
}
