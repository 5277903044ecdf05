// The fast kernels against the definitions, on configurations drawn at the boundaries of tiles, vectors, blocks and
// groups.
import fc from 'fast-check';
import type { Operation } from '../../../src/core/operation';
import { createKernels } from '../../../src/engine/kernels';
import { runPlain } from '../../../src/core/kernels/plain';
import { check, type Configuration, isLegal, machineRun, pad, type Run, size } from './agreement';
import { builds } from './support';

const RUNS = 60;

/** Channel counts on either side of every tile height (1, 2, 4, 6) and of their sums. */
const channels = fc.constantFrom(1, 2, 3, 4, 5, 6, 7, 9, 13);

function configurations(rank: number): fc.Arbitrary<Configuration> {
  const longest = [70, 17, 7][rank - 1];
  const perAxis = (least: number, most: number): fc.Arbitrary<number[]> =>
    fc.array(fc.integer({ min: least, max: most }), { minLength: rank, maxLength: rank });
  return fc
    .record({
      kind: fc.constantFrom('conv' as const, 'convTranspose' as const),
      batch: fc.integer({ min: 1, max: 3 }),
      groups: fc.constantFrom(1, 1, 1, 2, 3),
      from: channels,
      to: channels,
      sizes: fc.array(fc.oneof(fc.constant(1), fc.integer({ min: 1, max: longest })), {
        minLength: rank,
        maxLength: rank,
      }),
      kernel: perAxis(1, 5),
      stride: perAxis(1, 4),
      dilation: perAxis(1, 3),
      padding: fc.array(fc.tuple(fc.integer({ min: 0, max: 7 }), fc.integer({ min: 0, max: 7 })), {
        minLength: rank,
        maxLength: rank,
      }),
      outputPadding: perAxis(0, 3),
      paddingMode: fc.constantFrom(
        'zeros' as const,
        'zeros' as const,
        'reflect' as const,
        'replicate' as const,
        'circular' as const,
      ),
    })
    .map(({ kind, batch, groups, from, to, sizes, kernel, stride, dilation, padding, outputPadding, paddingMode }) => ({
      op: { kind, stride, dilation, padding, groups, ...(kind === 'conv' ? { paddingMode } : { outputPadding }) },
      inputShape: [batch, groups * from, ...sizes],
      weightShape: kind === 'conv' ? [groups * to, from, ...kernel] : [groups * from, to, ...kernel],
    }))
    .filter(isLegal);
}

/**
 * Shapes that have kernels of their own, drawn so that rows end anywhere in a vector and crops reach into the first and
 * the last.
 */
const special: Readonly<Record<string, fc.Arbitrary<Configuration>>> = {
  'one channel 3×3': fc
    .record({
      batch: fc.integer({ min: 1, max: 2 }),
      groups: fc.integer({ min: 1, max: 3 }),
      rows: size(1, 9),
      columns: size(1, 40),
      pads: fc.tuple(pad(4), pad(4)),
    })
    .map(({ batch, groups, rows, columns, pads }) => ({
      op: { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: pads, groups },
      inputShape: [batch, groups, rows, columns],
      weightShape: [groups, 1, 3, 3],
    })),
  'stride 2, few channels': fc
    .record({
      // One input has a loop of its own for kernels of at most 3 × 3.
      groups: fc.integer({ min: 1, max: 2 }),
      from: fc.oneof(fc.constant(1), size(1, 16)),
      to: size(1, 3),
      rows: size(1, 9),
      columns: size(1, 40),
      kernel: fc.tuple(size(1, 4), size(1, 4)),
      pads: fc.tuple(pad(5), pad(5)),
      outputPadding: fc.tuple(size(0, 1), size(0, 1)),
    })
    .map(({ groups, from, to, rows, columns, kernel, pads, outputPadding }) => ({
      op: { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: pads, outputPadding, groups },
      inputShape: [2, groups * from, rows, columns],
      weightShape: [groups * from, to, ...kernel],
    })),
  'one channel, stride of whole vectors': fc
    .record({
      groups: fc.integer({ min: 1, max: 3 }),
      rows: size(1, 6),
      columns: size(1, 9),
      stride: fc.tuple(size(1, 5), fc.constantFrom(2, 4, 6, 8, 12, 16)),
      excess: fc.tuple(size(0, 16), size(0, 16)),
      pads: fc.tuple(pad(9), pad(9)),
      outputPadding: fc.tuple(size(0, 4), size(0, 15)),
    })
    .map(({ groups, rows, columns, stride, excess, pads, outputPadding }) => ({
      op: { kind: 'convTranspose', stride, dilation: [1, 1], padding: pads, outputPadding, groups },
      inputShape: [1, groups, rows, columns],
      weightShape: [groups, 1, ...stride.map((step, axis) => 1 + (excess[axis] % (2 * step)))],
    })),
  // Planes of 4 KB lie on one set of a cache and are copied where they are many; the others are read in place.
  'an input that needs no padding': fc
    .record({
      kind: fc.constantFrom('conv' as const, 'convTranspose' as const),
      batch: size(1, 3),
      groups: size(1, 2),
      from: channels,
      to: channels,
      axes: fc.array(fc.record({ length: fc.oneof(size(1, 11), fc.constant(32)), kernel: size(1, 2) }), {
        minLength: 1,
        maxLength: 3,
      }),
      isPointwise: fc.boolean(),
    })
    .map(({ kind, batch, groups, from, to, axes, isPointwise }) => {
      const kernel = axes.map((axis) => (isPointwise ? 1 : axis.kernel));
      return {
        // Each input of the transposed one has outputs of its own.
        op: {
          kind,
          stride: kernel.map((taps) => (kind === 'conv' ? 1 : taps)),
          dilation: kernel.map(() => 1),
          padding: kernel.map(() => 0),
          groups,
        },
        inputShape: [batch, groups * from, ...axes.map(({ length }) => length)],
        weightShape: kind === 'conv' ? [groups * to, from, ...kernel] : [groups * from, to, ...kernel],
      };
    }),
  'one element per channel': fc
    .record({
      batch: size(1, 2),
      groups: size(1, 2),
      from: fc.constantFrom(1, 7, 255, 256, 257),
      to: size(1, 20),
      kernel: fc.array(size(1, 5), { minLength: 1, maxLength: 3 }),
    })
    .map(({ batch, groups, from, to, kernel }) => ({
      op: {
        kind: 'convTranspose',
        stride: kernel.map(() => 2),
        dilation: kernel.map(() => 1),
        padding: kernel.map(() => 0),
        groups,
      },
      inputShape: [batch, groups * from, ...kernel.map(() => 1)],
      weightShape: [groups * from, to, ...kernel],
    })),
};

const ways: Readonly<Record<string, () => Run>> = {
  relaxed: () => machineRun('relaxed'),
  simd128: () => machineRun('simd128'),
  plain:
    () =>
    (plan, { input, weight, bias, output }) => {
      runPlain(plan, input, weight, bias, output, () => undefined);
    },
  'chosen by size': () => {
    const kernels = createKernels(builds());
    return (plan, operands) => {
      kernels.run(plan, operands);
    };
  },
};

for (const [name, create] of Object.entries(ways)) {
  describe(`kernels, ${name}`, () => {
    let run: Run;
    before(() => {
      run = create();
    });

    for (const rank of [1, 2, 3]) {
      for (const dtype of ['float32', 'float64'] as const) {
        it(`rank ${rank}, ${dtype}: agrees with the definition on any legal configuration`, () => {
          fc.assert(
            fc.property(configurations(rank), fc.boolean(), (configuration, withBias) => {
              check(run, configuration, dtype, withBias);
            }),
            { numRuns: RUNS },
          );
        }).timeout(60_000);
      }
    }

    for (const [shape, arbitrary] of Object.entries(special)) {
      for (const dtype of ['float32', 'float64'] as const) {
        it(`${shape}, ${dtype}: agrees with the definition`, () => {
          const legal = arbitrary.filter(isLegal);
          fc.assert(
            fc.property(legal, fc.boolean(), (configuration, withBias) => {
              check(run, configuration, dtype, withBias);
            }),
            { numRuns: RUNS },
          );
        }).timeout(60_000);
      }
    }

    it('depth past one block of 256: sums of several blocks are added up', () => {
      for (const channels of [85, 86, 171]) {
        check(
          run,
          {
            op: { kind: 'conv', stride: [1], dilation: [1], padding: [1] },
            inputShape: [1, channels, 21],
            weightShape: [7, channels, 3],
          },
          'float32',
          true,
        );
      }
    });

    it('a padding that crops everything the kernel wrote leaves the bias', () => {
      const op: Operation = {
        kind: 'convTranspose',
        stride: [7],
        dilation: [1],
        padding: [[2, 2]],
        outputPadding: [6],
      };
      check(run, { op, inputShape: [1, 40, 30], weightShape: [40, 6, 2] }, 'float32', true);
    });
  });
}
