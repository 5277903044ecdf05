import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { motionRuns } from '../../../../webview/drawing/motionRuns';
import { sameShape } from '../../../../webview/drawing/sameShape';
import type { Areas, Dot, Label, Line, Motion, Pixels, Rect, Shape } from '../../../../webview/drawing/scene';

const base = {
  key: 'a',
  opacity: 0.5,
  motion: { from: [1, 2] },
  at: { tensor: 'input', index: [0, 0, 1] },
} as const;
// With every field that there is: a field that is added must be added here, and then be looked at.
const rect: Required<Rect> = {
  ...base,
  kind: 'rect',
  x: 1,
  y: 2,
  width: 3,
  height: 4,
  fill: 'input',
  stroke: 'line',
  weight: 1,
  dashed: true,
  hatched: true,
};
const text: Required<Label> = {
  ...base,
  kind: 'text',
  x: 1,
  y: 2,
  words: [{ text: '3', ink: 'input', bold: true, sub: false }],
  size: 12,
  anchor: 'end',
  mono: true,
};
const line: Required<Line> = {
  ...base,
  kind: 'line',
  points: [
    [0, 1],
    [2, 3],
  ],
  stroke: 'line',
  fill: 'input',
  weight: 1,
  dashed: true,
  arrow: true,
  curved: true,
};
const dot: Required<Dot> = { ...base, kind: 'dot', x: 1, y: 2, radius: 3, stroke: 'zero' };
const areas: Required<Areas> = { ...base, kind: 'areas', boxes: [[1, 2, 3, 4]], fill: 'input' };
const pixels: Required<Pixels> = {
  ...base,
  kind: 'pixels',
  x: 1,
  y: 2,
  width: 3,
  height: 4,
  address: 'data:,',
  plane: { tensor: 'input', leading: [0, 0], first: [0], cells: [4] },
};

/** Other values than a sample has, one after another. */
function othersOf(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [value + 1];
  if (typeof value === 'boolean') return [!value];
  if (typeof value === 'string') return [`${value}!`];
  if (Array.isArray(value)) {
    const all: readonly unknown[] = value;
    return [[], ...all.flatMap((each, at) => othersOf(each).map((other) => all.with(at, other)))];
  }
  const record = value as Readonly<Record<string, unknown>>;
  return Object.entries(record).flatMap(([name, each]) =>
    othersOf(each).map((other) => ({ ...record, [name]: other })),
  );
}

describe('what a step of a film changes', () => {
  for (const shape of [rect, text, line, dot, areas, pixels] as readonly Required<Shape>[])
    it(`is noticed in every field of shapes of the kind ${shape.kind}`, () => {
      assert.ok(sameShape(shape, structuredClone(shape)));
      for (const [name, value] of Object.entries(shape)) {
        if (name === 'motion' || name === 'kind') continue;
        for (const other of othersOf(value)) {
          const changed = { ...shape, [name]: other } as Shape;
          assert.ok(!sameShape(shape, changed) && !sameShape(changed, shape), `${name}: ${JSON.stringify(other)}`);
        }
      }
    });

  it('is another kind of shape', () => {
    const shapes: readonly Shape[] = [rect, text, line, dot, areas, pixels];
    for (const one of shapes) for (const other of shapes) assert.equal(sameShape(one, other), one === other);
  });

  it('is not how a shape came to where it is', () => {
    for (const motion of [undefined, { from: [5, 5] }, { appears: 'at once' }] as const)
      assert.ok(sameShape(rect, { ...rect, motion }));
  });
});

describe('layers of a drawing', () => {
  const moving = (key: string, motion?: Motion): Shape => ({
    kind: 'dot',
    key,
    x: 0,
    y: 0,
    radius: 1,
    stroke: 'ink',
    motion,
  });
  const from = (dx: number): Motion => ({ from: [dx, 0] });
  const keysOf = (shapes: readonly Shape[]): readonly (readonly string[])[] =>
    motionRuns(shapes).map((run) => run.shapes.map(({ key }) => key));

  it('hold what follows each other and moves alike, in its order', () => {
    const shapes = [moving('a'), moving('b', from(1)), moving('c', from(1)), moving('d', from(2)), moving('e')];
    assert.deepEqual(keysOf(shapes), [['a'], ['b', 'c'], ['d'], ['e']]);
  });

  it('have a name of their own each, which what is added to the drawing does not change', () => {
    const shapes = [moving('a', from(1)), moving('b'), moving('c', from(1)), moving('d', { appears: 'at rest' })];
    const namesOf = (of: readonly Shape[]): readonly string[] => motionRuns(of).flatMap(({ key }) => key ?? []);
    const names = namesOf(shapes);
    assert.equal(new Set(names).size, 3);
    assert.deepEqual(namesOf([moving('z', from(1)), ...shapes, moving('y')]), names);
  });

  it('tell movements apart by each of their parts', () => {
    const motions: readonly Motion[] = [
      { from: [1, 0] },
      { from: [0, 1] },
      { turn: { degrees: 180, about: [1, 1] } },
      { turn: { degrees: 90, about: [1, 1] } },
      { turn: { degrees: 180, about: [1, 2] } },
      { appears: 'at once' },
      { appears: 'at rest' },
    ];
    assert.equal(motionRuns(motions.map((motion, at) => moving(String(at), motion))).length, motions.length);
  });
});
