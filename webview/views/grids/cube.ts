import type { GridName } from '../../gridName';

const SVG = 'http://www.w3.org/2000/svg';
const SIZE = 110;
/** How far the far edge of the cube is to the right and above, as a share of its own length. */
const LEAN = 0.42;

type Point = readonly [x: number, y: number];

const part = (tag: 'path' | 'circle' | 'svg', attributes: Readonly<Record<string, string>>): SVGElement => {
  const element = document.createElementNS(SVG, tag);
  for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
  return element;
};

/** Where the three cuts of a 3-D tensor lie in it. */
export interface Cube {
  readonly element: SVGElement;
  /** Sizes and indices by z, y, x. */
  show(sizes: readonly number[], at: readonly number[]): void;
}

export function createCube(name: GridName): Cube {
  const element = part('svg', {
    class: `cube ${name}`,
    viewBox: `-4 -4 ${SIZE + 8} ${SIZE + 8}`,
    'aria-hidden': 'true',
  });
  const frame = part('path', { class: 'cube-frame' });
  const planes = [0, 1, 2].map(() => part('path', { class: 'cube-plane' }));
  const place = part('circle', { class: 'cube-place', r: '3' });
  element.append(frame, ...planes, place);
  return {
    element,
    show(sizes, at) {
      const longest = Math.max(...sizes);
      const [z, y, x] = sizes.map((size) => size / longest);
      const unit = SIZE / (Math.max(x, y) + LEAN * z);
      const point = (shares: readonly number[]): Point => [
        (shares[2] * x + shares[0] * z * LEAN) * unit,
        (shares[1] * y + (1 - shares[0]) * z * LEAN) * unit,
      ];
      const path = (corners: readonly (readonly number[])[]): string =>
        `M${corners.map((corner) => point(corner).join(' ')).join('L')}Z`;
      const face = (axis: number, share: number): string => {
        const [one, other] = [0, 1, 2].filter((each) => each !== axis);
        return path(
          [
            [0, 0],
            [0, 1],
            [1, 1],
            [1, 0],
          ].map(([a, b]) => {
            const corner = [0, 0, 0];
            corner[axis] = share;
            corner[one] = a;
            corner[other] = b;
            return corner;
          }),
        );
      };
      const shares = at.map((index, axis) => (index + 0.5) / sizes[axis]);
      frame.setAttribute('d', [0, 1, 2].flatMap((axis) => [face(axis, 0), face(axis, 1)]).join(''));
      planes.forEach((plane, axis) => plane.setAttribute('d', face(axis, shares[axis])));
      const [left, top] = point(shares);
      place.setAttribute('cx', String(left));
      place.setAttribute('cy', String(top));
    },
  };
}
