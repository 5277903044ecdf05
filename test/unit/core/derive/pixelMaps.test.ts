import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  adjacencyOf,
  cellOfOutput,
  firstPixelKernels,
  neighboursRead,
  PIXEL_TAPS,
  phasePixelKernels,
  pixelKernelsOf,
  pixelMaps,
  pixelProducts,
  pixelTaps,
  pixelValue,
  placeInOutput,
  weightsOfInput,
  withPixelTaps,
} from '../../../../src/core/derive/pixelMaps';
import type { PixelVariant } from '../../../../src/core/kernels/pixelTransposed';
import { gather } from '../../../../src/core/kernels/gather';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import { type Plan, resolve } from '../../../../src/core/plan';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { wholeNumbers } from '../arbitraries';

/** The storyboard's input: 4×4. */
const input = tensorOf('float64', [1, 1, 4, 4], [0, 0, 3, 2, 2, 1, 1, 0, 2, 2, 1, 0, 3, 2, 0, 1]);

const cases = fc.record({
  sizes: fc.oneof(
    fc.tuple(fc.integer({ min: 1, max: 6 })),
    fc.tuple(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 4 })),
  ),
  variant: fc.constantFrom<PixelVariant>('inputPixel', 'pixel'),
  seed: fc.nat(),
});

const made = ({
  sizes,
  variant,
  seed,
}: {
  sizes: readonly number[];
  variant: PixelVariant;
  seed: number;
}): ReturnType<typeof pixelMaps> => {
  const kernels = firstPixelKernels(sizes.length).map(({ length }, map) => [
    ...wholeNumbers([length], seed + map + 1).data,
  ]);
  return pixelMaps(wholeNumbers([1, 1, ...sizes], seed), kernels, variant);
};

/** k3 s2 p1 op1 of one axis. */
function planOf3(): Plan {
  const op = { kind: 'convTranspose', stride: [2], padding: [1], dilation: [1], outputPadding: [1] } as const;
  const resolution = resolve(op, [1, 1, 4], [1, 1, 3]);
  assert.ok(resolution.ok);
  return resolution.plan;
}

describe('the maps of a pixel transposed convolution', () => {
  it('of k1 = 1 and means of neighbours are these, F4[1,1] being 1.5', () => {
    const pixels = pixelMaps(input, firstPixelKernels(2), 'inputPixel');
    const [first, second, third, fourth] = pixels.maps;
    assert.deepEqual(first.values.data, input.data);
    // By hand: means of 2 × 2 cells, those outside being 0.
    assert.deepEqual([...second.values.data.slice(0, 4)], [0.75, 1.25, 1.5, 0.5]);
    assert.equal(pixelValue(pixels, 3, [1, 1]), 1.5);
    assert.deepEqual(placeInOutput(fourth, [1, 1]), [3, 2]);
    assert.deepEqual(
      pixelProducts(pixels, fourth, [1, 1]).map(({ source, place, value }) => [source, place.join(), value]),
      [
        [0, '1,1', 1],
        [0, '2,1', 2],
        [1, '1,0', 1.75],
        [1, '1,1', 1.25],
      ],
    );
    assert.deepEqual(
      [first, second, third, fourth].map(({ corner }) => corner.join()),
      ['0,0', '1,1', '0,1', '1,0'],
    );
  });

  it('of first kernels tie every pair of neighbours, and those of F alone none', () => {
    for (const rank of [1, 2]) {
      const plane = wholeNumbers([1, 1, ...[5, 4].slice(0, rank)], 3);
      const tied = adjacencyOf(pixelMaps(plane, firstPixelKernels(rank), 'inputPixel'));
      assert.equal(tied.tied, tied.pairs);
      const area = 3 ** rank;
      const alone = firstPixelKernels(rank).map((weights) => weights.map((_, at) => (at < area ? 1 : 0)));
      const none = adjacencyOf(pixelMaps(plane, alone, 'inputPixel'));
      assert.deepEqual(none, { tied: 0, pairs: tied.pairs });
    }
  });

  it('are the sums of their products, and sums of the input alone', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const pixels = made(each);
        const expand = weightsOfInput(pixels);
        for (const map of pixels.maps)
          forEachPosition(each.sizes, (position, flat) => {
            const place = [...position];
            const sum = pixelProducts(pixels, map, place).reduce((all, { weight, value }) => all + weight * value, 0);
            assert.equal(sum, map.values.data[flat]);
            let byInput = 0;
            for (const [at, weight] of expand(map, place)) byInput += weight * pixels.input.data[at];
            assert.equal(byInput, map.values.data[flat]);
          });
      }),
    );
  });

  it('take every output from the one map and cell that goes there', () => {
    fc.assert(
      fc.property(cases, (each) => {
        const pixels = made(each);
        forEachPosition(pixels.output.shape.slice(2), (position, flat) => {
          const { map, place } = cellOfOutput(pixels, position);
          assert.deepEqual(placeInOutput(map, place), [...position]);
          assert.equal(pixelValue(pixels, map.number, place), pixels.output.data[flat]);
          for (const neighbour of neighboursRead(pixels, position))
            assert.ok(cellOfOutput(pixels, neighbour).map.number < map.number);
        });
      }),
    );
  });

  it('do not read the input again in the form without it', () => {
    const { maps } = pixelMaps(input, firstPixelKernels(2), 'pixel');
    assert.deepEqual(
      maps.map(({ sources }) => sources),
      [['F'], [0], [0, 1], [0, 1, 2]],
    );
  });

  it('are the phases of a transposed convolution of stride 2 by its own kernel, whatever it is', () => {
    let compared = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 3 }),
        fc.integer({ min: 1, max: 2 }),
        fc.integer({ min: 0, max: 1 }),
        fc.constantFrom<PixelVariant>('inputPixel', 'pixel'),
        fc.nat(),
        (rank, kernel, padding, dilation, outputPadding, variant, seed) => {
          const all = (value: number): number[] => new Array<number>(rank).fill(value);
          const op = {
            kind: 'convTranspose',
            ...{ stride: all(2), padding: all(padding), dilation: all(dilation), outputPadding: all(outputPadding) },
          } as const;
          const source = wholeNumbers([1, 1, ...all(4)], seed);
          const weight = wholeNumbers([1, 1, ...all(kernel)], seed + 1);
          const resolution = resolve(op, source.shape, weight.shape);
          if (!resolution.ok) return;
          const { plan } = resolution;
          const kernels = phasePixelKernels(plan, weight.data);
          if (!kernels) return;
          assert.equal(pixelKernelsOf(rank, kernels), kernels);
          const { output } = pixelMaps(source, kernels, variant);
          // Without the input, later maps read nothing: only the first is the phase.
          const isPhase = (position: readonly number[]): boolean =>
            variant === 'inputPixel' || position.every((at) => at % 2 === 0);
          const truth = gather(plan, source, weight);
          forEachPosition(truth.shape.slice(2), (position, flat) => {
            if (position.some((at) => at >= 8) || !isPhase(position)) return;
            compared++;
            const place = position.reduce((at, each) => at * 8 + each, 0);
            assert.equal(output.data[place], truth.data[flat], `${position.join()} of k${kernel} p${padding}`);
          });
        },
      ),
      { seed: 20261201, numRuns: 300 },
    );
    assert.ok(compared > 3000, String(compared));
  });

  it('have as many taps as a phase reaches, and none are taken from a layer of another stride', () => {
    const taps = (kernel: number, stride = 2): number | undefined => {
      const op = { kind: 'convTranspose', stride: [stride], padding: [0], dilation: [1] } as const;
      const resolution = resolve(op, [1, 1, 4], [1, 1, kernel]);
      assert.ok(resolution.ok);
      return phasePixelKernels(resolution.plan, new Float64Array(kernel).fill(1))?.[0].length;
    };
    assert.deepEqual([taps(3), taps(4), taps(5), taps(9), taps(11)], [3, 3, 5, 9, undefined]);
    assert.equal(taps(3, 3), undefined);
    const [first, second] = phasePixelKernels(planOf3(), Float64Array.of(5, 6, 7)) ?? [];
    // Outputs 2n are 6·x[n]; outputs 2n + 1 are 7·x[n] + 5·x[n + 1].
    assert.deepEqual(
      [first, second],
      [
        [0, 6, 0],
        [0, 7, 5, 0, 0, 0],
      ],
    );
  });

  it('are the same with more taps, and with fewer where those that go are 0', () => {
    fc.assert(
      fc.property(cases, fc.constantFrom(...PIXEL_TAPS), (each, side) => {
        const rank = each.sizes.length;
        const kernels = firstPixelKernels(rank).map(({ length }, map) => [
          ...wholeNumbers([length], each.seed + map + 1).data,
        ]);
        const source = wholeNumbers([1, 1, ...each.sizes], each.seed);
        const resized = withPixelTaps(rank, kernels, side);
        assert.equal(pixelKernelsOf(rank, resized), resized);
        assert.equal(pixelTaps(rank, resized), side);
        if (side >= 3) {
          assert.deepEqual(
            pixelMaps(source, resized, each.variant).output,
            pixelMaps(source, kernels, each.variant).output,
          );
          assert.deepEqual(withPixelTaps(rank, resized, 3), kernels);
        } else {
          // One tap reads the cell itself.
          const [first] = pixelMaps(source, resized, each.variant).maps;
          const middle = kernels[0][(kernels[0].length - 1) / 2];
          assert.deepEqual(
            [...first.values.data],
            Array.from(source.data, (value) => middle * value + 0),
          );
        }
      }),
      { seed: 20261130, numRuns: 200 },
    );
  });

  it('begin anew where a document has kernels of another rank', () => {
    const one = firstPixelKernels(1);
    assert.deepEqual(pixelKernelsOf(2, one), firstPixelKernels(2));
    assert.equal(pixelKernelsOf(1, one), one);
  });
});
