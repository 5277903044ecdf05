import { evenOperation } from '../artefacts/evenKernel';
import { unshuffled, unshuffleWeight } from '../artefacts/fromShuffle';
import { copyFirstSubKernel } from '../artefacts/icnr';
import { shuffleOperation, shuffleWeight } from '../artefacts/pixelShuffle';
import { resizeConvOf, resizeWeight } from '../artefacts/resizeConv';
import { trimmed } from '../artefacts/trim';
import { paddingOf } from '../axis';
import { forEachPosition, stridesOf } from '../kernels/positions';
import type { Operation, Tensor } from '../operation';
import { isEvenPlan } from '../artefacts/counts';
import type { Plan } from '../plan';
import { problem, ProblemError } from '../problem';
import { bilinearLayer } from '../upsampling/transposed';
import { checkSize, type InspectorDocument, type TensorStore } from './document';
import { resolveDocument } from './resolveDocument';

/** What can be done about the checkerboard of a transposed convolution. Each is one step of undo. */
export type Cure =
  /** A kernel that the stride divides; the output stays as it is, the new taps are 0. */
  | { readonly cure: 'evenKernel' }
  /** The same, with the first sub-kernel copied to all others. */
  | { readonly cure: 'icnr' }
  /** The input enlarged to the nearest neighbour, and a convolution of stride 1. */
  | { readonly cure: 'resizeConv' }
  /** A convolution of stride 1 whose channels a pixel shuffle makes places of: the same layer. */
  | { readonly cure: 'pixelShuffle' }
  /** The way back: a convolution with a pixel shuffle by `factor` behind it as a transposed convolution. */
  | { readonly cure: 'transposed'; readonly factor: number }
  /** Weights, kernel and padding of bilinear interpolation by the stride: each output channel of one input channel. */
  | { readonly cure: 'bilinear' };

function refuse(template: string, ...args: readonly (string | number)[]): never {
  throw new ProblemError([problem({ code: 'edit-refused', field: 'document', template, args })]);
}

function planFor(document: InspectorDocument, kind: Plan['kind']): Plan {
  const resolution = resolveDocument(document);
  if (!resolution.ok) throw new ProblemError(resolution.problems);
  if (resolution.plan.kind !== kind)
    refuse(kind === 'conv' ? 'This is made of a convolution.' : 'This is made of a transposed convolution.');
  return resolution.plan;
}

/** The document with another operation and weight. What is only meant for the old operation is gone. */
function withOperation(document: InspectorDocument, op: Operation, weight: Tensor): InspectorDocument {
  const groups = document.op.groups === undefined && op.groups === 1 ? undefined : op.groups;
  return { ...document, op: { ...op, groups }, weight };
}

function allocated(store: TensorStore, document: InspectorDocument, shape: readonly number[]): Tensor {
  checkSize(store, document.dtype, shape, 'weight');
  return store.allocate(document.dtype, shape);
}

function evenKernel(store: TensorStore, document: InspectorDocument): InspectorDocument {
  const plan = planFor(document, 'convTranspose');
  if (isEvenPlan(plan)) return document;
  const { op, axes } = evenOperation(plan);
  const { weight } = document;
  const to = allocated(store, document, [...weight.shape.slice(0, 2), ...axes.map(({ kernel }) => kernel)]);
  const strides = stridesOf(to.shape);
  forEachPosition(weight.shape, (position, flat) => {
    const target = position.reduce((all, at, axis) => {
      const place = axis < 2 ? at : at * axes[axis - 2].spread + axes[axis - 2].offset;
      return all + place * strides[axis];
    }, 0);
    to.data[target] = weight.data[flat];
  });
  return withOperation(document, op, to);
}

function icnr(store: TensorStore, document: InspectorDocument): InspectorDocument {
  const even = evenKernel(store, document);
  // The old weight is what undo goes back to.
  const weight = even.weight === document.weight ? allocated(store, document, even.weight.shape) : even.weight;
  if (weight !== even.weight) weight.data.set(even.weight.data);
  copyFirstSubKernel(weight, even.op.stride);
  return { ...even, weight };
}

function resizeConv(store: TensorStore, document: InspectorDocument): InspectorDocument {
  const plan = planFor(document, 'convTranspose');
  const made = resizeConvOf(plan) ?? refuse('The enlarged input is smaller than the kernel.');
  const { input, dtype } = document;
  const shape = [...input.shape.slice(0, -plan.rank), ...made.spatial];
  checkSize(store, dtype, shape, 'input');
  const enlarged = store.allocate(dtype, shape);
  const strides = stridesOf(input.shape);
  const leading = input.shape.length - plan.rank;
  forEachPosition(shape, (position, flat) => {
    const from = position.reduce((all, at, axis) => {
      const place = axis < leading ? at : Math.floor(at / plan.axes[axis - leading].stride);
      return all + place * strides[axis];
    }, 0);
    enlarged.data[flat] = input.data[from];
  });
  const turned = resizeWeight(plan, document.weight);
  const weight = allocated(store, document, turned.shape);
  weight.data.set(turned.data);
  return { ...withOperation(document, made.op, weight), input: enlarged };
}

function pixelShuffle(store: TensorStore, document: InspectorDocument): InspectorDocument {
  const plan = planFor(document, 'convTranspose');
  const { op, weightShape, axes } = shuffleOperation(plan);
  const weight = allocated(store, document, weightShape);
  shuffleWeight(plan, document.weight, weight);
  const next = withOperation(document, op, weight);
  const { bias } = document;
  if (!bias) return next;
  const blocks = axes.reduce((all, { factor }) => all * factor, 1);
  checkSize(store, document.dtype, [bias.data.length * blocks], 'bias');
  const repeated = store.allocate(document.dtype, [bias.data.length * blocks]);
  repeated.data.forEach((_, at) => (repeated.data[at] = bias.data[Math.floor(at / blocks)]));
  return { ...next, bias: repeated };
}

function transposed(store: TensorStore, document: InspectorDocument, factor: number): InspectorDocument {
  const plan = planFor(document, 'conv');
  const made = unshuffled(plan, factor);
  if (!made) return refuse('Behind this convolution there can be no pixel shuffle by {0}.', factor);
  const { bias } = document;
  const blocks = factor ** plan.rank;
  if (bias?.data.some((value, at) => !Object.is(value, bias.data[at - (at % blocks)])))
    refuse('The bias of channels that become neighbours differs: no transposed convolution has such a bias.');
  const full = allocated(store, document, made.weightShape);
  unshuffleWeight(plan, factor, document.weight, full);
  const cut = trimmed(
    full,
    made.op.padding.map((_, axis) => paddingOf(made.op, axis)),
    made.op.stride,
    (shape) => allocated(store, document, shape),
  );
  const op: Operation = { ...made.op, padding: cut.padding, outputPadding: cut.outputPadding };
  const next = withOperation(document, op, cut.weight);
  if (!bias) return next;
  const few = store.allocate(document.dtype, [bias.data.length / blocks]);
  few.data.forEach((_, at) => (few.data[at] = bias.data[at * blocks]));
  return { ...next, bias: few };
}

function bilinear(store: TensorStore, document: InspectorDocument): InspectorDocument {
  const { axes, inputPerGroup } = planFor(document, 'convTranspose');
  const { op, kernel } = bilinearLayer(axes.map(({ stride }) => stride));
  const [inputs, outputs] = document.weight.shape;
  const weight = allocated(store, document, [inputs, outputs, ...kernel.shape]);
  weight.data.fill(0);
  for (let input = 0; input < inputs; input++)
    for (let output = 0; output < outputs; output++)
      if (output % inputPerGroup === input % inputPerGroup)
        weight.data.set(kernel.data, (input * outputs + output) * kernel.data.length);
  return withOperation(document, { ...op, groups: document.op.groups }, weight);
}

/**
 * The document with a cure taken. Throws a ProblemError, and has changed nothing, where it does not apply or asks for
 * too much memory.
 */
export function withCure(store: TensorStore, document: InspectorDocument, cure: Cure): InspectorDocument {
  switch (cure.cure) {
    case 'evenKernel':
      return evenKernel(store, document);
    case 'icnr':
      return icnr(store, document);
    case 'resizeConv':
      return resizeConv(store, document);
    case 'pixelShuffle':
      return pixelShuffle(store, document);
    case 'transposed':
      return transposed(store, document, cure.factor);
    case 'bilinear':
      return bilinear(store, document);
    default:
      return cure satisfies never;
  }
}
