import assert from 'node:assert/strict';
import fc from 'fast-check';
import { latexOf, unicodeOf } from '../../../../src/core/derive/printSymbols';
import {
  cellEquation,
  type Expression,
  keptOf,
  matrixEquation,
  matrixGrid,
  NAMINGS,
  type Notation,
  outputEquations,
  UNCUT,
} from '../../../../src/core/derive/symbols';
import { flatIndex } from '../../../../src/core/explain/readout';
import { gather } from '../../../../src/core/kernels/gather';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import type { Tensor } from '../../../../src/core/operation';
import type { Plan } from '../../../../src/core/plan';
import { anyCase, type Case, planOf } from '../arbitraries';
import { readLatex } from './readLatex';

const indices: Notation = { names: 'indices', base: 0, swapped: false };
const runs = { numRuns: 40, seed: 20261129 };
const worked = planOf(
  { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
  [1, 1, 2, 2],
  [1, 1, 3, 3],
);

const withOutput = (given: Case): Case & { readonly output: Tensor } => ({
  ...given,
  output: gather(given.plan, given.input, given.weight, given.bias),
});

/** The value of an expression on the numbers of a case, by the meaning of its parts. */
function valueOf(expression: Expression | string, given: Case & Partial<{ output: Tensor }>): number {
  assert.ok(typeof expression !== 'string');
  const { input, weight, bias, output } = given;
  switch (expression.kind) {
    case 'element': {
      const tensor = { input, weight, bias, output }[expression.of];
      assert.ok(tensor);
      return tensor.data[flatIndex(tensor.shape, expression.index)];
    }
    case 'product':
      return expression.factors.reduce((all, factor) => all * valueOf(factor, given), 1);
    case 'sum':
      assert.equal(expression.more, 0);
      return expression.terms.reduce((all, term) => all + valueOf(term, given), 0);
    default:
      return assert.fail(`A ${expression.kind} has no one value.`);
  }
}

describe('an output in symbols', () => {
  it('is the sum that makes it, on the numbers of any operation', () => {
    fc.assert(
      fc.property(anyCase.map(withOutput), (given) => {
        const { plan } = given;
        forEachPosition(plan.outputShape, (index) => {
          const equation = cellEquation(plan, [...index], given.bias !== undefined);
          assert.ok(equation.kind === 'equation');
          const [left, right] = equation.sides;
          assert.equal(valueOf(right, given) + 0, valueOf(left, given) + 0);
        });
      }),
      runs,
    );
  });

  it('is written as the storyboards have it', () => {
    const cell = cellEquation(worked, [0, 0, 0, 2], false);
    assert.equal(unicodeOf(cell, worked, indices), 'y₀,₂ = w₀,₂·x₀,₀ + w₀,₁·x₀,₁');
    assert.equal(latexOf(cell, worked, indices), 'y_{0,2} = w_{0,2} x_{0,0} + w_{0,1} x_{0,1}');
    const one: Notation = { names: 'numbered', base: 1, swapped: true };
    assert.equal(unicodeOf(cell, worked, one), 'x₃ = w₁,₃·y₁ + w₁,₂·y₂');
    const brackets: Notation = { names: 'brackets', base: 0, swapped: true };
    assert.equal(unicodeOf(cell, worked, brackets), 'out[0,2] = w[0,2]·in[0,0] + w[0,1]·in[0,1]');
  });

  it('that no tap reaches is 0, and with a bias the bias alone', () => {
    const holes = planOf({ kind: 'convTranspose', stride: [3], padding: [0], dilation: [1] }, [1, 1, 2], [1, 1, 2]);
    assert.equal(unicodeOf(cellEquation(holes, [0, 0, 2], false), holes, indices), 'y₂ = 0');
    assert.equal(unicodeOf(cellEquation(holes, [0, 0, 2], true), holes, indices), 'y₂ = b');
  });

  it('of many products says that there are more', () => {
    const cell = cellEquation(worked, [0, 0, 1, 1], false, 2);
    assert.equal(unicodeOf(cell, worked, indices), 'y₁,₁ = w₁,₁·x₀,₀ + w₁,₀·x₀,₁ + ⋯');
  });
});

describe('the matrix in symbols', () => {
  it('times the input is the output, row by row, on the numbers of any operation', () => {
    fc.assert(
      fc.property(anyCase.map(withOutput), (given) => {
        const { plan } = given;
        fc.pre(plan.outputArea * plan.inputArea * plan.inputChannels * plan.outputChannels < 4000);
        const equation = matrixEquation(plan, plan.batch - 1, given.bias !== undefined, UNCUT);
        assert.ok(equation.kind === 'equation');
        const [outputs, right] = equation.sides;
        const [product, biases] = right.kind === 'sum' ? right.terms : [right, undefined];
        assert.ok(outputs.kind === 'grid' && product.kind === 'product');
        const [matrix, inputs] = product.factors;
        assert.ok(matrix.kind === 'grid' && inputs.kind === 'grid' && (!biases || biases.kind === 'grid'));
        const x = inputs.rows.map(([each]) => valueOf(each, given));
        outputs.rows.forEach(([output], row) => {
          const sum = matrix.rows[row].reduce((all, entry, column) => all + valueOf(entry, given) * x[column], 0);
          const bias = biases?.kind === 'grid' ? valueOf(biases.rows[row][0], given) : 0;
          assert.equal(sum + bias + 0, valueOf(output, given) + 0);
        });
      }),
      runs,
    );
  });

  it('of more rows than are written has the rows asked for, and gaps', () => {
    assert.deepEqual(keptOf(10, 6, 5), [0, undefined, 3, 4, 5, 6, undefined, 9]);
    assert.deepEqual(keptOf(10, 6, 0), [0, 1, 2, 3, 4, undefined, 9]);
    assert.deepEqual(keptOf(3, 6), [0, 1, 2]);
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 200 }),
        fc.integer({ min: 4, max: 30 }),
        fc.nat(199),
        (count, most, near) => {
          const kept = keptOf(count, most, near % count);
          assert.ok(kept.includes(near % count) && kept.filter((at) => at !== undefined).length <= most);
        },
      ),
    );
    const cut = { rows: 4, columns: 3, terms: 9 };
    const grid = matrixGrid(worked, cut);
    assert.equal(
      unicodeOf(grid, worked, indices),
      [
        '⎡w₀,₀  0     ⋯  0   ⎤',
        '⎢w₀,₁  w₀,₀  ⋯  0   ⎥',
        '⎢w₀,₂  w₀,₁  ⋯  0   ⎥',
        '⎢⋮     ⋮     ⋱  ⋮   ⎥',
        '⎣0     0     ⋯  w₂,₂⎦',
      ].join('\n'),
    );
  });
});

describe('LaTeX of symbols', () => {
  it('is read back, by a reader of the language, to the numbers of the output: in every notation', () => {
    fc.assert(
      fc.property(
        anyCase,
        fc.constantFrom(...NAMINGS),
        fc.constantFrom(0 as const, 1 as const),
        (given, names, base) => {
          const { plan, input, weight, bias } = given;
          const notation: Notation = { names, base, swapped: false };
          const item = { batch: plan.batch - 1, channel: plan.outputChannels - 1 };
          const output = gather(plan, input, weight, bias);
          const plane = item.batch * plan.outputChannels + item.channel;
          const values = Array.from(output.data.slice(plane * plan.outputArea, (plane + 1) * plan.outputArea));
          const elements = elementsOf(given, notation);
          const read = outputEquations(plan, item, bias !== undefined, UNCUT).flatMap((each) =>
            readLatex(latexOf(each, plan, notation).replace(/^[^=]*= /, ''), elements).flat(),
          );
          assert.deepEqual(
            read.map((value) => value + 0),
            values.map((value) => value + 0),
          );
        },
      ),
      runs,
    );
  });
});

/** The number of every element by its name in LaTeX, found by writing each one's name. */
function elementsOf({ plan, input, weight, bias }: Case, notation: Notation): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  const add = (of: 'input' | 'weight' | 'bias', shape: readonly number[], data: ArrayLike<number>): void =>
    forEachPosition(shape, (index, flat) => {
      const name = latexOf({ kind: 'element', of, index: [...index] }, plan, notation);
      assert.ok(!found.has(name), `two elements are called ${name}`);
      found.set(name, data[flat]);
    });
  add('input', input.shape, input.data);
  add('weight', weight.shape, weight.data);
  if (bias) add('bias', bias.shape, bias.data);
  return found;
}

it('programs and mathematics name what they write of, for a plan of any rank', () => {
  const plan: Plan = planOf(
    { kind: 'conv', stride: [1, 1, 1], padding: [0, 0, 0], dilation: [1, 1, 1] },
    [1, 1, 3, 2, 2],
    [1, 1, 2, 2, 2],
  );
  const equations = outputEquations(plan, { batch: 0, channel: 0 }, false, UNCUT);
  assert.equal(equations.length, 2);
  assert.ok(latexOf(equations[1], plan, indices).startsWith('Y_{1} = \\left[\\begin{array}{c}'));
});
