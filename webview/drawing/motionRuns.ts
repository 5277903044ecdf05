import { sameMotion } from './sameShape';
import type { Motion, Shape } from './scene';

/** Shapes one after another that move alike, or that all stand still. */
export interface Run {
  /** Names the same movement of a scene while it lasts, whatever else is added to it. Nothing for what stands. */
  readonly key?: string;
  readonly motion?: Motion;
  readonly shapes: readonly Shape[];
}

/** Splits a scene where the movement changes: what moves alike is one layer, painted once and then only placed. */
export function motionRuns(shapes: readonly Shape[]): readonly Run[] {
  const runs: { key?: string; motion?: Motion; shapes: Shape[] }[] = [];
  const counts = new Map<string, number>();
  for (const shape of shapes) {
    const { motion } = shape;
    const last = runs.at(-1);
    if (last && sameMotion(last.motion, motion)) {
      last.shapes.push(shape);
      continue;
    }
    if (!motion) {
      runs.push({ shapes: [shape] });
      continue;
    }
    const text = JSON.stringify(motion);
    const before = counts.get(text) ?? 0;
    counts.set(text, before + 1);
    runs.push({ key: `${text} ${before}`, motion, shapes: [shape] });
  }
  return runs;
}
