import type { Film } from '../../film/film';
import { signalScene } from './upsamplingSignal';
import { isSignal, tilesScene } from './upsamplingTiles';
import { nameOf, pixelOf, type Told } from './upsamplingTold';
import { overview, sayMethod, tablesOf } from './upsamplingWords';

/** One step for all ways, and one for each. */
export function upsamplingFilm(told: Told): Film {
  const { present, strings } = told;
  return {
    phases: [
      { title: strings.upOverview, steps: [''] },
      ...present.map(({ method }) => ({ title: nameOf(told, method), steps: [''] })),
    ],
    frame(step, room, focus) {
      const now = step > 0 ? present[step - 1] : undefined;
      const pixel = pixelOf(told, focus);
      const scene = isSignal(told) ? signalScene(told, now, pixel, room) : tilesScene(told, now, pixel, room);
      return { scene, ...(now ? sayMethod(told, now) : overview(told)), tables: tablesOf(told, now, pixel) };
    },
  };
}
