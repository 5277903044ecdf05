import assert from 'node:assert/strict';
import { flaxTranspose, type FlaxTransposeCall, jaxTranspose, type JaxPadding } from '../../src/core/frameworks/jax';
import { kerasConv, type KerasConvCall, kerasTranspose } from '../../src/core/frameworks/keras';
import { kerasSameTwin } from '../../src/core/frameworks/kerasTwin';
import { type AutoPad, onnxConv, onnxTranspose } from '../../src/core/frameworks/onnx';
import { tensorflowTranspose } from '../../src/core/frameworks/tensorflow';
import { extentOf, type Translation } from '../../src/core/frameworks/translation';
import { weightFromCanonical, weightToCanonical } from '../../src/core/frameworks/weights';
import { gather } from '../../src/core/kernels/gather';
import { remap } from '../../src/core/kernels/windows';
import type { Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { arrange, spelled } from '../../src/core/tensor/layouts';
import { readGolden } from './goldens';
import { integers } from './seeded';

/** A call with its own framework's parameter names, and what the framework answered, in its own layout. */
interface Row {
  readonly framework: string;
  readonly call: Readonly<Record<string, unknown>>;
  readonly input: readonly number[];
  readonly weight: readonly number[];
  readonly seed: number;
  readonly shape?: readonly number[];
  readonly values?: readonly number[];
  readonly error?: string;
}

type Numbers = readonly number[];
const { rows } = readGolden<{ rows: readonly Row[] }>('frameworks');
const title = ({ framework, call, input, weight }: Row): string =>
  `${framework} ${JSON.stringify(call)} on ${JSON.stringify(input)} with ${JSON.stringify(weight)}`;

const channelsAreLast = (row: Row): boolean => !row.framework.startsWith('onnx');
const inputSizes = (row: Row): Numbers => (channelsAreLast(row) ? row.input.slice(1, -1) : row.input.slice(2));
const kernelSizes = (row: Row): Numbers => (channelsAreLast(row) ? row.weight.slice(0, -2) : row.weight.slice(2));

function translate(row: Row): Translation {
  const { call } = row;
  const numbers = (name: string): Numbers => call[name] as Numbers;
  const maybe = (name: string): Numbers | undefined => (call[name] as Numbers | null | undefined) ?? undefined;
  const flag = (name: string): boolean => call[name] === true;
  const kernel = kernelSizes(row);
  switch (row.framework) {
    case 'keras.ConvTranspose': {
      const padding = call.padding as 'valid' | 'same';
      return kerasTranspose(
        {
          padding,
          strides: numbers('strides'),
          dilationRate: numbers('dilation_rate'),
          outputPadding: maybe('output_padding'),
        },
        kernel,
      );
    }
    case 'keras.Conv':
    case 'keras.DepthwiseConv': {
      const depthwise = row.framework === 'keras.DepthwiseConv';
      const groups = depthwise ? row.input[row.input.length - 1] : Number(call.groups);
      const padding = call.padding as KerasConvCall['padding'];
      return kerasConv(
        { padding, groups, strides: numbers('strides'), dilationRate: numbers('dilation_rate') },
        inputSizes(row),
        kernel,
        depthwise,
      );
    }
    case 'tf.nn.conv_transpose': {
      const padding = call.padding as 'SAME' | 'VALID';
      return tensorflowTranspose(
        { padding, outputShape: numbers('output_shape'), strides: numbers('strides') },
        inputSizes(row),
        kernel,
      );
    }
    case 'jax.lax.conv_transpose': {
      const useConsistentPadding = flag('use_consistent_padding');
      const padding = call.padding as JaxPadding;
      return jaxTranspose(
        {
          padding,
          useConsistentPadding,
          strides: numbers('strides'),
          rhsDilation: numbers('rhs_dilation'),
          transposeKernel: flag('transpose_kernel'),
        },
        kernel,
      );
    }
    case 'flax.linen.ConvTranspose': {
      const padding = call.padding as FlaxTransposeCall['padding'];
      return flaxTranspose(
        {
          padding,
          strides: numbers('strides'),
          kernelDilation: numbers('kernel_dilation'),
          transposeKernel: flag('transpose_kernel'),
        },
        kernel,
      );
    }
    case 'onnx.Conv':
    case 'onnx.ConvTranspose': {
      const common = {
        strides: numbers('strides'),
        dilations: numbers('dilations'),
        group: Number(call.group),
        pads: maybe('pads'),
        autoPad: call.auto_pad as AutoPad | undefined,
      };
      return row.framework === 'onnx.Conv'
        ? onnxConv(common, inputSizes(row), kernel)
        : onnxTranspose(
            { ...common, outputPadding: maybe('output_padding'), outputShape: maybe('output_shape') },
            inputSizes(row),
            kernel,
          );
    }
    default:
      throw new Error(`unknown framework ${row.framework}`);
  }
}

const channelsFirst = (stored: Tensor): Tensor =>
  arrange(stored, spelled('NSC', stored.shape.length - 2), spelled('NCS', stored.shape.length - 2));
const channelsLast = (tensor: Tensor): Tensor =>
  arrange(tensor, spelled('NCS', tensor.shape.length - 2), spelled('NSC', tensor.shape.length - 2));

interface Prepared {
  readonly plan: Plan;
  readonly input: Tensor;
  readonly weight: Tensor;
}

/** Operands in PyTorch's layouts and the resolved plan; `undefined` when either the translation or the rules refuse. */
function prepare(row: Row): Prepared | undefined {
  const translation = translate(row);
  if (!translation.ok) return undefined;
  const stored = integers(row.seed, row.input);
  const input = channelsAreLast(row) ? channelsFirst(stored) : stored;
  const weight = weightToCanonical(integers(row.seed + 1, row.weight), translation.storedAs);
  const resolution = resolve(translation.op, input.shape, weight.shape);
  return resolution.ok ? { plan: resolution.plan, input, weight } : undefined;
}

/**
 * What PyTorch's operation cannot say, though the framework computes it: outputs before the first stamp, or long after
 * the last.
 */
function beyondPytorch(row: Row): boolean {
  const { call } = row;
  if (call.padding === 'CIRCULAR') return true;
  const extents = kernelSizes(row).map((size, axis) =>
    extentOf(size, ((call.rhs_dilation ?? call.kernel_dilation) as Numbers)[axis]),
  );
  const padding = typeof call.padding === 'number' ? extents.map(() => [call.padding, call.padding]) : call.padding;
  if (!Array.isArray(padding) || call.use_consistent_padding === true) return false;
  return extents.some((extent, axis) => {
    const [before, after] = (padding as Numbers[])[axis];
    const dilation = ((call.rhs_dilation ?? call.kernel_dilation) as Numbers)[axis];
    return before > extent - 1 || after - (extent - 1) >= Math.max((call.strides as Numbers)[axis], dilation);
  });
}

/**
 * ONNX admits an output padding below the stride or the dilation; ONNX Runtime checks that, and then fails unless it is
 * below the stride.
 */
function againstItsSpecification({ call, error = '' }: Row): boolean {
  const added = (call.output_padding as Numbers | null) ?? [];
  return (
    error.includes('inconsistent with input spatial dimensions') &&
    added.some((each, axis) => each >= (call.strides as Numbers)[axis])
  );
}

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

    it('refuses what it refuses', () => {
      for (const row of own)
        if (row.error && !againstItsSpecification(row)) assert.ok(!prepare(row), `${title(row)}: ${row.error}`);
    });

    it('refuses what PyTorch’s operation cannot say', () => {
      for (const row of own) if (row.values && !answered.includes(row)) assert.ok(!prepare(row), title(row));
    });

    it('stores its kernel in the order that the layout says, both ways', () => {
      for (const row of answered) {
        const translation = translate(row);
        assert.ok(translation.ok);
        const stored = integers(row.seed + 1, row.weight);
        const channels = row.input[channelsAreLast(row) ? row.input.length - 1 : 1];
        const back = weightFromCanonical(
          weightToCanonical(stored, translation.storedAs),
          translation.storedAs,
          channels,
        );
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
      const strides = row.call.strides as Numbers;
      const dilation = row.call.dilation_rate as Numbers;
      const twin = kerasSameTwin(
        inputSizes(row),
        kernelSizes(row).map((size, axis) => extentOf(size, dilation[axis])),
        strides,
      );
      const input = channelsFirst(integers(row.seed, row.input));
      const weight = weightToCanonical(integers(row.seed + 1, row.weight), 'keras-convtranspose');
      const op = {
        kind: 'convTranspose' as const,
        stride: strides,
        dilation,
        padding: twin.axes.map((axis) => axis.padding),
        outputPadding: twin.axes.map((axis) => axis.outputPadding),
      };
      const resolution = resolve(op, input.shape, weight.shape);
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
