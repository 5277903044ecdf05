import type { Kind } from '../operation';
import type { Plan } from '../plan';
import type { WeightLayout } from '../tensor/layouts';
import type { Answer } from './call';
import { convRecipe } from './recipeConv';
import { transposedRecipe } from './recipeTransposed';
import { cutsOf, layoutOf, type Target, weightLine } from './recipeParts';

type Values = Extract<Answer, { kind: 'values' }>;

/** How one framework's answer is had from another. */
export type Recipe =
  | {
      readonly possible: true;
      /** Whether the layer alone does it; else something is padded or sliced around it. */
      readonly alone: boolean;
      /** Python, from `x` in the target's own order of axes and `w` as the source stores it, both NumPy's. */
      readonly code: string;
    }
  | { readonly possible: false; readonly why: 'groups' | 'paddingMode' };

const LAST = {
  PyTorch: false,
  Keras: true,
  TensorFlow: true,
  JAX: true,
  Flax: true,
  Paddle: false,
  ONNX: false,
} as const;
const LAYOUTS: Readonly<Record<Kind, Readonly<Record<Target, string>>>> = {
  conv: {
    PyTorch: 'torch-conv',
    Keras: 'keras-conv',
    TensorFlow: 'keras-conv',
    JAX: 'keras-conv',
    Flax: 'keras-conv',
    Paddle: 'torch-conv',
    ONNX: 'torch-conv',
  },
  convTranspose: {
    PyTorch: 'torch-convtranspose',
    Keras: 'keras-convtranspose',
    TensorFlow: 'keras-convtranspose',
    JAX: 'jax-convtranspose',
    Flax: 'jax-convtranspose',
    Paddle: 'torch-convtranspose',
    ONNX: 'torch-convtranspose',
  },
};
/** Frameworks whose transposed convolution has no groups that are the same in all of these. */
const UNGROUPED: readonly Target[] = ['Keras', 'TensorFlow', 'JAX', 'Flax'];

/**
 * The code with which `target` gives exactly what a source framework answers to a layer, kernel and all; where no
 * parameters of its own say that, with a slice or zeros around the call. Each was run (test/oracle/everywhere.test.ts).
 */
export function recipe(target: Target, plan: Plan, source: { answer: Values; layout: WeightLayout['id'] }): Recipe {
  const { axes, turned, paddingMode } = source.answer;
  const padded = axes.some(({ begin, end }) => begin !== 0 || end !== 0);
  if (paddingMode !== 'zeros' && padded && target !== 'PyTorch') return { possible: false, why: 'paddingMode' };
  const transposed = plan.kind === 'convTranspose';
  if (transposed && plan.groups > 1 && UNGROUPED.includes(target)) return { possible: false, why: 'groups' };
  const to = layoutOf(LAYOUTS[plan.kind][target]);
  const from = layoutOf(source.layout);
  // A source that mirrors, and a target that does, cancel out.
  const line = weightLine(from.axes, to.axes, plan.rank, transposed && turned !== to.flipped);
  const layer = {
    plan,
    cuts: cutsOf(plan, axes),
    paddingMode: padded ? paddingMode : ('zeros' as const),
    target,
    channelsLast: LAST[target],
  };
  const made = transposed ? transposedRecipe(layer) : convRecipe(layer);
  return { possible: true, alone: made.alone, code: [...line, ...made.lines].join('\n') };
}
