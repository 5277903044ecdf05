import assert from 'node:assert/strict';
import fc from 'fast-check';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import { type Focus, type Frame, stepsOf } from '../../../../webview/film/film';
import { broken, wrapped } from '../../../../webview/views/compare/frameworksColumns';
import { frameworksFilm } from '../../../../webview/views/compare/frameworksFilm';
import { anyCase } from '../../core/arbitraries';
import { subjectFor, windowedOn } from '../../core/frameworks/subjects';

const nobody: Focus = { followed: () => undefined, isLit: () => false };
const wide = { width: 1000, height: 600 };
const words = (frame: Frame): readonly [string, string] => [plainText(frame.sentence), plainText(frame.numbers)];
const texts = ({ scene }: Frame): readonly string[] =>
  scene.shapes.flatMap((shape) => (shape.kind === 'text' ? [plainText(shape.words)] : []));

describe('the film of frameworks', () => {
  const { plan, subject } = subjectFor(
    { kind: 'convTranspose', stride: [2], dilation: [1], padding: [1], outputPadding: [1] },
    [3],
    [3],
  );
  const film = frameworksFilm(subject, plan, STRINGS);

  it('says of k 3, s 2, p 1, op 1 who keeps which of the 7', () => {
    const [sentence, numbers] = words(film.frame(0, wide, nobody));
    assert.match(sentence, /^3 inputs stamp 7 positions, and the layer keeps 6\. Who cuts which end\?/);
    const [, all, own, keras] = /^all = ([^:]+): PyTorch \+3 keep ([^;]+); Keras \+4 keep ([^;]+)/.exec(numbers) ?? [];
    assert.ok(keras, numbers);
    assert.equal(own, all.split(' ').slice(1).join(' '));
    assert.equal(keras, all.split(' ').slice(0, 6).join(' '));
  });

  it('names every call in its drawing, and every refusal with the framework’s words', () => {
    const drawn = texts(film.frame(0, { width: 2000, height: 900 }, nobody)).join('\n');
    for (const said of ['padding="same"', 'auto_pad="SAME_LOWER"', 'transpose_kernel=True', 'pad_type="same"'])
      assert.ok(drawn.includes(said), said);
    assert.ok(drawn.includes("conv_transpose1d(): argument 'padding' (position 5) must be tuple of ints"));
  });

  it('has a frame at every step of any layer, in any room, and no two shapes of one key', () => {
    fc.assert(
      fc.property(anyCase, fc.constantFrom(300, 519, 700, 1200), fc.nat(40), (given, width, pick) => {
        const subject = windowedOn(given.plan, given);
        if (!subject) return;
        const any = frameworksFilm(subject, given.plan, STRINGS);
        const place = subject.plan.axes.map(({ output }) => pick % output);
        const followed: Focus = { followed: (tensor) => (tensor === 'output' ? place : undefined), isLit: () => false };
        for (let step = 0; step < stepsOf(any); step++) {
          const { scene, sentence } = any.frame(step, { width, height: 500 }, pick % 2 ? followed : nobody);
          const keys = scene.shapes.map(({ key }) => key);
          assert.equal(
            new Set(keys).size,
            keys.length,
            keys.find((key, at) => keys.indexOf(key) !== at),
          );
          assert.ok(sentence.length > 0);
          for (const shape of scene.shapes)
            if (shape.kind === 'rect') assert.ok([shape.x, shape.y, shape.width, shape.height].every(Number.isFinite));
        }
      }),
      { numRuns: 120, seed: 20261129 },
    );
  });

  it('says in which order each has the axes of input and kernel, with the shape that makes of this layer’s', () => {
    const square = subjectFor(
      { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1], outputPadding: [1, 1] },
      [3, 3],
      [3, 2],
    );
    const layouts = frameworksFilm(square.subject, square.plan, STRINGS)
      .frame(0, wide, nobody)
      .tables?.find(({ title }) => title === STRINGS.layouts);
    assert.deepEqual(
      layouts?.rows.map(({ cells }) => cells.map(plainText).join(' | ')),
      [
        'PyTorch, Paddle, ONNX Runtime, Core ML | N, C, H, W | I, O, H, W | 1 × 1 × 3 × 2',
        'Keras, TensorFlow, JAX | N, H, W, C | H, W, O, I | 3 × 2 × 1 × 1',
        'JAX, Flax | N, H, W, C | H, W, I, O mirrored | 3 × 2 × 1 × 1',
      ],
    );
  });

  it('marks the followed output in every map of its size', () => {
    const square = subjectFor(
      { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1], outputPadding: [1, 1] },
      [3, 3],
      [3, 3],
    );
    const focus: Focus = { followed: (tensor) => (tensor === 'output' ? [2, 3] : undefined), isLit: () => false };
    const frame = frameworksFilm(square.subject, square.plan, STRINGS).frame(0, wide, focus);
    const rings = frame.scene.shapes.filter(({ key }) => / out:2,3o$/.test(key));
    const maps = frame.scene.shapes.filter(({ key }) => / out-frame0$/.test(key));
    assert.equal(rings.length, maps.length);
    assert.ok(maps.length >= 4);
  });
});

describe('text in a drawing', () => {
  it('is broken behind commas, and between words, into lines no longer than they may be', () => {
    assert.deepEqual(wrapped('padding="SAME", output_shape=[1, 6, 6, 1]', 26), [
      'padding="SAME",',
      'output_shape=[1, 6, 6, 1]',
    ]);
    assert.deepEqual(broken('one two three four', 9), ['one two', 'three', 'four']);
    assert.deepEqual(broken('大小相同移动', 8), ['大小相同', '移动']);
  });
});
