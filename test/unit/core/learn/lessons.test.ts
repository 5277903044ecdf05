// Each task is looked at three times: as the lesson begins, after a wrong try, and after a right one.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Cell } from '../../../../src/core/explain/contributions';
import { firstPixelKernels, phasePixelKernels } from '../../../../src/core/derive/pixelMaps';
import { CHAPTER_TITLES, type Lesson, lessonOf } from '../../../../src/core/learn/lesson';
import { findLesson, LESSONS } from '../../../../src/core/learn/lessons';
import { type LessonId, TASKS } from '../../../../src/core/learn/tasks';
import type { Work } from '../../../../src/core/learn/work';
import { applyEdit } from '../../../../src/core/state/applyEdit';
import type { InspectorDocument, PixelKernels } from '../../../../src/core/state/document';
import type { Edit } from '../../../../src/core/state/edits';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';
import { zeros } from '../../../../src/core/tensor/tensor';
import { restoreView } from '../../../../webview/state/restoreView';

/** What a reader does. */
interface Try {
  readonly edits?: readonly Edit[];
  readonly look?: Partial<Pick<Work, 'stage' | 'sub' | 'step' | 'chain'>>;
  readonly pin?: Cell;
}

const store = { limit: 2 ** 24, allocate: zeros };

function workOf(document: InspectorDocument, lesson: Lesson, { look = {}, pin }: Try): Work {
  const resolution = resolveDocument(document);
  const { stage, sub, step, chain } = restoreView(lesson.view);
  return {
    plan: resolution.ok ? resolution.plan : undefined,
    stage,
    sub,
    step,
    chain,
    ...look,
    pinned: pin,
    pixelKernels: document.pixelKernels,
    values: (tensor) => (tensor === 'output' ? undefined : document[tensor]?.data),
  };
}

function isDoneAfter(lesson: Lesson, tried: Try): boolean {
  const document = (tried.edits ?? []).reduce(
    (before, edit) => applyEdit(store, before, edit).document,
    lesson.build(),
  );
  return TASKS[lesson.id](workOf(document, lesson, tried));
}

const along = (field: 'stride' | 'padding' | 'dilation' | 'outputPadding' | 'kernel', value: number): Try => ({
  edits: [{ kind: 'setParameter', field, value }],
});
/** Padding of each axis, the same at all. */
const sides = (begin: number, end: number, rank: number): Edit => ({
  kind: 'setAxes',
  field: 'padding',
  values: Array.from({ length: rank }, () => [begin, end] as const),
});
const noOutputPadding: Edit = { kind: 'setParameter', field: 'outputPadding', value: 0 };
const transposed: Edit = { kind: 'setParameter', field: 'kind', value: 'convTranspose' };
const inputOf = (...spatial: number[]): Edit => ({ kind: 'resize', spatial });
const kernel = (...values: number[]): Try => ({
  edits: [
    {
      kind: 'setCells',
      tensor: 'weight',
      indices: Uint32Array.from(values.keys()),
      values: Float64Array.from(values),
    },
  ],
});
const fill = (edit: Extract<Edit, { kind: 'fill' }>['fill']): Try => ({
  edits: [{ kind: 'fill', tensor: 'weight', fill: edit }],
});
const pin = (tensor: Cell['tensor'], ...index: number[]): Try => ({ pin: { tensor, index } });
const chain = (...lines: string[]): Try => ({ look: { chain: { lines, input: 16 } } });
const and = (one: Try, other: Try): Try => ({
  ...one,
  ...other,
  edits: [...(one.edits ?? []), ...(other.edits ?? [])],
});

/** What the button beside the kernels of a pixel transposed convolution makes of a lesson's own kernel. */
function ownPhases(id: LessonId): PixelKernels | undefined {
  const document = findLesson(id)?.build();
  assert.ok(document);
  const resolution = resolveDocument(document);
  assert.ok(resolution.ok);
  return phasePixelKernels(resolution.plan, document.weight.data);
}

const TRIES: Readonly<Record<LessonId, { readonly wrong: Try; readonly right: Try }>> = {
  window: { wrong: kernel(1, 0, 0, 0, 0, 0, 0, 0, 0), right: kernel(0, 0, 0, 0, 1, 0, 0, 0, 0) },
  turned: { wrong: along('padding', 1), right: { edits: [transposed] } },
  'same-size': { wrong: along('padding', 2), right: along('padding', 1) },
  stride: { wrong: along('stride', 3), right: along('stride', 2) },
  floor: { wrong: { edits: [inputOf(7, 7)] }, right: { edits: [inputOf(6, 6)] } },
  dilation: { wrong: along('kernel', 4), right: along('dilation', 3) },
  groups: {
    wrong: { edits: [{ kind: 'setParameter', field: 'groups', value: 2 }] },
    right: { edits: [{ kind: 'setParameter', field: 'groups', value: 4 }] },
  },
  reach: { wrong: pin('input', 0, 0, 0, 0), right: pin('input', 0, 0, 2, 2) },
  'matrix-row': { wrong: pin('output', 0, 0, 0, 0), right: pin('output', 0, 0, 1, 1) },
  'shared-weights': { wrong: along('kernel', 5), right: and(along('kernel', 5), along('padding', 2)) },
  'full-matrix': { wrong: along('kernel', 32), right: and(along('kernel', 32), along('padding', 0)) },
  'matrix-transposed': { wrong: { edits: [transposed] }, right: { edits: [transposed, inputOf(2, 2)] } },
  'not-an-inverse': { wrong: kernel(0.25, 0.25, 0.25, 0.25), right: kernel(0.5, 0.5, 0.5, 0.5) },
  stamps: { wrong: { look: { stage: 'steps', step: 4 } }, right: { look: { stage: 'steps', step: 5 } } },
  'stride-spreads': { wrong: along('dilation', 2), right: along('stride', 2) },
  'padding-crops': { wrong: along('stride', 1), right: along('padding', 1) },
  'output-padding': { wrong: along('padding', 0), right: along('outputPadding', 1) },
  complement: { wrong: along('padding', 1), right: along('padding', 2) },
  phases: {
    wrong: { look: { stage: 'phases' } },
    right: and(along('kernel', 4), { look: { stage: 'phases' } }),
  },
  checkerboard: { wrong: along('stride', 3), right: along('kernel', 4) },
  holes: { wrong: along('kernel', 5), right: along('dilation', 1) },
  smooth: { wrong: fill({ fill: 'ramp', start: 0, step: 1 }), right: fill({ fill: 'bilinear' }) },
  enlarging: {
    wrong: and(along('kernel', 4), fill({ fill: 'constant', value: 0.25 })),
    right: { edits: [{ kind: 'cure', cure: 'bilinear' }] },
  },
  neighbours: {
    wrong: { edits: [{ kind: 'setPixelKernels', kernels: firstPixelKernels(2) }] },
    right: { edits: [{ kind: 'setPixelKernels', kernels: ownPhases('neighbours') }] },
  },
  'off-by-one': { wrong: along('padding', 0), right: along('outputPadding', 0) },
  twice: { wrong: along('padding', 2), right: along('padding', 1) },
  'which-end': {
    wrong: { edits: [noOutputPadding, sides(1, 0, 2)] },
    right: { edits: [noOutputPadding, sides(0, 1, 2)] },
  },
  vocoder: { wrong: along('padding', 3), right: along('padding', 4) },
  causal: { wrong: { edits: [sides(2, 0, 1)] }, right: { edits: [sides(0, 2, 1)] } },
  'missing-terms': { wrong: pin('output', 0, 0, 1, 1), right: pin('output', 0, 0, 2, 0) },
  'no-overlap': { wrong: along('stride', 3), right: along('stride', 2) },
  around: {
    wrong: { look: { stage: 'zero-insertion', step: 2 } },
    right: { look: { stage: 'zero-insertion', step: 1 } },
  },
  'no-floor': { wrong: along('padding', 1), right: { edits: [inputOf(7, 7)] } },
  ladder: {
    wrong: chain('conv k3 s2 p1', 'tconv k3 s2 p0'),
    right: chain('conv k3 s2 p1', 'tconv k3 s2 p1 op1'),
  },
};

describe('lessons', () => {
  it('are at least twenty, each with an id and a title of its own, chapter by chapter', () => {
    assert.ok(LESSONS.length >= 20);
    assert.equal(new Set(LESSONS.map(({ id }) => id)).size, LESSONS.length);
    assert.equal(new Set(LESSONS.map(({ title }) => title)).size, LESSONS.length);
    const chapters = LESSONS.map(({ chapter }) => chapter).filter((each, at, all) => each !== all[at - 1]);
    assert.deepEqual(chapters, Object.keys(CHAPTER_TITLES));
  });

  it('are as many as there are tasks', () =>
    assert.deepEqual(LESSONS.map(({ id }) => id).sort(), Object.keys(TASKS).sort()));

  for (const lesson of LESSONS) {
    const { wrong, right } = TRIES[lesson.id];
    it(`${lesson.id} is legal, known by its document, and done by the right try alone`, () => {
      const document = lesson.build();
      assert.ok(resolveDocument(document).ok);
      assert.equal(findLesson(lessonOf(document)), lesson);
      assert.equal(isDoneAfter(lesson, {}), false, 'done before anything was tried');
      assert.equal(isDoneAfter(lesson, wrong), false, 'done by a wrong try');
      assert.equal(isDoneAfter(lesson, right), true, 'not done by the right try');
    });
  }

  it('smooth takes any kernel whose parts have equal sums', () => {
    const lesson = findLesson('smooth');
    assert.ok(lesson);
    assert.equal(isDoneAfter(lesson, fill({ fill: 'constant', value: 0.3 })), true);
    assert.equal(isDoneAfter(lesson, fill({ fill: 'constant', value: 0 })), false);
  });

  it('holes takes every kernel and dilation that reach all places', () => {
    const lesson = findLesson('holes');
    assert.ok(lesson);
    assert.equal(isDoneAfter(lesson, along('dilation', 3)), true);
    assert.equal(isDoneAfter(lesson, and(along('dilation', 1), along('kernel', 1))), false);
  });

  it('ladder is not done by a line that is no stage', () => {
    const lesson = findLesson('ladder');
    assert.ok(lesson);
    assert.equal(isDoneAfter(lesson, chain('conv k3 s2 p1', 'tconv k3 s2 p1 op')), false);
  });
});
