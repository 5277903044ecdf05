import assert from 'node:assert/strict';
import fc from 'fast-check';
import {
  convOutput,
  type Crop,
  kerasCrop,
  kernelExtent,
  NUMBERS,
  sameCrop,
  sameOutput,
  samePadding,
  transposedOutput,
} from '../../../../src/core/formulas';
import {
  type ConvAxis,
  convOutput as sizeOf,
  isCanonical,
  paddedAxis,
  sameAxis,
  sizedAxis,
  SIZES,
} from '../../../../src/python/sizes/axis';
import { substitute } from '../../../../src/python/sizes/print';
import { named, type Size } from '../../../../src/python/sizes/size';

const upTo = (most: number, least = 1): fc.Arbitrary<number> => fc.integer({ min: least, max: most });
const numbers = fc.record({
  i: upTo(30),
  k: upTo(6),
  s: upTo(5),
  d: upTo(3),
  p: upTo(4, 0),
  op: upTo(3, 0),
});
type Numbers = Readonly<Record<'i' | 'k' | 's' | 'd' | 'p' | 'op', number>>;

const cropped = <T>({ padBegin, padEnd, outputPadding }: Crop<T>): (T | number)[] => [padBegin, padEnd, outputPadding];

/** Every formula, with what its quantities are. */
function formulas<T>(on: Parameters<typeof kernelExtent<T>>[0], at: (name: keyof Numbers) => T): (T | number)[] {
  const extent = kernelExtent<T>(on, at('k'), at('d'));
  const axis = { input: at('i'), stride: at('s'), padBegin: at('p'), padEnd: at('op'), extent };
  return [
    extent,
    convOutput(on, axis),
    convOutput(on, axis, 'up'),
    transposedOutput(on, { ...axis, outputPadding: at('op') }),
    sameOutput(on, at('i'), at('s')),
    ...samePadding(on, axis),
    ...cropped(sameCrop(on, on.subtract(extent, at('s')))),
    ...cropped(kerasCrop(on, 'valid', extent, at('s'))),
    ...cropped(kerasCrop(on, 'same', extent, at('s'), at('op'))),
  ];
}

describe('the formulas with sizes that are expressions', () => {
  for (const known of ['', 's d', 'k s d p op']) {
    it(`say what they say with numbers${known && `, ${known} known`}`, () => {
      fc.assert(
        fc.property(numbers, (values: Numbers) => {
          const at = (name: keyof Numbers): Size => (known.split(' ').includes(name) ? values[name] : named(name));
          const bound = new Map(Object.entries(values));
          assert.deepEqual(
            formulas(SIZES, at).map((size) => substitute(size, bound)),
            formulas(NUMBERS, (name) => values[name]),
          );
        }),
        { seed: 20261121 },
      );
    });
  }

  it('answer plain numbers for plain numbers', () => {
    assert.ok(formulas<Size>(SIZES, (name) => name.length + 2).every((size) => typeof size === 'number'));
  });
});

describe('an axis', () => {
  const window = { input: 5, kernel: 3, stride: 2, dilation: 1 };

  it('padded by SAME says its output as ⌈i/s⌉, which the formula agrees with', () => {
    fc.assert(
      fc.property(numbers, ({ i, k, s, d }) => {
        const axis = sameAxis({ input: i, kernel: k, stride: s, dilation: d });
        assert.equal(axis.output, sizeOf('conv', { ...axis, output: undefined }));
      }),
      { seed: 20261121 },
    );
  });

  it('asked for a size has the output padding that makes it, whatever it had', () => {
    const sized = sizedAxis(paddedAxis(window, [1, 0], 7), 12);
    assert.deepEqual([sized.outputPadding, sized.output], [2, 12]);
    assert.equal(sizeOf('convTranspose', { ...sized, output: undefined }), 12);
  });

  const canonical: readonly (readonly [title: string, more: Partial<ConvAxis>, is: boolean])[] = [
    ['that begins before the first stamp', { padBegin: -1 }, false],
    ['that adds as much as its stride', { outputPadding: 2 }, false],
    ['that adds less than its stride', { outputPadding: 1 }, true],
    ['that adds less than its dilation', { outputPadding: 2, dilation: 3 }, true],
    ['of which only the size is PyTorch’s', { sizeOnly: true }, false],
    ['whose padding is not known', { padBegin: named('p'), outputPadding: named('q') }, true],
  ];
  for (const [title, more, is] of canonical)
    it(`${title} is ${is ? '' : 'not '}PyTorch’s`, () =>
      assert.equal(isCanonical({ ...paddedAxis(window, [0, 0]), ...more }), is));
});
