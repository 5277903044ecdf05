import type { Signature } from '../model/library';
import { alsoNamed } from '../model/signature';

/**
 * NumPy's names of arguments, which PyTorch's parser of arguments takes for its own wherever a function has one of
 * those (`numpy_compatibility_arg_names` in torch/csrc/utils/python_arg_parser.cpp).
 */
const OF_NUMPY: ReadonlyMap<string, string> = new Map([
  ['axis', 'dim'],
  ['keepdims', 'keepdim'],
  ['x', 'input'],
  ['a', 'input'],
  ['x1', 'input'],
  ['x2', 'other'],
]);

/**
 * Functions and methods that PyTorch 2.15 has written in Python, which know their arguments by their own names only. In
 * `torch.nn.functional` nearly all are, so that there the others are listed.
 */
const IN_PYTHON = {
  torch:
    'atleast_1d atleast_2d atleast_3d block_diag broadcast_shapes broadcast_tensors cartesian_prod cdist chain_matmul ' +
    'compile einsum is_tensor meshgrid norm split stft tensordot unique unique_consecutive',
  'torch.Tensor':
    'backward istft norm register_hook reinforce resize resize_as share_memory_ split stft unflatten unique ' +
    'unique_consecutive',
} as const;
const NATIVE_FUNCTIONALS =
  'adaptive_avg_pool1d avg_pool1d avg_pool2d avg_pool3d bilinear channel_shuffle conv1d conv2d conv3d conv_transpose1d ' +
  'conv_transpose2d conv_transpose3d cosine_similarity gelu hardshrink linear logsigmoid one_hot pairwise_distance pdist ' +
  'pixel_shuffle pixel_unshuffle prelu scaled_dot_product_attention softplus softshrink';

const REFUSED: Signature['alsoNamed'] = new Map([...OF_NUMPY.keys()].map((name) => [name, undefined]));

const inPython = new Set(
  Object.entries(IN_PYTHON).flatMap(([owner, names]) => names.split(' ').map((name) => `${owner}.${name}`)),
);
const nativeFunctionals = new Set(NATIVE_FUNCTIONALS.split(' ').map((name) => `torch.nn.functional.${name}`));
/** Owners of functions of PyTorch whose keywords its own parser reads; all else under `torch.` is Python. */
const OWNERS = new Set(['torch', 'torch.Tensor', 'torch.linalg', 'torch.fft']);

/** Whether PyTorch's own parser of arguments reads what is given to it. */
export function isNative(callee: string): boolean {
  const owner = callee.slice(0, callee.lastIndexOf('.'));
  return nativeFunctionals.has(callee) || (OWNERS.has(owner) && !inPython.has(callee));
}

/** The signature of one of PyTorch's functions or methods, with all names that it takes. */
export const underAllNames = (callee: string, form: Signature): Signature =>
  alsoNamed(form, isNative(callee) ? OF_NUMPY : REFUSED);
