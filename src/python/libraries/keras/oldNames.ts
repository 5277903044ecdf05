import type { FunctionSpec } from '../../model/library';
import { string, tuple, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { NO_PLACE, type Value } from '../../model/value';
import { kerasConvolutions } from './convolutions';
import { formatOfOrdering } from './dataFormat';

/** What Keras 1 called the arguments of a convolution. */
const NAMES: Readonly<Record<string, string>> = {
  nb_filter: 'filters',
  filter_length: 'kernel_size',
  border_mode: 'padding',
  subsample: 'strides',
  subsample_length: 'strides',
  atrous_rate: 'dilation_rate',
  dim_ordering: 'data_format',
  bias: 'use_bias',
  init: 'kernel_initializer',
  W_regularizer: 'kernel_regularizer',
  b_regularizer: 'bias_regularizer',
  W_constraint: 'kernel_constraint',
  b_constraint: 'bias_constraint',
};
const SIDES = ['nb_row', 'nb_col', 'kernel_dim1', 'kernel_dim2', 'kernel_dim3'];

/** The arguments of a call of Keras 1 under the names of today; none where it is not one by its keywords. */
function renamed(
  positional: readonly Value[],
  keywords: ReadonlyMap<string, Value>,
  rank: number,
): ReadonlyMap<string, Value> | undefined {
  const old = [...keywords.keys()].some((name) => name in NAMES || SIDES.includes(name));
  if (!old) return undefined;
  const found = new Map<string, Value>();
  const rest = [...positional];
  if (!keywords.has('nb_filter') && rest.length > 0) found.set('filters', rest.shift()!);
  const sides = SIDES.flatMap((name) => keywords.get(name) ?? []);
  while (rank > 1 && sides.length < rank && rest[0]?.kind === 'number') sides.unshift(rest.shift()!);
  if (rank > 1) found.set('kernel_size', tuple(sides));
  else if (!keywords.has('filter_length') && rest.length > 0) found.set('kernel_size', rest.shift()!);
  for (const [name, value] of keywords) {
    if (SIDES.includes(name) || name === 'output_shape') continue;
    const format = name === 'dim_ordering' && value.kind === 'string' ? formatOfOrdering(value.value) : undefined;
    found.set(NAMES[name] ?? name, format ? string(format) : value);
  }
  return found;
}

/**
 * `Convolution2D(64, 3, 3)` is Keras 1 for a kernel of 3 × 3, in later versions a stride of 3: the old name does not
 * tell which is meant, so nothing is said of it. With a keyword of Keras 1 it gives what that gave, and no more is told
 * of it, since the call takes none of today's names; written in any other way it is `Conv2D`.
 */
function oldConvolution(name: string, today: string, rank: number): FunctionSpec {
  const layer = kerasConvolutions.find((each) => each.callee === `keras.layers.${today}`)!;
  return {
    callee: `keras.layers.${name}`,
    framework: 'keras',
    signature: signature('*rest, **'),
    apply: ({ machine, bound, at }) => {
      const positional = bound.items('rest') ?? [];
      const keywords = new Map([...bound.values].filter(([each]) => each !== 'rest'));
      const old = renamed(positional, keywords, rank);
      if (old) return machine.construct(layer, { positional: [], keywords: old, open: false }, NO_PLACE);
      const ambiguous =
        rank > 1 && positional.length > 2 && positional[1].kind === 'number' && positional[2].kind === 'number';
      return ambiguous ? unknown() : machine.construct(layer, { positional, keywords, open: false }, at);
    },
  };
}

export const oldConvolutions: readonly FunctionSpec[] = [
  ...[1, 2, 3].map((rank) => oldConvolution(`Convolution${rank}D`, `Conv${rank}D`, rank)),
  ...[2, 3].map((rank) => oldConvolution(`Deconvolution${rank}D`, `Conv${rank}DTranspose`, rank)),
  oldConvolution('AtrousConvolution2D', 'Conv2D', 2),
];
