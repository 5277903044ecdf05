// Pixel transposed convolution: what PyTorch's convolutions, joined and written into every second place, make.
import assert from 'node:assert/strict';
import { interleaved, pixelParts, type PixelVariant } from '../../src/core/kernels/pixelTransposed';
import { elementCount, tensorOf } from '../../src/core/tensor/tensor';
import { readGolden } from './goldens';
import { reals } from './seeded';

interface Case {
  readonly seed: number;
  readonly variant: PixelVariant;
  readonly input: readonly number[];
  readonly outputs: number;
  readonly kernel: readonly number[];
  readonly maps: readonly (readonly number[])[];
  readonly output: readonly number[];
  readonly alone: readonly number[] | null;
}

const { cases, header } = readGolden<{ cases: readonly Case[] }>('pixelTransposed');

function agrees(ours: ArrayLike<number>, wanted: readonly number[], title: string): void {
  assert.equal(ours.length, wanted.length, title);
  const scale = Math.max(1, ...wanted.map(Math.abs));
  wanted.forEach((value, at) => assert.ok(Math.abs(ours[at] - value) <= 1e-12 * scale, `${title}[${at}]`));
}

/** The kernels that both sides make: each reads the input where it is read, and all maps before. */
const kernelsOf = ({ seed, variant, input, outputs, kernel, maps }: Case): ReturnType<typeof reals>[] =>
  maps.map((_, at) => {
    const reads = at === 0 ? input[1] : (variant === 'inputPixel' ? input[1] : 0) + at * outputs;
    return reals(seed + 1 + at, [outputs, reads, ...kernel], 'float64');
  });

describe(`${cases.length} pixel transposed convolutions by ${JSON.stringify(header.packages)}`, () => {
  it('are of one and two axes, with and without the input, of several channels, and of even and odd kernels', () => {
    assert.ok(cases.length >= 100);
    for (const of of [
      ({ input }: Case) => input.length === 3,
      ({ input }: Case) => input.length === 4,
      ({ variant }: Case) => variant === 'pixel',
      ({ input, outputs }: Case) => input[1] > 1 && outputs > 1,
      ({ kernel }: Case) => kernel.some((size) => size % 2 === 0),
    ])
      assert.ok(cases.filter(of).length > 15);
  });

  it('make PyTorch’s maps, each from those before, and its output', () => {
    for (const each of cases) {
      const parts = pixelParts(reals(each.seed, each.input, 'float64'), kernelsOf(each), each.variant);
      parts.forEach(({ data }, at) => agrees(data, each.maps[at], `${each.seed}: F${at + 1}`));
      agrees(interleaved(parts).data, each.output, `${each.seed}: output`);
    }
  });

  it('are phases that do not see each other when the weights for maps are 0', () => {
    let held = 0;
    for (const each of cases) {
      if (!each.alone) continue;
      const area = elementCount(each.kernel);
      const kernels = kernelsOf(each).map(({ shape, data }) => {
        const values = Float64Array.from(data, (weight, at) => {
          const channel = Math.floor(at / area) % shape[1];
          return channel < each.input[1] ? weight : 0;
        });
        return tensorOf('float64', shape, values);
      });
      const parts = pixelParts(reals(each.seed, each.input, 'float64'), kernels, each.variant);
      agrees(interleaved(parts).data, each.alone, `${each.seed}: alone`);
      held++;
    }
    assert.ok(held > 20);
  });
});
