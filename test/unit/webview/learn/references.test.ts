// The lessons on worked examples of the references: what a reader sees there is what these print where they are right,
// and what the definition gives where they are not. Which text prints what: the tests beside it in core/derive.
import assert from 'node:assert/strict';
import { cellEquation } from '../../../../src/core/derive/symbols';
import { deriveSize } from '../../../../src/core/derive/size';
import { unicodeOf } from '../../../../src/core/derive/printSymbols';
import { type ElementOf, flatIndex } from '../../../../src/core/explain/readout';
import { contributionsOf } from '../../../../src/core/explain/contributions';
import { subjectOf } from '../../../../src/core/derive/subject';
import { windowOf } from '../../../../src/core/derive/window';
import { gather } from '../../../../src/core/kernels/gather';
import { findLesson } from '../../../../src/core/learn/lessons';
import type { LessonId } from '../../../../src/core/learn/tasks';
import type { Tensor } from '../../../../src/core/operation';
import type { Plan } from '../../../../src/core/plan';
import { applyEdit } from '../../../../src/core/state/applyEdit';
import type { InspectorDocument } from '../../../../src/core/state/document';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';
import { elementCount, zeros } from '../../../../src/core/tensor/tensor';
import { STRINGS } from '../../../../src/protocol/strings';
import { restoreView } from '../../../../webview/state/restoreView';
import { factsOf } from '../../../../webview/state/facts';
import { plainText } from '../../../../webview/drawing/words';
import { zeroInsertionFilm } from '../../../../webview/views/zeroInsertion/film';
import { NOTHING, ROOM } from '../views/steps/filmed';

interface Begun {
  readonly document: InspectorDocument;
  readonly plan: Plan;
}

function planned(document: InspectorDocument): Begun {
  const resolution = resolveDocument(document);
  assert.ok(resolution.ok);
  return { document, plan: resolution.plan };
}

function begun(id: LessonId): Begun {
  const lesson = findLesson(id);
  assert.ok(lesson);
  return planned(lesson.build());
}

const outputOf = ({ document, plan }: Begun): Tensor => gather(plan, document.input, document.weight);
const sharing = (plan: Plan): readonly string[] =>
  factsOf(plan, false, STRINGS, 'en')
    .slice(-3)
    .map(({ name, text }) => `${name}: ${text}`);

describe('reference 2, as lessons', () => {
  it('from 1,024 to 32,768 numbers a fully connected layer has 33,554,432 weights; this one 524,288', () => {
    const { plan } = begun('full-matrix');
    assert.deepEqual([elementCount(plan.inputShape), elementCount(plan.outputShape)], [1024, 32_768]);
    assert.equal(elementCount(plan.weightShape), 524_288);
    assert.ok(sharing(plan).includes(`${STRINGS.fullyConnected}: 33,554,432`), sharing(plan).join('\n'));
  });

  it('k 4, s 4 puts one pixel’s colour in every output; at s 2 red and green are yellow where they meet', () => {
    const first = begun('no-overlap');
    const { plan } = first;
    for (let at = 0; at < plan.outputArea; at++) {
      const index = [0, 0, Math.floor(at / 16), at % 16];
      const seen = contributionsOf(plan, { tensor: 'output', index }, Infinity).list.map(({ input }) =>
        input.slice(2).join(),
      );
      assert.equal(new Set(seen).size, 1, `${index.join()} is of ${seen.join(' and ')}`);
    }
    const store = { limit: 2 ** 24, allocate: zeros };
    const edited = applyEdit(store, first.document, { kind: 'setParameter', field: 'stride', value: 2 });
    const { data, shape } = outputOf(planned(edited.document));
    const pixel = (column: number): number[] =>
      [0, 1, 2].map((channel) => data[flatIndex(shape, [0, channel, 0, column])]);
    assert.deepEqual(
      [pixel(1), pixel(2), pixel(4)],
      [
        [255, 0, 0],
        [255, 255, 0],
        [0, 255, 255],
      ],
    );
  });
});

describe('reference 3, as lessons', () => {
  it('a million pixels and as many neurons: 10¹² weights, 10⁸ of 10×10 each, 100 that are shared', () => {
    const { plan } = begun('shared-weights');
    assert.deepEqual([plan.inputArea, plan.outputArea], [1e6, 1e6]);
    const [shared, own, all] = sharing(plan);
    assert.match(shared, /\b100\b.*\b1,000,000\b/);
    assert.match(own, /\b100,000,000$/);
    assert.match(all, /: 10¹²$/);
  });

  it('the sum that it prints with one product has two, in its own letters', () => {
    const { plan } = begun('missing-terms');
    const { formula } = restoreView(findLesson('missing-terms')?.view);
    const sum = (...place: number[]): string =>
      unicodeOf(cellEquation(plan, [0, 0, ...place], false, 9), plan, formula).replaceAll('·', '');
    assert.equal(sum(2, 0), 'x₈ = w₂,₀y₀ + w₁,₀y₂');
    assert.equal(sum(1, 1), 'x₅ = w₁,₁y₀ + w₁,₀y₁ + w₀,₁y₂ + w₀,₀y₃');
  });
});

describe('reference 5, as a lesson', () => {
  it('its second step makes 6×6 of the 2×2, and the recipe ends with the 4×4 that it prints', () => {
    const { document, plan } = begun('around');
    const window = windowOf(plan, { batch: 0, from: 0, to: 0 }, undefined);
    assert.ok(window);
    const output = outputOf({ document, plan });
    assert.deepEqual([...output.data], [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3]);
    const at: ElementOf = (tensor, index) => {
      const of = { input: document.input, weight: document.weight, bias: document.bias, output }[tensor];
      assert.ok(of);
      return of.data[flatIndex(of.shape, index)];
    };
    const film = zeroInsertionFilm('own', subjectOf(plan, window, 'float32', at, false), STRINGS);
    assert.match(
      plainText(film.frame(1, ROOM, NOTHING).numbers).replaceAll('\u00a0', ' '),
      /^2×2 becomes 6×6: 2 \+ 2·2/,
    );
  });
});

describe('references 1, 2 and 4, as a lesson', () => {
  it('the size without a floor: of 6 under k 3, s 2 two places, and one element is left over', () => {
    const { plan } = begun('no-floor');
    for (const axis of plan.axes) {
      const { result, rest } = deriveSize('conv', axis);
      assert.deepEqual([result, rest], [2, 1]);
    }
  });
});
