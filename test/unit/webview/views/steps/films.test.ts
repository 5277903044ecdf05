// What holds of every film of steps, whatever the operation: it can be drawn, step by step, and ends at the output.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forEachPosition } from '../../../../../src/core/kernels/positions';
import type { Subject } from '../../../../../src/core/derive/subject';
import type { Shape } from '../../../../../webview/drawing/scene';
import { plainText } from '../../../../../webview/drawing/words';
import { type Film, type Frame, type Room, stepsOf } from '../../../../../webview/film/film';
import { brief } from '../../../../../webview/film/naming';
import { anyCase, cases } from '../../../core/arbitraries';
import { subjectFrom, windowed } from '../../../core/derive/windowed';
import { filmOf, filmsOf, NOTHING, numbersIn, pointingAt } from './filmed';

const ROOMS: readonly Room[] = [
  { width: 900, height: 440 },
  { width: 380, height: 300 },
  { width: 120, height: 60 },
];
const pick = fc.nat(60);
const size = fc.integer({ min: 1, max: 4 });

/** Some steps of a film: the first ones, the last, and some between. */
function someSteps(film: Film): readonly number[] {
  const last = stepsOf(film) - 1;
  const steps = [0, 1, 2, 3, Math.floor(last / 3), Math.floor(last / 2), last - 2, last - 1, last];
  return [...new Set(steps.filter((step) => step >= 0 && step <= last))];
}

const numbersOf = (shape: Shape): readonly number[] => {
  switch (shape.kind) {
    case 'rect':
    case 'pixels':
      return [shape.x, shape.y, shape.width, shape.height, ...(shape.motion?.from ?? [])];
    case 'text':
      return [shape.x, shape.y, shape.size];
    case 'line':
      return shape.points.flat();
    case 'areas':
      return shape.boxes.flat();
    case 'dot':
      return [shape.x, shape.y, shape.radius];
    default: {
      const never: never = shape;
      return never;
    }
  }
};

function isDrawable({ scene, sentence, numbers }: Frame, what: string): void {
  const keys = scene.shapes.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length, `${what}: two shapes have one key`);
  assert.ok(scene.shapes.length > 0 && scene.width > 0 && scene.height > 0, what);
  for (const shape of scene.shapes) assert.ok(numbersOf(shape).every(Number.isFinite), `${what}: ${shape.key}`);
  assert.ok(plainText(sentence).length > 0 && plainText(numbers).length > 0, `${what} says nothing`);
  for (const text of [sentence, numbers])
    assert.doesNotMatch(plainText(text), /undefined|\{\d\}|<\/?[a-z]+>/, `${what} has a hole in its words`);
}

/** Every step of a film can be drawn in every room, and points at cells that there are. */
function canBeDrawn(name: string, film: Film, subject: Subject): void {
  const { inputShape, weightShape, outputShape } = subject.plan;
  const shapes = { input: inputShape.slice(2), weight: weightShape.slice(2), output: outputShape.slice(2) };
  const first = shapes.output.map(() => 0);
  for (const step of someSteps(film))
    for (const [at, room] of ROOMS.entries()) {
      const focus = [NOTHING, pointingAt('output', first), pointingAt('input', first)][at];
      const frame = film.frame(step, room, focus);
      isDrawable(frame, `${name} ${step}`);
      const cells = frame.scene.shapes.flatMap((shape) => shape.at ?? []);
      for (const { tensor, index } of frame.cell ? [...cells, frame.cell] : cells)
        assert.ok(
          index.length === subject.plan.rank &&
            index.every((each, axis) => Number.isInteger(each) && each >= 0 && each < shapes[tensor][axis]),
          `${name} ${step}: there is no ${tensor}[${index.join()}]`,
        );
    }
}

/** Whether a cell has its number written, which then must be right; a cell that is too small has none. */
function isWritten(text: string | undefined, value: number, what: string): boolean {
  const whole = brief(value + 0);
  if (text === undefined || text.length < whole.length) return false;
  assert.equal(text, whole, what);
  return true;
}

describe('films of steps', () => {
  it('can be drawn at every step of any operation, in any room', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(anyCase, size, pick, (given, most, which) => {
        const subject = windowed(given, most, which);
        if (!subject) return;
        for (const [name, film] of filmsOf(subject)) {
          seen.add(name);
          canBeDrawn(name, film, subject);
        }
      }),
      { numRuns: 40, seed: 20261201 },
    );
    assert.deepEqual([...seen].sort(), ['backward', 'gather', 'im2col', 'matrix', 'overlapAdd', 'slidingWindow']);
  });

  it('of a stamp in a low room have the output beside it, not below what is seen', () => {
    const subject = subjectFrom(
      'convTranspose',
      [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 1, 2, 3],
        [4, 5, 6, 7],
      ],
      [
        [1, 2, 1],
        [2, 4, 2],
        [1, 2, 1],
      ],
      { s: 2, p: 1, op: 1 },
    );
    const room = { width: 930, height: 110 };
    const { scene } = filmOf('overlapAdd', subject).frame(1, room, NOTHING);
    const tops = scene.shapes.flatMap((shape) =>
      shape.kind === 'rect' && shape.at?.tensor === 'output' ? [shape.y] : [],
    );
    assert.ok(tops.length > 0 && Math.min(...tops) + 2 * 22 <= room.height, `two rows from ${Math.min(...tops)} on`);
    assert.ok(scene.width <= room.width, String(scene.width));
  });

  it('can be drawn of NaN and of infinities', () => {
    const values = [
      [NaN, Infinity, 1e-300],
      [-Infinity, -0, 1.23456789e30],
      [0.1, -2, 3],
    ];
    for (const kind of ['conv', 'convTranspose'] as const) {
      const subject = subjectFrom(kind, values, [
        [Infinity, 0],
        [-1e-9, 2],
      ]);
      for (const [name, film] of filmsOf(subject)) canBeDrawn(name, film, subject);
    }
  });

  it('end with the output that the definition gives, in every cell', () => {
    let checked = 0;
    fc.assert(
      fc.property(anyCase, pick, (given, which) => {
        const subject = windowed(given, 3, which);
        if (!subject) return;
        for (const [name, film] of filmsOf(subject)) {
          if (name === 'backward') continue;
          const { scene } = film.frame(stepsOf(film) - 1, { width: 3000, height: 3000 }, NOTHING);
          const canvas = numbersIn(scene, name === 'overlapAdd' ? 'now' : 'out');
          const offset = name === 'overlapAdd' ? subject.plan.axes.map(({ padBegin }) => padBegin) : undefined;
          forEachPosition(subject.plan.outputShape.slice(2), (place, flat) => {
            const key = place.map((at, axis) => at + (offset?.[axis] ?? 0)).join();
            if (isWritten(canvas.get(key), subject.part.data[flat], `${name} at ${place.join()}`)) checked++;
          });
        }
      }),
      { numRuns: 60, seed: 7 },
    );
    assert.ok(checked > 1000, String(checked));
  });

  it('of the way back end with the gradient of the input, in every cell', () => {
    let checked = 0;
    fc.assert(
      fc.property(cases('conv'), pick, (given, which) => {
        const subject = windowed(given, 3, which);
        if (!subject) return;
        const film = filmOf('backward', subject);
        const last = film.frame(stepsOf(film) - 1, { width: 3000, height: 3000 }, NOTHING);
        const folded = subject.plan.paddingMode !== 'zeros';
        const found = numbersIn(last.scene, folded ? 'folded' : 'now');
        // Its own definition: every tap of every output that reads an input gives it gradient times weight.
        const { plan } = subject;
        const expected = new Map<string, number>();
        forEachPosition(plan.outputShape.slice(2), (output, flat) => {
          forEachPosition(plan.weightShape.slice(2), (tap, tapFlat) => {
            const read = plan.axes.map(({ stride, dilation, padBegin, input }, axis) => {
              const at = output[axis] * stride + tap[axis] * dilation - padBegin;
              if (at >= 0 && at < input) return at;
              return {
                zeros: -1,
                replicate: at < 0 ? 0 : input - 1,
                reflect: at < 0 ? -at : 2 * (input - 1) - at,
                circular: at < 0 ? at + input : at - input,
              }[plan.paddingMode];
            });
            if (read.includes(-1)) return;
            const gives = subject.output.data[flat] * subject.weight.data[tapFlat];
            expected.set(read.join(), (expected.get(read.join()) ?? 0) + gives);
          });
        });
        const begin = plan.axes.map(({ padBegin }) => (folded ? 0 : padBegin));
        forEachPosition(plan.inputShape.slice(2), (place) => {
          const key = place.map((at, axis) => at + begin[axis]).join();
          if (isWritten(found.get(key), expected.get(place.join()) ?? 0, place.join())) checked++;
        });
      }),
      { numRuns: 60, seed: 11 },
    );
    assert.ok(checked > 300, String(checked));
  });
});
