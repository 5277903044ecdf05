import assert from 'node:assert/strict';
import fc from 'fast-check';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import type { Operation } from '../../../../src/core/operation';
import { STRINGS } from '../../../../src/protocol/strings';
import { plainText } from '../../../../webview/drawing/words';
import type { Frame } from '../../../../webview/film/film';
import { stepsOf } from '../../../../webview/film/film';
import { artefactsFilm, isShown, tooMuchOf } from '../../../../webview/views/artefacts/film';
import { offersFor } from '../../../../webview/views/artefacts/offers';
import { subKernelsPart } from '../../../../webview/views/phases/film';
import { cases, planOf } from '../../core/arbitraries';
import { planeOf, strided, subjectOfLayer, upsampling } from '../../core/derive/drawn';
import { windowed } from '../../core/derive/windowed';
import { assertDrawn, following, framesOf, nothing, ROOMS, said, WIDE, written } from './scenes';

const COUNT = 0;
const CONSTANT = 1;
const SPECTRUM = 2;
const CURES = 3;

const filmOf = (op: Operation, kernel: readonly (readonly number[])[], size = 4) => {
  const input = planeOf(Array.from({ length: size }, () => new Array<number>(size).fill(1)));
  const subject = subjectOfLayer(op, input, planeOf(kernel));
  return artefactsFilm(subject, planOf(op, subject.input.shape, subject.weight.shape), STRINGS);
};
const kernelOf = (size: number, value = 1): readonly (readonly number[])[] =>
  Array.from({ length: size }, () => new Array<number>(size).fill(value));
const texts = (frame: Frame): readonly string[] =>
  frame.scene.shapes.flatMap((shape) => (shape.kind === 'text' ? [plainText(shape.words)] : []));
const rows = (frame: Frame, title: string): readonly string[] => {
  const table = frame.tables?.find((each) => each.title === title);
  assert.ok(table, title);
  return table.rows.map(({ cells }) => cells.map((cell) => plainText(cell)).join(' | '));
};

describe('the film of artefacts', () => {
  const layer = strided();
  const film = artefactsFilm(layer, layer.plan, STRINGS);

  it('counts the taps of k3 s2 p1 op1 and says what kernel would be even', () => {
    assert.equal(stepsOf(film), 4);
    assert.deepEqual(said(film.frame(COUNT, WIDE, nothing)), [
      'With k 3 and s 2, neighbouring outputs get 1, 2, 4 taps. That is the checkerboard.',
      '◰ 1  ◳ 2  ◱ 2  ◲ 4;  k 4, p 1, op 0: 4 everywhere inside',
    ]);
    const frame = film.frame(COUNT, WIDE, nothing);
    assert.equal(written(frame.scene, 'count').get('1,1'), '4');
    assert.equal(written(frame.scene, 'even').get('2,2'), '4');
    // 8×8: along an axis 1 2 1 2 1 2 1 1, since beyond the last input there is none.
    assert.deepEqual(rows(frame, STRINGS.artefactHistogram), [
      '1 | 25 | 39.06 %',
      '2 | 30 | 46.88 %',
      '4 | 9 | 14.06 %',
    ]);
  });

  it('says of 1 2 1 that it is flat in spite of that, and of ones that they ripple by 133 %', () => {
    const flat = film.frame(CONSTANT, WIDE, nothing);
    assert.deepEqual(said(flat), [
      'An input of ones stays one value away from the border: all phases have the same sum.',
      '◰ 4  ◳ 4  ◱ 4  ◲ 4; ripple 0 %',
    ]);
    const ones = filmOf(upsampling(2, 1, 1), kernelOf(3)).frame(CONSTANT, WIDE, nothing);
    assert.equal(said(ones)[1], '◰ 1  ◳ 2  ◱ 2  ◲ 4; ripple 133 %');
    assert.ok(rows(ones, STRINGS.artefactPhases).at(-1)?.startsWith('ripple | 133 % | 133 % |'));
  });

  it('shows a line at 1/2 of a kernel of ones under k3 s2, and none under k4 s2', () => {
    const three = filmOf(upsampling(2, 1, 1), kernelOf(3)).frame(SPECTRUM, WIDE, nothing);
    assert.equal(said(three)[1], 'at 1/2: |W| / s = 1, beside a mean of 3');
    assert.ok(texts(three).includes('1/2'));
    const four = filmOf(upsampling(2, 1), kernelOf(4)).frame(SPECTRUM, WIDE, nothing);
    assert.deepEqual(said(four), [
      'The kernel lets none of the comb’s lines through but the mean: no checkerboard.',
      'at 1/2: |W| / s = 0, beside a mean of 4',
    ]);
  });

  it('has its numbers in a narrow page, too, where the drawing scrolls', () => {
    const film = filmOf(upsampling(2, 1, 1), kernelOf(3));
    const narrow = film.frame(COUNT, { width: 360, height: 340 }, nothing);
    const wide = film.frame(COUNT, WIDE, nothing);
    for (const panel of ['count', 'even']) {
      assert.equal(written(narrow.scene, panel).size, 64);
      assert.deepEqual([...written(narrow.scene, panel)], [...written(wide.scene, panel)]);
    }
  });

  it('follows the row of what is pointed at', () => {
    const ones = filmOf(upsampling(2, 1, 1), kernelOf(3));
    const even = ones.frame(SPECTRUM, WIDE, following({ tensor: 'output', index: [2, 3] }));
    assert.ok(texts(even).some((text) => text === 'A row of a constant input: out[2,:]'));
    assert.equal(said(even)[1], 'at 1/2: |W| / s = 0.5, beside a mean of 1.5');
  });

  it('says which taps reach an output, and of one that none reaches why', () => {
    const at = film.frame(COUNT, WIDE, following({ tensor: 'output', index: [3, 3] }));
    assert.deepEqual(rows(at, 'out[3,3] is reached by 2 · 2 = 4 taps'), [
      'w[0,0] | 1 | in[2,2]',
      'w[0,2] | 1 | in[2,1]',
      'w[2,0] | 1 | in[1,2]',
      'w[2,2] | 1 | in[1,1]',
    ]);
    const op: Operation = { ...upsampling(2, 0), dilation: [2, 2] };
    const holes = filmOf(op, kernelOf(3));
    const hole = holes.frame(COUNT, WIDE, following({ tensor: 'output', index: [2, 1] }));
    assert.equal(said(hole)[0], '85 of 121 outputs are reached by no tap, whatever the weights.');
    const table = hole.tables?.find(({ title }) => title === 'out[2,1] is reached by nothing');
    assert.equal(
      plainText(table?.note ?? []),
      'axis 1, 5 of 11: stride 2 and dilation 2 share the factor 2, so taps fall on multiples of 2 alone',
    );
  });

  it('tells of the checkerboard, not of what output padding adds beyond the last stamp', () => {
    const frame = filmOf({ ...upsampling(3, 0, 1) }, kernelOf(4)).frame(COUNT, WIDE, nothing);
    assert.match(said(frame)[0], /^With k 4 and s 3, neighbouring outputs get 1, 2, 4 taps/);
    assert.deepEqual(rows(frame, STRINGS.artefactHoles), [
      'axis 0, 1 of 14: output padding reaches beyond the last stamp',
      'axis 1, 1 of 14: output padding reaches beyond the last stamp',
    ]);
  });

  it('shows what each cure makes of it: ICNR and a resize are flat, random weights are not', () => {
    const frame = filmOf(upsampling(2, 1, 1), kernelOf(3)).frame(CURES, WIDE, nothing);
    const [, numbers] = said(frame);
    assert.match(
      numbers,
      /as it is 133 %, k 4, random \d+ %, k 4, ICNR 0 %, resize, conv k 3 0 %, pixel shuffle 133 %/,
    );
    assert.ok(!numbers.includes('random 0 %'));
  });
});

describe('a layer with too many phases', () => {
  it('is not shown step by step, and is told so without working them out', () => {
    const plan = (stride: number, kernel = 3) => planOf(upsampling(stride, 0), [1, 1, 1, 1], [1, 1, kernel, kernel]);
    assert.deepEqual([isShown(plan(2)), isShown(plan(1_000_000))], [true, false]);
    assert.equal(offersFor(plan(1_000_000), STRINGS)[0].text, 'Use k 1000000, p 499999, op 1');
  });

  it('says how many there are, or how many taps the kernel has where it is that', () => {
    const plan = (stride: number, kernel: number) =>
      planOf(upsampling(stride, 0), [1, 1, 1, 1], [1, 1, kernel, kernel]);
    const many = 'A stride of 100 makes 10,000 phases, a small convolution each. They are shown one by one up to 4096.';
    assert.equal(tooMuchOf(plan(100, 3), STRINGS), many);
    assert.equal(subKernelsPart(STRINGS).tooMuch?.(plan(100, 3)), many);
    assert.equal(
      tooMuchOf(plan(2, 301), STRINGS),
      'With the stride dividing it, the kernel of 302 has 91204 taps. They are counted up to 65536.',
    );
  });
});

describe('what is offered against a checkerboard', () => {
  const offers = (op: Operation, input: readonly number[], weight: readonly number[]): readonly string[] =>
    offersFor(planOf(op, input, weight), STRINGS).map(
      ({ text, note, cure }) => `${cure ? '' : '(off) '}${text}: ${note}`,
    );

  it('says the exact size of each', () => {
    assert.deepEqual(offers(upsampling(2, 1, 1), [1, 2, 4, 4], [2, 3, 3, 3]), [
      'Use k 4, p 1, op 0: same size and values: the new taps are 0 until trained',
      'Start with ICNR: the first sub-kernel copied to all others',
      'Resize, then convolve: input 8×8, output 8×8',
      'Same weights as pixel shuffle: conv k 2, 12 channels, output 4×4 before the shuffle by 2',
    ]);
    const odd = offers(upsampling(2, 1), [1, 1, 4, 4], [1, 1, 3, 3]);
    assert.ok(odd[3].endsWith('; crop the end by 1'), odd[3]);
    assert.ok(offers(upsampling(2, 1), [1, 1, 4, 4], [1, 1, 4, 4])[0].startsWith('(off) '));
  });

  it('offers a convolution the way back where its channels divide, and nothing otherwise', () => {
    const conv: Operation = { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1] };
    assert.deepEqual(offers(conv, [1, 2, 4, 4], [8, 2, 3, 3]), [
      'With pixel shuffle 2: as transposed: the way back: k 6, s 2, the weights in their places',
    ]);
    assert.deepEqual(offers(conv, [1, 2, 4, 4], [3, 2, 3, 3]), []);
  });
});

describe('frames of artefacts, over random legal layers', () => {
  const layers = fc
    .tuple(cases('convTranspose'), fc.integer({ min: 1, max: 4 }), fc.nat(60))
    .map(([given, sites, pick]) => ({ given, subject: windowed(given, sites, pick) }));

  it('can be drawn in any room, with what is pointed at and without', () => {
    fc.assert(
      fc.property(layers, ({ given, subject }) => {
        if (!subject) return;
        const film = artefactsFilm(subject, given.plan, STRINGS);
        const last = subject.plan.outputShape.slice(2).map((size) => size - 1);
        for (const room of ROOMS) {
          framesOf(film, room).forEach(assertDrawn);
          framesOf(film, room, following({ tensor: 'output', index: last })).forEach(assertDrawn);
        }
      }),
      { numRuns: 40, seed: 20261129 },
    );
  });

  it('write the counts of the whole layer, not those of the window', () => {
    fc.assert(
      fc.property(layers, ({ given, subject }) => {
        if (!subject || subject.plan.rank !== 2) return;
        const film = artefactsFilm(subject, given.plan, STRINGS);
        const found = written(film.frame(COUNT, { width: 9000, height: 9000 }, nothing).scene, 'count');
        forEachPosition(subject.plan.outputShape.slice(2), (place) => {
          let count = 1;
          place.forEach((at, axis) => {
            const { stride, dilation, kernel, padBegin, input } = given.plan.axes[axis];
            const output = at + subject.outputOrigin[axis];
            let along = 0;
            for (let site = 0; site < input; site++)
              for (let tap = 0; tap < kernel; tap++) if (site * stride + tap * dilation - padBegin === output) along++;
            count *= along;
          });
          assert.equal(Number(found.get(place.join()) ?? 0), count);
        });
      }),
      { numRuns: 100, seed: 20261129 },
    );
  });
});
