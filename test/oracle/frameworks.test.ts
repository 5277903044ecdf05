import assert from 'node:assert/strict';
import { planAxis } from '../../src/core/axis';
import { kernelExtent, NUMBERS } from '../../src/core/formulas';
import { torchTwin } from '../../src/core/frameworks/torchTwin';
import { weightFromCanonical, weightToCanonical } from '../../src/core/frameworks/weights';
import { gather } from '../../src/core/kernels/gather';
import { remap } from '../../src/core/kernels/windows';
import type { Operation, Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { arrange, spelled } from '../../src/core/tensor/layouts';
import { analyzeModule, type Report } from '../../src/python';
import { storedAs } from '../../src/python/canonicalUse';
import { operationOf } from '../../src/python/shapes/convolution';
import { convOutput } from '../../src/python/sizes/axis';
import { axesOf, inputSizes, kernelSizes, READINGS, type Row } from './frameworkCalls';
import { readGolden } from './goldens';
import { integers } from './seeded';

type Numbers = readonly number[];
const { rows } = readGolden<{ rows: readonly Row[] }>('frameworks');
const title = ({ framework, call, input, weight }: Row): string =>
  `${framework} ${JSON.stringify(call)} on ${JSON.stringify(input)} with ${JSON.stringify(weight)}`;

const channelsAreLast = ({ framework }: Row): boolean => READINGS[framework].channelsLast;
const channelsFirst = (stored: Tensor): Tensor =>
  arrange(stored, spelled('NSC', stored.shape.length - 2), spelled('NCS', stored.shape.length - 2));
const channelsLast = (tensor: Tensor): Tensor =>
  arrange(tensor, spelled('NCS', tensor.shape.length - 2), spelled('NSC', tensor.shape.length - 2));

/** The call in PyTorch's operation; `undefined` where that cannot say it. */
function operation(row: Row): Operation | undefined {
  const { kind, groups, paddingMode } = READINGS[row.framework];
  const setup = { kind, torchRules: false, groups: groups?.(row) ?? 1, paddingMode: paddingMode?.(row) };
  return operationOf(setup, axesOf(row));
}

/** The call's own report, from reading the Python that makes it. */
function reportOf(row: Row): Report {
  const { reports } = analyzeModule({ path: 'call.py', text: READINGS[row.framework].python(row) });
  const report = reports.find(({ family }) => family === READINGS[row.framework].kind);
  assert.ok(report, title(row));
  return report;
}

const errorsOf = (row: Row): readonly Report['problems'][number][] =>
  reportOf(row).problems.filter(({ severity }) => severity === 'error');

interface Prepared {
  readonly plan: Plan;
  readonly input: Tensor;
  readonly weight: Tensor;
}

/** Operands in PyTorch's layouts and the resolved plan; `undefined` when either the translation or the rules refuse. */
function prepare(row: Row): Prepared | undefined {
  const op = operation(row);
  if (!op) return undefined;
  const stored = integers(row.seed, row.input);
  const input = channelsAreLast(row) ? channelsFirst(stored) : stored;
  const weight = weightToCanonical(integers(row.seed + 1, row.weight), storedAs(reportOf(row)));
  const resolution = resolve(op, input.shape, weight.shape);
  return resolution.ok ? { plan: resolution.plan, input, weight } : undefined;
}

/**
 * What PyTorch's operation cannot say, though the framework computes it: outputs before the first stamp or long after
 * the last, elements that wrap around, and zeros between the input's.
 */
function beyondPytorch(row: Row): boolean {
  const { call } = row;
  if ((call.input_dilation as Numbers | undefined)?.some((dilation) => dilation > 1)) return true;
  const dilations = (call.rhs_dilation ?? call.kernel_dilation) as Numbers;
  const extents = kernelSizes(row).map((size, axis) => kernelExtent(NUMBERS, size, dilations[axis]));
  if (row.framework === 'flax.linen.Conv')
    // PyTorch wraps around once at most.
    return (
      call.padding === 'CIRCULAR' && extents.some((extent, axis) => Math.floor(extent / 2) > inputSizes(row)[axis])
    );
  if (call.padding === 'CIRCULAR') return true;
  const padding = typeof call.padding === 'number' ? extents.map(() => [call.padding, call.padding]) : call.padding;
  if (!Array.isArray(padding) || call.use_consistent_padding === true) return false;
  return extents.some((extent, axis) => {
    const [before, after] = (padding as Numbers[])[axis];
    return before > extent - 1 || after - (extent - 1) >= Math.max((call.strides as Numbers)[axis], dilations[axis]);
  });
}

/**
 * ONNX Runtime and Paddle check that output padding is below the stride or the dilation, as PyTorch has it, and then
 * fail unless it is below the stride.
 */
function againstItsOwnCheck({ call, error = '' }: Row): boolean {
  const added = (call.output_padding as Numbers | null) ?? [];
  return (
    /inconsistent with input spatial dimensions|are (inconsistent|mismatching)/.test(error) &&
    added.some((each, axis) => each >= ((call.strides ?? call.stride) as Numbers)[axis])
  );
}

/** The golden's words are cut off, and TensorFlow's are those of a library that it may run without. */
const saysTheSame = ({ framework, error = '' }: Row, words: string): boolean =>
  framework === 'tf.nn.conv_transpose' || /Status M$/.test(error) || error.includes(words.slice(0, 60));

/** The generator asks for no output of no elements, which these frameworks make. */
const runsEmpty = ({ framework, error }: Row): boolean =>
  error === 'empty output' && /^(jax|flax|paddle)/.test(framework);

for (const framework of new Set(rows.map((row) => row.framework))) {
  const own = rows.filter((row) => row.framework === framework);
  const answered = own.filter((row) => row.values && (!/jax|flax/.test(framework) || !beyondPytorch(row)));

  describe(`${framework}: ${own.length} calls, ${answered.length} with values that PyTorch’s operation can give`, () => {
    it('translates to the same values', () => {
      assert.ok(answered.length >= own.length / 2);
      for (const row of answered) {
        const prepared = prepare(row);
        assert.ok(prepared, title(row));
        const output = gather(prepared.plan, prepared.input, prepared.weight);
        const stored = channelsAreLast(row) ? channelsLast(output) : output;
        assert.deepEqual(stored.shape, row.shape, title(row));
        // + 0 makes −0 and 0 the same.
        assert.deepEqual(
          [...stored.data].map((value) => value + 0),
          row.values,
          title(row),
        );
      }
    });

    it('has the size that the rule says, also where it has values that PyTorch’s operation has not', () => {
      for (const row of own) {
        if (!row.values) continue;
        const sizes = axesOf(row).map((axis) => convOutput(READINGS[framework].kind, axis));
        assert.deepEqual(sizes, channelsAreLast(row) ? row.shape?.slice(1, -1) : row.shape?.slice(2), title(row));
      }
    });

    it('is read in Python as the same operation on the same shapes', () => {
      for (const row of own) {
        if (!row.values) continue;
        const { uses, problems } = reportOf(row);
        assert.deepEqual(
          problems.filter(({ severity }) => severity === 'error'),
          [],
          title(row),
        );
        assert.deepEqual([uses[0]?.inputShape, uses[0]?.outputShape], [row.input, row.shape], title(row));
        assert.deepEqual(uses[0].operation, operation(row), title(row));
      }
    });

    it('is refused where the framework refuses it, in its words', () => {
      for (const row of own) {
        if (!row.error || againstItsOwnCheck(row) || runsEmpty(row)) continue;
        const errors = errorsOf(row);
        assert.notDeepEqual(errors, [], `${title(row)}: ${row.error}`);
        for (const { framework: words } of errors)
          assert.ok(words === undefined || saysTheSame(row, words), `${title(row)}: ${words}, not ${row.error}`);
      }
    });

    it('is no operation of PyTorch’s where that cannot say it', () => {
      for (const row of own)
        if (row.values && !answered.includes(row)) assert.equal(operation(row), undefined, title(row));
    });

    it('stores its kernel in the order that the layout says, both ways', () => {
      for (const row of answered) {
        const order = storedAs(reportOf(row));
        const stored = integers(row.seed + 1, row.weight);
        const channels = row.input[channelsAreLast(row) ? row.input.length - 1 : 1];
        const back = weightFromCanonical(weightToCanonical(stored, order), order, channels);
        assert.deepEqual(back, stored, title(row));
      }
    });
  });
}

describe('Keras same ↔ PyTorch', () => {
  const same = rows.filter(
    ({ framework, call, values }) =>
      framework === 'keras.ConvTranspose' && call.padding === 'same' && !call.output_padding && values,
  );

  it(`has a twin with the same values for ${same.length} layers, exact or with its slice`, () => {
    let exact = 0;
    for (const row of same) {
      const op = operation(row);
      assert.ok(op, title(row));
      const kernel = kernelSizes(row);
      const twin = torchTwin(inputSizes(row).map((size, axis) => planAxis(op, axis, size, kernel[axis])));
      const input = channelsFirst(integers(row.seed, row.input));
      const weight = weightToCanonical(integers(row.seed + 1, row.weight), 'keras-convtranspose');
      const twinOp = {
        kind: 'convTranspose' as const,
        stride: row.call.strides as Numbers,
        dilation: row.call.dilation_rate as Numbers,
        padding: twin.axes.map((axis) => axis.padding),
        outputPadding: twin.axes.map((axis) => axis.outputPadding),
      };
      const resolution = resolve(twinOp, input.shape, weight.shape);
      assert.ok(resolution.ok, title(row));
      const full = gather(resolution.plan, input, weight);
      const shape = full.shape.map((size, at) => (at < 2 ? size : (twin.axes[at - 2].slice?.length ?? size)));
      const sliced = remap(full, shape, (index, at) => index + (at < 2 ? 0 : (twin.axes[at - 2].slice?.from ?? 0)));
      assert.deepEqual(channelsLast(sliced).shape, row.shape, title(row));
      assert.deepEqual(
        [...channelsLast(sliced).data].map((value) => value + 0),
        row.values,
        title(row),
      );
      assert.equal(twin.exact, twin.recipe === undefined);
      if (twin.exact) exact++;
    }
    assert.ok(exact > 0 && exact < same.length, `${exact} exact of ${same.length}`);
  });
});
