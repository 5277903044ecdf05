import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { interpret, interpretations, otherRanks } from '../../../../src/core/formats/axes';
import { computeReference } from '../../../../src/core/kernels/compute';
import type { Kind, Tensor } from '../../../../src/core/operation';
import { resolve } from '../../../../src/core/plan';
import { WEIGHT_LAYOUTS, fromCanonical, toCanonical } from '../../../../src/core/tensor/layouts';
import { flip, fromFortran, permute } from '../../../../src/core/tensor/permute';
import { tensorOf } from '../../../../src/core/tensor/tensor';

interface Case {
  readonly layout: string;
  readonly kind: Kind;
  readonly axes: string;
  readonly weightShape: readonly number[];
  readonly weight: readonly number[];
  readonly inputShape: readonly number[];
  readonly input: readonly number[];
  readonly outputShape: readonly number[];
  readonly output: readonly number[];
}
const { cases } = JSON.parse(readFileSync(join('test', 'fixtures', 'layouts', 'layouts.json'), 'utf8')) as {
  cases: readonly Case[];
};

function outputOf(kind: Kind, input: Tensor, weight: Tensor): Tensor {
  const each = (value: number): number[] => new Array<number>(weight.shape.length - 2).fill(value);
  const resolution = resolve({ kind, stride: each(2), dilation: each(1), padding: each(0) }, input.shape, weight.shape);
  assert.ok(resolution.ok);
  return computeReference(resolution.plan, input, weight);
}

describe('weight layouts', () => {
  for (const each of cases) {
    const rank = each.weightShape.length - 2;
    it(`${each.layout}, ${rank}-D: the canonical weight gives what the framework computes`, () => {
      const layout = WEIGHT_LAYOUTS.find(({ id }) => id === each.layout);
      assert.ok(layout);
      assert.deepEqual([layout.axes, layout.kind], [each.axes, each.kind]);
      const weight = tensorOf('float64', each.weightShape, each.weight);
      const output = outputOf(
        each.kind,
        tensorOf('float64', each.inputShape, each.input),
        toCanonical(weight, layout, each.kind),
      );
      assert.deepEqual([output.shape, Array.from(output.data)], [each.outputShape, each.output]);
    });
  }

  it('every layout is covered', () => {
    assert.deepEqual(new Set(WEIGHT_LAYOUTS.map(({ id }) => id)), new Set(cases.map(({ layout }) => layout)));
  });

  it('fromCanonical takes back what toCanonical did, for every layout, operation and rank', () => {
    const shapes = fc
      .integer({ min: 1, max: 3 })
      .chain((rank) => fc.array(fc.integer({ min: 1, max: 4 }), { minLength: rank + 2, maxLength: rank + 2 }));
    fc.assert(
      fc.property(
        shapes,
        fc.constantFrom(...WEIGHT_LAYOUTS),
        fc.constantFrom('conv' as const, 'convTranspose' as const),
        (shape, layout, kind) => {
          const count = shape.reduce((all, size) => all * size, 1);
          const weight = tensorOf(
            'float32',
            shape,
            Array.from({ length: count }, (_, at) => at),
          );
          assert.deepEqual(fromCanonical(toCanonical(weight, layout, kind), layout, kind), weight);
        },
      ),
      { seed: 31, numRuns: 500 },
    );
  });
});

describe('permute', () => {
  const source = tensorOf('float32', [2, 3], [1, 2, 3, 4, 5, 6]);
  it('moves axes', () => assert.deepEqual(Array.from(permute(source, [1, 0]).data), [1, 4, 2, 5, 3, 6]));
  it('mirrors axes', () => assert.deepEqual(Array.from(flip(source, [1]).data), [3, 2, 1, 6, 5, 4]));
  it('reads Fortran order', () => assert.deepEqual(Array.from(fromFortran(source).data), [1, 3, 5, 2, 4, 6]));
});

describe('interpretations', () => {
  const input = (shape: readonly number[], rank = 2): string[] =>
    interpretations(shape, { role: 'input', kind: 'conv', rank }).map(
      ({ axes, shape: made }) => `${axes} ${made.join('×')}`,
    );
  const weight = (shape: readonly number[], kind: Kind): string[] =>
    interpretations(shape, { role: 'weight', kind, rank: 2 }).map(({ axes }) => axes);

  const table: readonly [string, readonly string[], readonly string[]][] = [
    ['a picture with channels last', input([48, 64, 3]), ['HWC 1×3×48×64', 'CHW 1×48×64×3', 'NHW 48×1×64×3']],
    ['a picture with channels first', input([3, 48, 64]), ['CHW 1×3×48×64', 'HWC 1×64×3×48', 'NHW 3×1×48×64']],
    ['a batch with channels last', input([2, 48, 64, 3]), ['NHWC 2×3×48×64', 'NCHW 2×48×64×3']],
    ['a small batch', input([1, 1, 4, 4]), ['NCHW 1×1×4×4', 'NHWC 1×4×1×4']],
    ['a plane', input([4, 5]), ['HW 1×1×4×5']],
    ['a vector', input([7]), ['W 1×1×1×7', 'C 1×7×1×1']],
    ['a vector for one axis', input([7], 1), ['W 1×1×7', 'C 1×7×1']],
    ['a number', input([]), [' 1×1×1×1']],
    ['five axes where four are the most', input([2, 2, 3, 4, 5]), []],
    ['two axes of 1 too many', input([1, 1, 1, 3, 4, 5]), ['11NCHW 1×3×4×5', '11NHWC 1×5×3×4']],
    [
      'a weight for a convolution',
      weight([8, 3, 3, 3], 'conv'),
      ['OIHW', 'OHWI', 'IOHW', 'OHWI', 'HWIO', 'HWOI', 'HWIO'],
    ],
    [
      'a weight whose first axis may be that of a depthwise one',
      weight([1, 3, 3, 8], 'conv'),
      ['OIHW', 'OHWI', 'IHWO', 'IOHW', 'OHWI', 'HWIO', 'HWOI', 'HWIO'],
    ],
    [
      'a Keras weight for a transposed convolution',
      weight([4, 4, 64, 128], 'convTranspose'),
      ['HWOI', 'HWIO', 'HWIO', 'IOHW', 'OHWI', 'OIHW', 'OHWI'],
    ],
    ['a plane as a kernel', weight([3, 3], 'conv'), ['HW']],
  ];
  for (const [name, found, wanted] of table)
    it(`are, for ${name}, ${wanted.join(', ') || 'none'}`, () => assert.deepEqual(found, wanted));

  it('of other ranks are those in which a tensor has the axes of its role', () => {
    const others = (shape: readonly number[], role: 'input' | 'weight' | 'bias', rank = 2): string[] =>
      otherRanks(shape, { role, kind: 'conv', rank }).map((way) => `${way.rank}-D ${way.axes} ${way.shape.join('×')}`);
    assert.deepEqual(others([2, 2, 3, 4, 5], 'input'), ['3-D NCDHW 2×2×3×4×5']);
    assert.deepEqual(others([7], 'input'), ['1-D W 1×1×7']);
    assert.deepEqual(others([9, 64, 80], 'input'), ['1-D NCW 9×64×80', '3-D DHW 1×1×9×64×80']);
    assert.deepEqual(others([8, 3, 5], 'weight'), ['1-D OIW 8×3×5']);
    assert.deepEqual(others([8, 3, 3, 3, 3], 'weight'), ['3-D OIDHW 8×3×3×3×3']);
    assert.deepEqual(others([3, 48, 64], 'input', 1), ['2-D CHW 1×3×48×64', '3-D DHW 1×1×3×48×64']);
    assert.deepEqual(others([8], 'bias'), []);
  });

  it('make tensors of the shapes that they promise, with the values where the letters say', () => {
    const source = tensorOf(
      'float32',
      [2, 3, 4],
      Array.from({ length: 24 }, (_, at) => at),
    );
    const target = { role: 'input', kind: 'conv', rank: 2 } as const;
    const deep = { ...source, shape: [1, 1, ...source.shape] };
    for (const [from, way] of [source, deep].flatMap((each) =>
      interpretations(each.shape, target).map((found) => [each, found] as const),
    )) {
      const made = interpret(from, way, target);
      assert.deepEqual(made.shape, way.shape);
      assert.deepEqual(
        [...made.data].toSorted((one, other) => one - other),
        [...source.data],
      );
    }
    const [, channelsLast] = interpretations(source.shape, target);
    assert.equal(channelsLast.axes, 'HWC');
    // in[h=1, w=2, c=3] of the file is in[c=3, h=1, w=2] of the document.
    assert.equal(interpret(source, channelsLast, target).data[(3 * 2 + 1) * 3 + 2], source.data[(1 * 3 + 2) * 4 + 3]);
  });

  it('look through axes of 1 for a bias, and refuse a plane', () => {
    const target = { role: 'bias', kind: 'conv', rank: 2 } as const;
    assert.deepEqual(interpretations([1, 8, 1, 1], target)[0].shape, [8]);
    assert.deepEqual(interpretations([2, 8], target), []);
  });

  it('refuse axes that are not the tensor’s', () => {
    const target = { role: 'input', kind: 'conv', rank: 2 } as const;
    const way = interpretations([4, 5], target)[0];
    assert.throws(() => interpret(tensorOf('float32', [2], [1, 2]), way, target), /cannot be read as HW/);
  });
});
