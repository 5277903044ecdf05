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

type Size = (input: number) => number;
type Inputs = Relation['inputsOf'];

function slidingSize(stage: Extract<Windowed, { kind: 'conv' | 'pool' }>, axis: number): Size {
  const window = windowOn(stage, axis);
  if (stage.kind === 'conv' || !stage.ceil) return (input) => convOutput(NUMBERS, { input, ...window });
  return (input) => {
    const output = convOutput(NUMBERS, { input, ...window }, 'up');
    // A last window that would begin in the padding at the end is left out (PyTorch, `pooling_output_shape`).
    return (output - 1) * window.stride >= input + window.padBegin ? output - 1 : output;
  };
}

function stampingSize(stage: Extract<Windowed, { kind: 'convTranspose' }>, axis: number): Size {
  const window = { ...windowOn(stage, axis), outputPadding: onAxis(stage.outputPadding, axis) };
  return (input) => transposedOutput(NUMBERS, { input, ...window });
}

function slidingInputs(stage: Windowed, axis: number, input: number): Inputs {
  const { kernel, stride, padBegin, dilation } = windowOn(stage, axis);
  return (at) =>
    range(kernel)
      .map((tap) => at * stride + tap * dilation - padBegin)
      .filter((place) => place >= 0 && place < input);
}

function stampedInputs(stage: Windowed, axis: number, input: number): Inputs {
  const { kernel, stride, padBegin, dilation } = windowOn(stage, axis);
  return (at) =>
    range(kernel)
      .map((tap) => (at + padBegin - tap * dilation) / stride)
      .filter((site) => Number.isInteger(site) && site >= 0 && site < input)
      .sort((one, other) => one - other);
}

/** PyTorch's `interpolate` by a factor, with the factor itself as the scale of places (`UpSample.h`). */
function resizedInputs(
  { scale, mode, corners }: Extract<Stage, { kind: 'resize' }>,
  axis: number,
  { input, output }: Omit<Relation, 'inputsOf'>,
): Inputs {
  const factor = onAxis(scale, axis);
  const neighbours = (place: number): readonly number[] => {
    const low = Math.min(Math.floor(place), input - 1);
    return place === low || low === input - 1 ? [low] : [low, low + 1];
  };
  return (at) => {
    if (mode === 'nearest') return [Math.min(Math.floor(at / factor), input - 1)];
    if (corners) return neighbours(output > 1 ? (at * (input - 1)) / (output - 1) : 0);
    return neighbours(Math.max(0, (at + 0.5) / factor - 0.5));
  };
}

/** What a stage makes of a size along an axis, legal or not; its numbers are looked up once. */
export function sizeAfter(stage: Single, axis: number): Size {
  switch (stage.kind) {
    case 'conv':
    case 'pool':
      return slidingSize(stage, axis);
    case 'convTranspose':
      return stampingSize(stage, axis);
    case 'resize': {
      const factor = onAxis(stage.scale, axis);
      return (input) => Math.floor(input * factor);
    }
    case 'shuffle':
      return (input) => input * stage.factor;
    case 'unshuffle':
      return (input) => input / stage.factor;
    case 'pad':
    case 'crop': {
      const [begin, end] = onAxis(stage.sides, axis);
      const more = (stage.kind === 'pad' ? 1 : -1) * (begin + end);
      return (input) => input + more;
    }
    default:
      return stage satisfies never;
  }
}

function inputsOf(stage: Single, axis: number, sizes: Omit<Relation, 'inputsOf'>): Inputs {
  switch (stage.kind) {
    case 'conv':
    case 'pool':
      return slidingInputs(stage, axis, sizes.input);
    case 'convTranspose':
      return stampedInputs(stage, axis, sizes.input);
    case 'resize':
      return resizedInputs(stage, axis, sizes);
    case 'shuffle':
      return (at) => [Math.floor(at / stage.factor)];
    case 'unshuffle':
      return (at) => range(stage.factor).map((each) => at * stage.factor + each);
    case 'pad':
    case 'crop': {
      const [begin] = onAxis(stage.sides, axis);
      const shift = stage.kind === 'pad' ? -begin : begin;
      return (at) => [at + shift].filter((place) => place >= 0 && place < sizes.input);
    }
    default:
      return stage satisfies never;
  }
}

/** The relation of a stage along an axis of `input` places, legal or not: who asks checks the output. */
export function relationOf(stage: Single, axis: number, input: number): Relation {
  const sizes = { input, output: sizeAfter(stage, axis)(input) };
  return { ...sizes, inputsOf: inputsOf(stage, axis, sizes) };
}
