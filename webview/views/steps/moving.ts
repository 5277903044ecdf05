import type { Motion, Shape } from '../../drawing/scene';

/** Lets the cells of a figure come from elsewhere: `from` says from how far, by what follows the figure's key. */
export function moving(
  shapes: readonly Shape[],
  key: string,
  from: (cell: string) => readonly [dx: number, dy: number] | undefined,
): readonly Shape[] {
  return shapes.map((shape): Shape => {
    if (!shape.key.startsWith(`${key}:`)) return shape;
    const offset = from(shape.key.slice(key.length + 1).replace(/[#.~o]$/, ''));
    const motion: Motion | undefined = offset && { from: offset };
    return motion ? { ...shape, motion } : shape;
  });
}
