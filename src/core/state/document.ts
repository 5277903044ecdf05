import type { Dtype, Kind, Operation, Tensor } from '../operation';
import { ProblemError, problem } from '../problem';
import { describeBytes } from '../tensor/bytes';
import { bytesPerElement, elementCount } from '../tensor/tensor';

/** The tensors that a document owns; the output is derived. */
export type TensorRole = 'input' | 'weight' | 'bias';

export interface SourcePosition {
  readonly line: number;
  readonly character: number;
}

/** Where a document came from; positions are zero-based, as the editor's are. */
export type Origin =
  | { readonly kind: 'preset'; readonly id: string }
  | { readonly kind: 'file'; readonly uri: string }
  | {
      readonly kind: 'python';
      readonly uri: string;
      readonly callee: string;
      readonly range: { readonly start: SourcePosition; readonly end: SourcePosition };
    };

export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

/** A list of weights for each map, as `derive/pixelMaps` has them. */
export type PixelKernels = readonly (readonly number[])[];

/** How the document is looked at: slicers, colour map, limits, selection. The panel gives it its meaning. */
export type ViewState = Readonly<Record<string, Json>>;

/** Of documents as they are written now. */
export const DOCUMENT_VERSION = 1;

/**
 * What the inspector shows. It may be *illegal* (a stride of 0 stays as it was typed; `resolve` says what is wrong),
 * but is never *malformed*: 1 to 3 spatial axes, every list of the operation has one finite number per axis, the weight
 * is `(a, b, k…)`, the input `(N, C, …)` or `(C, …)`, the bias `(C_out)`, no axis is empty, all are of `dtype`.
 *
 * The head is immutable. The *values* of its tensors are written in place by `History` (docs/decisions/0001).
 */
export interface InspectorDocument {
  readonly version: typeof DOCUMENT_VERSION;
  readonly op: Operation;
  readonly dtype: Dtype;
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor;
  /** Kept only while `op.groups` is illegal, when a transposed convolution's weight does not say it. */
  readonly outputChannels?: number;
  readonly title?: string;
  readonly origin?: Origin;
  /** The kernels of the pixel transposed convolution, where they were edited: see `derive/pixelMaps`. */
  readonly pixelKernels?: PixelKernels;
  readonly view: ViewState;
}

/** Who owns memory: the host hands out shared memory, so that the compute thread reads what an edit wrote. */
export interface TensorStore {
  /** Upper limit in bytes of one tensor. */
  readonly limit: number;
  /** A tensor of zeros. Called only with sizes that `checkSize` has passed. */
  allocate(dtype: Dtype, shape: readonly number[]): Tensor;
  /** Whether a tensor's values stand in the store's own memory already, so that they need not be copied there. */
  owns?(tensor: Tensor): boolean;
}

/**
 * Longest axis that anything here accepts: products of five such sizes stay exact enough to be compared with a limit.
 */
export const LONGEST_AXIS = 2 ** 31 - 1;

export const spatialRank = (document: Pick<InspectorDocument, 'weight'>): number => document.weight.shape.length - 2;

export function isGroupCount(groups: number, inputChannels: number, outputChannels: number): boolean {
  return Number.isSafeInteger(groups) && groups >= 1 && inputChannels % groups === 0 && outputChannels % groups === 0;
}

/** Channels as the document means them, whether or not its groups are legal. */
export function channelsOf(document: InspectorDocument): { readonly input: number; readonly output: number } {
  const { input, weight, op } = document;
  const groups = op.groups ?? 1;
  const perGroup = weight.shape[1];
  return {
    input: input.shape[input.shape.length - spatialRank(document) - 1],
    output:
      document.outputChannels ??
      (op.kind === 'conv' ? weight.shape[0] : perGroup * (Number.isSafeInteger(groups) && groups >= 1 ? groups : 1)),
  };
}

export function weightShape(
  kind: Kind,
  channels: { readonly input: number; readonly output: number },
  groups: number,
  kernel: readonly number[],
): readonly number[] {
  return kind === 'conv'
    ? [channels.output, channels.input / groups, ...kernel]
    : [channels.input, channels.output / groups, ...kernel];
}

/** Throws a ProblemError with the number of bytes asked for, before any memory is taken. */
export function checkSize(store: TensorStore, dtype: Dtype, shape: readonly number[], role: TensorRole): void {
  const bytes = elementCount(shape) * bytesPerElement(dtype);
  if (bytes <= store.limit) return;
  throw new ProblemError([
    problem({
      code: 'tensor-too-large',
      field: 'memory',
      template: 'The {2} of shape {0} would take {1}, above the limit of {3}.',
      args: [`[${shape.join(', ')}]`, describeBytes(bytes), role, describeBytes(store.limit)],
    }),
  ]);
}

/** A tensor of the store with these values, converted to `dtype`: a new one, unless it is the store's own already. */
export function adopt(store: TensorStore, dtype: Dtype, tensor: Tensor, role: TensorRole): Tensor {
  checkSize(store, dtype, tensor.shape, role);
  if (tensor.dtype === dtype && store.owns?.(tensor)) return tensor;
  const own = store.allocate(dtype, [...tensor.shape]);
  own.data.set(tensor.data);
  return own;
}

/** The document with tensors that are the store's own, for a history to write into. */
export function adoptDocument(store: TensorStore, document: InspectorDocument): InspectorDocument {
  const { dtype, bias } = document;
  return {
    ...document,
    input: adopt(store, dtype, document.input, 'input'),
    weight: adopt(store, dtype, document.weight, 'weight'),
    bias: bias && adopt(store, dtype, bias, 'bias'),
  };
}
