import type { Scene, Shape } from '../../drawing/scene';

function cornerOf(shape: Shape): readonly [number, number] {
  if (shape.kind === 'areas') return [shape.boxes[0][0], shape.boxes[0][1]];
  return shape.kind === 'line' ? shape.points[0] : [shape.x, shape.y];
}

/** The same scene, where each shape that stood elsewhere in the one before slides from there. */
export function slideFrom(before: Scene, after: Scene): Scene {
  const places = new Map(before.shapes.map((shape) => [shape.key, cornerOf(shape)]));
  return {
    ...after,
    shapes: after.shapes.map((shape) => {
      const from = places.get(shape.key);
      const [x, y] = cornerOf(shape);
      if (!from) return { ...shape, motion: { appears: 'at once' } };
      if (from[0] === x && from[1] === y) return shape;
      return { ...shape, motion: { from: [from[0] - x, from[1] - y] } };
    }),
  };
}
