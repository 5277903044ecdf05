import type { Dtype, Kind, PaddingMode, Tensor } from '../operation';
import type { Cure } from './cure';
import type { InspectorDocument, PixelKernels, TensorRole } from './document';
import type { FillSpec } from './fills';

/** The parameters that a number per axis states. Without `axis`, all axes are set: the link toggle. */
export type AxisParameter = 'stride' | 'padding' | 'dilation' | 'outputPadding' | 'kernel';

/** One parameter on every axis; two numbers are the padding of both sides. */
export interface AxisValues {
  readonly field: AxisParameter;
  readonly values: readonly (number | readonly [begin: number, end: number])[];
}

/**
 * Everything that can be done to a document. Crosses from the webview as JSON with typed arrays; `parseEdit` checks it.
 * Stride, padding, dilation, output padding, groups and padding mode are kept as typed even when illegal; sizes
 * (kernel, resize) must be possible ones, because a tensor has to have them.
 */
export type EditBody =
  /** `indices` are flat, in C order; of two writes to one cell the last counts. */
  | {
      readonly kind: 'setCells';
      readonly tensor: TensorRole;
      readonly indices: Uint32Array;
      readonly values: Float64Array;
    }
  /**
   * The same, in a tensor that is first made as large as `spatial` says: pasted cells that went beyond its edge.
   * `indices` are those of the larger tensor.
   */
  | {
      readonly kind: 'growForCells';
      readonly tensor: 'input' | 'weight';
      readonly spatial: readonly number[];
      readonly indices: Uint32Array;
      readonly values: Float64Array;
    }
  /** `leading` fixes the tensor's first axes, and only the rest is filled. */
  | {
      readonly kind: 'fill';
      readonly tensor: TensorRole;
      readonly fill: FillSpec;
      readonly leading?: readonly number[];
    }
  | {
      readonly kind: 'setParameter';
      readonly field: AxisParameter;
      readonly axis?: number;
      /** Padding only: one side of the axis. */
      readonly side?: 'begin' | 'end';
      readonly value: number;
    }
  /** Every axis its own, in one step of undo. */
  | ({ readonly kind: 'setAxes' } & AxisValues)
  /** The same of several parameters, set in this order: what makes sense only together is undone together. */
  | { readonly kind: 'setParameters'; readonly parameters: readonly AxisValues[] }
  /** What is done about a checkerboard: another layer in place of this one, with its values. */
  | ({ readonly kind: 'cure' } & Cure)
  /** 1-D, 2-D or 3-D: axes are added and dropped outside. */
  | { readonly kind: 'setRank'; readonly rank: number }
  | { readonly kind: 'setParameter'; readonly field: 'groups'; readonly value: number }
  | { readonly kind: 'setParameter'; readonly field: 'paddingMode'; readonly value: PaddingMode }
  | { readonly kind: 'setParameter'; readonly field: 'kind'; readonly value: Kind }
  /** What is not stated stays. Old values stay where they were; new cells are 0, new channels repeat the old ones. */
  | {
      readonly kind: 'resize';
      readonly batch?: number;
      readonly inputChannels?: number;
      readonly outputChannels?: number;
      readonly spatial?: readonly number[];
    }
  /** The other tensors' channels follow. `label` names the source, such as a file. */
  | { readonly kind: 'replaceTensor'; readonly tensor: TensorRole; readonly value: Tensor; readonly label?: string }
  | { readonly kind: 'replaceDocument'; readonly document: InspectorDocument; readonly label?: string }
  | { readonly kind: 'setBias'; readonly on: boolean }
  | { readonly kind: 'setDtype'; readonly dtype: Dtype }
  /** Kernels of the pixel transposed convolution; none: those that it begins with. */
  | { readonly kind: 'setPixelKernels'; readonly kernels: PixelKernels | undefined };

/** Edits of one `group`, such as one drag of a number, are undone together. */
export type Edit = EditBody & { readonly group?: string };

/** A text for a menu; the host translates `template`. */
export interface Label {
  readonly template: string;
  readonly args: readonly (string | number)[];
}

/** What the undo menu calls a change of each parameter; its texts are collected for translation from here. */
export const PARAMETER_LABELS = {
  stride: 'Change stride',
  padding: 'Change padding',
  dilation: 'Change dilation',
  outputPadding: 'Change output padding',
  kernel: 'Change kernel size',
  groups: 'Change groups',
  paddingMode: 'Change padding mode',
  kind: 'Change operation',
} as const;

function labelOfCure(cure: Cure['cure']): Label {
  const plain = (template: string): Label => ({ template, args: [] });
  switch (cure) {
    case 'evenKernel':
      return plain('Make the stride divide the kernel');
    case 'icnr':
      return plain('Start with ICNR');
    case 'resizeConv':
      return plain('Resize, then convolve');
    case 'pixelShuffle':
      return plain('Write as a pixel shuffle');
    case 'transposed':
      return plain('Write as a transposed convolution');
    case 'bilinear':
      return plain('Use bilinear weights');
    default:
      return cure satisfies never;
  }
}

/** What the undo menu calls an edit. */
export function labelOf(edit: Edit): Label {
  const plain = (template: string, ...args: (string | number)[]): Label => ({ template, args });
  switch (edit.kind) {
    case 'setCells':
    case 'growForCells':
      return edit.indices.length === 1 ? plain('Edit cell') : plain('Edit {0} cells', edit.indices.length);
    case 'fill':
      return plain('Fill');
    case 'setParameter':
      return plain(PARAMETER_LABELS[edit.field]);
    case 'setAxes':
      return plain(PARAMETER_LABELS[edit.field]);
    case 'setParameters':
      return plain('Change parameters');
    case 'cure':
      return labelOfCure(edit.cure);
    case 'setRank':
      return plain('Change to {0}-D', edit.rank);
    case 'resize':
      return plain('Resize');
    case 'replaceTensor':
      return edit.label === undefined ? plain('Replace values') : plain('Load {0}', edit.label);
    case 'replaceDocument':
      return edit.label === undefined ? plain('Replace document') : plain('Open {0}', edit.label);
    case 'setBias':
      return edit.on ? plain('Add bias') : plain('Remove bias');
    case 'setDtype':
      return plain('Change precision to {0}', edit.dtype);
    case 'setPixelKernels':
      return plain('Edit pixel kernels');
    default:
      return edit satisfies never;
  }
}
