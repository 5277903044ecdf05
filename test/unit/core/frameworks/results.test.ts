// One layer in every framework. What each answers is held to the frameworks in test/oracle/everywhere.test.ts; here,
// what follows from it.
import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { FrameworkCall } from '../../../../src/core/frameworks/call';
import { frameworkCalls } from '../../../../src/core/frameworks/calls';
import { recipe } from '../../../../src/core/frameworks/recipe';
import { comparedOn, type Result, resultsOf } from '../../../../src/core/frameworks/results';
import { trapsOf } from '../../../../src/core/frameworks/traps';
import { twinDifference } from '../../../../src/core/frameworks/twinDifference';
import type { Operation } from '../../../../src/core/operation';
import { anyCase, cases } from '../arbitraries';
import { subjectFor, windowedOn } from './subjects';

const runs = { numRuns: 150, seed: 20261129 };

const doubling = (op: number, padding: number): Operation => ({
  kind: 'convTranspose',
  stride: [2, 2],
  dilation: [1, 1],
  padding: [padding, padding],
  outputPadding: [op, op],
});

const names = ({ calls }: Result): readonly string[] => calls.map(({ framework, said }) => `${framework} ${said}`);

function compare(
  op: Operation,
  input: readonly number[],
  kernel: readonly number[],
): {
  results: readonly Result[];
  calls: readonly FrameworkCall[];
  codes: readonly string[];
  plan: ReturnType<typeof subjectFor>['plan'];
} {
  const { plan, subject } = subjectFor(op, input, kernel);
  const compared = comparedOn(subject, plan);
  assert.ok(compared);
  const calls = frameworkCalls(plan);
  return { results: resultsOf(calls, compared), calls, codes: trapsOf(plan, calls).map(({ code }) => code), plan };
}

describe('k 3, s 2, p 1, op 1 on 3 × 3: what converters get wrong', () => {
  const { results, codes, plan } = compare(doubling(1, 1), [3, 3], [3, 3]);
  const of = (name: string): Result => {
    const found = results.find((result) =>
      names(result).some((each) => each === name || each.startsWith(`${name}, output_padding`)),
    );
    assert.ok(found, name);
    return found;
  };

  it('PyTorch cuts the first of 7, Keras and JAX with transpose_kernel the last, JAX by itself turns the kernel', () => {
    assert.deepEqual(
      of('PyTorch padding=1, output_padding=1').answer.axes.map(({ begin, end }) => [begin, end]),
      [
        [1, 0],
        [1, 0],
      ],
    );
    const keras = of('Keras padding="same"');
    assert.deepEqual(
      keras.answer.axes.map(({ begin, end }) => [begin, end]),
      [
        [0, 1],
        [0, 1],
      ],
    );
    assert.equal(of('JAX padding="SAME", transpose_kernel=True'), keras);
    assert.notEqual(of('JAX padding="SAME"'), keras);
    assert.equal(of('JAX padding="SAME"').answer.turned, true);
  });

  it('Paddle’s SAME gives 6 only because op is added to its 5', () => {
    const { results: without } = compare(doubling(0, 1), [3, 3], [3, 3]);
    const paddle = without.find((result) => names(result).includes('Paddle padding="SAME"'));
    assert.deepEqual(paddle?.outcome.output.shape, [1, 1, 5, 5]);
  });

  it('Keras’s has no layer in PyTorch, but a slice of the one that is not padded', () => {
    const [call] = of('Keras padding="same"').calls;
    assert.ok(call.answer.kind === 'values');
    const made = recipe('PyTorch', plan, { answer: call.answer, layout: call.layout });
    assert.ok(made.possible && !made.alone);
    assert.match(
      made.code,
      /conv_transpose2d\(torch\.tensor\(x\), torch\.tensor\(w\), stride=2\)\ny = y\[\.\.\., 0:6, 0:6\]$/,
    );
  });

  it('meets the traps of its kind, and k 4 without op does not', () => {
    for (const code of ['sameIsShifted', 'kernelIsTurned', 'onnxTwoSizes', 'mindsporeZeros', 'equinoxShrinks'])
      assert.ok(codes.includes(code), code);
    const four = compare(doubling(0, 1), [3, 3], [4, 4]);
    assert.deepEqual(four.codes, ['kernelIsTurned', 'laxNumbers', 'paddleSameSize']);
    const keras = four.results[0];
    assert.ok(names(keras).includes('Keras padding="same"'), names(keras).join());
  });
});

describe('what a layer meets on the way', () => {
  const met = (op: Operation, input: readonly number[], kernel: readonly number[]) => {
    const { plan } = subjectFor(op, input, kernel);
    return new Map(trapsOf(plan, frameworkCalls(plan)).map(({ code, args }) => [code, args]));
  };

  it('zeros for output padding in MindSpore, whose layer of two axes alone makes them', () => {
    const doubled = (rank: number): Operation => ({
      ...doubling(1, 1),
      stride: new Array<number>(rank).fill(2),
      padding: new Array<number>(rank).fill(1),
      dilation: new Array<number>(rank).fill(1),
      outputPadding: new Array<number>(rank).fill(1),
    });
    const ranks = [1, 2, 3].filter((rank) =>
      met(doubled(rank), new Array<number>(rank).fill(3), new Array<number>(rank).fill(3)).has('mindsporeZeros'),
    );
    assert.deepEqual(ranks, [2]);
  });

  it('uneven sides in tinygrad, which has the last axis first: (0, 0, 1, 0) crops rows, (1, 0, 0, 0) columns', () => {
    const rows: Operation = {
      ...doubling(0, 0),
      padding: [
        [1, 0],
        [0, 0],
      ],
    };
    assert.deepEqual(met(rows, [3, 4], [3, 3]).get('tinygradOrder'), ['(1, 0, 0, 0)', '(0, 0, 1, 0)']);
    const alike: Operation = {
      ...rows,
      padding: [
        [1, 0],
        [1, 0],
      ],
    };
    assert.equal(met(alike, [3, 4], [3, 3]).has('tinygradOrder'), false);
    // As many numbers as there are axes go to these in order.
    const even: Operation = {
      ...rows,
      padding: [
        [1, 1],
        [0, 0],
      ],
    };
    assert.equal(met(even, [3, 4], [3, 3]).has('tinygradOrder'), false);
  });

  it('padding in numbers, of which Flax makes 7 of i 4, k 3, s 2, p 1 as PyTorch does, and 8 of i 4, k 2', () => {
    // (i − 1)·s + 2 + 2p − K = 6 + 2 + 2 − 3 = 7; PyTorch: 6 − 2 + 3 = 7.
    assert.equal(met(doubling(0, 1), [4, 4], [3, 3]).has('laxNumbers'), false);
    // 6 + 2 + 2 − 2 = 8; PyTorch: 6 − 2 + 2 = 6.
    assert.deepEqual(met(doubling(0, 1), [4, 4], [2, 2]).get('laxNumbers'), ['1', '8×8', '6×6']);
  });
});

describe('results of any layer', () => {
  it('begin with the document’s own, of its own values, and no call is in two', () => {
    fc.assert(
      fc.property(anyCase, (given) => {
        const subject = windowedOn(given.plan, given, 99);
        const compared = subject && comparedOn(subject, given.plan);
        if (!compared) return;
        assert.ok(compared.whole);
        const calls = frameworkCalls(given.plan);
        const results = resultsOf(calls, compared);
        assert.equal(results[0].calls[0].own, true);
        assert.deepEqual(
          Array.from(results[0].outcome.output.data, (value) => value + 0),
          Array.from(subject.part.data, (value) => value + 0),
        );
        const grouped = results.flatMap((result) => result.calls);
        assert.equal(new Set(grouped).size, grouped.length);
      }),
      runs,
    );
  });

  it('are had exactly from PyTorch’s layer and its slice', () => {
    let sliced = 0;
    fc.assert(
      fc.property(cases('convTranspose'), (given) => {
        const subject = windowedOn(given.plan, given);
        const compared = subject && comparedOn(subject, given.plan);
        if (!compared) return;
        for (const result of resultsOf(frameworkCalls(given.plan), compared)) {
          assert.equal(twinDifference(compared, result), 0, JSON.stringify(result.answer));
          const made = recipe('PyTorch', given.plan, { answer: result.answer, layout: result.calls[0].layout });
          if (made.possible && !made.alone) sliced++;
        }
      }),
      runs,
    );
    assert.ok(sliced > 50, String(sliced));
  });

  it('cut as much of a part of the inputs as of all: what is drawn of a large layer is true of it', () => {
    let parts = 0;
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 3 }), (given, most) => {
        const subject = windowedOn(given.plan, given, most);
        const compared = subject && comparedOn(subject, given.plan);
        if (!compared || compared.whole) return;
        parts++;
        const sides = ({ answer }: FrameworkCall): unknown =>
          answer.kind === 'values' ? [answer.turned, ...answer.axes.map(({ begin, end }) => [begin, end])] : undefined;
        const small = frameworkCalls(compared.plan);
        const large = frameworkCalls({ ...given.plan, groups: 1 });
        for (const [at, call] of large.entries()) {
          const [one, other] = [sides(call), small[at] && sides(small[at])];
          // What is so small may have no output of some kinds, or miss Paddle's lenience.
          if (large.length === small.length && one && other && call.framework !== 'Paddle')
            assert.deepEqual(other, one);
        }
      }),
      runs,
    );
    assert.ok(parts > 20, String(parts));
  });
});
