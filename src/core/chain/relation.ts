import { convOutput, kernelExtent, NUMBERS, transposedOutput } from '../formulas';
import { onAxis, type Stage } from './stage';

/** What one stage does along one axis: how many places it gives, and which of its input each reads. */
export interface Relation {
  readonly input: number;
  readonly output: number;
  /** Ascending, without doubles; none where only the bias is. */
  inputsOf(output: number): readonly number[];
}

type Single = Exclude<Stage, { readonly kind: 'join' }>;
type Windowed = Extract<Stage, { readonly kind: 'conv' | 'convTranspose' | 'pool' }>;

const range = (count: number): readonly number[] => Array.from({ length: Math.max(0, count) }, (_, at) => at);

function windowOn(
  stage: Windowed,
  axis: number,
): {
  readonly kernel: number;
  readonly stride: number;
  readonly padBegin: number;
  readonly padEnd: number;
  readonly dilation: number;
  readonly extent: number;
} {
  const kernel = onAxis(stage.kernel, axis);
  const dilation = onAxis(stage.dilation, axis);
  const [padBegin, padEnd] = onAxis(stage.padding, axis);
  const extent = kernelExtent(NUMBERS, kernel, dilation);
  return { kernel, stride: onAxis(stage.stride, axis), padBegin, padEnd, dilation, extent };
}

function sliding(stage: Extract<Windowed, { kind: 'conv' | 'pool' }>, axis: number, input: number): Relation {
  const { kernel, stride, padBegin, padEnd, dilation, extent } = windowOn(stage, axis);
  const round = stage.kind === 'pool' && stage.ceil ? 'up' : 'down';
  let output = convOutput(NUMBERS, { input, stride, padBegin, padEnd, extent }, round);
  // A last window that would begin in the padding at the end is left out (PyTorch, `pooling_output_shape`).
  if (round === 'up' && (output - 1) * stride >= input + padBegin) output--;
  return {
    input,
    output,
    inputsOf: (at) =>
      range(kernel)
        .map((tap) => at * stride + tap * dilation - padBegin)
        .filter((place) => place >= 0 && place < input),
  };
}

function stamping(stage: Extract<Windowed, { kind: 'convTranspose' }>, axis: number, input: number): Relation {
  const { kernel, stride, padBegin, padEnd, dilation, extent } = windowOn(stage, axis);
  const outputPadding = onAxis(stage.outputPadding, axis);
  return {
    input,
    output: transposedOutput(NUMBERS, { input, stride, padBegin, padEnd, extent, outputPadding }),
    inputsOf: (at) =>
      range(kernel)
        .map((tap) => (at + padBegin - tap * dilation) / stride)
        .filter((site) => Number.isInteger(site) && site >= 0 && site < input)
        .sort((one, other) => one - other),
  };
}

/** PyTorch's `interpolate` by a factor, with the factor itself as the scale of places (`UpSample.h`). */
function resizing({ scale, mode, corners }: Extract<Stage, { kind: 'resize' }>, axis: number, input: number): Relation {
  const factor = onAxis(scale, axis);
  const output = Math.floor(input * factor);
  const neighbours = (place: number): readonly number[] => {
    const low = Math.min(Math.floor(place), input - 1);
    return place === low || low === input - 1 ? [low] : [low, low + 1];
  };
  return {
    input,
    output,
    inputsOf(at) {
      if (mode === 'nearest') return [Math.min(Math.floor(at / factor), input - 1)];
      if (corners) return neighbours(output > 1 ? (at * (input - 1)) / (output - 1) : 0);
      return neighbours(Math.max(0, (at + 0.5) / factor - 0.5));
    },
  };
}

/** The relation of a stage along an axis of `input` places, legal or not: who asks checks the output. */
export function relationOf(stage: Single, axis: number, input: number): Relation {
  switch (stage.kind) {
    case 'conv':
    case 'pool':
      return sliding(stage, axis, input);
    case 'convTranspose':
      return stamping(stage, axis, input);
    case 'resize':
      return resizing(stage, axis, input);
    case 'shuffle': {
      const { factor } = stage;
      return { input, output: input * factor, inputsOf: (at) => [Math.floor(at / factor)] };
    }
    case 'unshuffle': {
      const { factor } = stage;
      return { input, output: input / factor, inputsOf: (at) => range(factor).map((each) => at * factor + each) };
    }
    case 'pad':
    case 'crop': {
      const [begin, end] = onAxis(stage.sides, axis);
      const sign = stage.kind === 'pad' ? 1 : -1;
      return {
        input,
        output: input + sign * (begin + end),
        inputsOf: (at) => [at - sign * begin].filter((place) => place >= 0 && place < input),
      };
    }
    default: {
      const never: never = stage;
      return never;
    }
  }
}
