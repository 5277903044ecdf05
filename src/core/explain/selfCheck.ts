import { gather } from '../kernels/gather';
import { inputGradient, weightGradient } from '../kernels/gradients';
import { matrixProduct } from '../kernels/matrix';
import { phases } from '../kernels/phases';
import { scatter } from '../kernels/scatter';
import { zeroInsertion } from '../kernels/zeroInsertion';
import type { Dtype, Tensor } from '../operation';
import type { Plan } from '../plan';
import { tensorOf } from '../tensor/tensor';

/** The identities of a convolution that an output can be held to; those of zero insertion and phases are for transposed ones. */
export type Identity = 'definition' | 'overlapAdd' | 'matrix' | 'zeroInsertion' | 'phases' | 'adjoint' | 'weightGradient';

export interface IdentityCheck {
  readonly identity: Identity;
  readonly holds: boolean;
  /** Largest difference found, as a share of the size of the terms that were summed there. */
  readonly error: number;
}

export interface CheckedTensors {
  readonly input: Tensor;
  readonly weight: Tensor;
  readonly bias?: Tensor;
  /** What whoever is being checked has computed. */
  readonly output: Tensor;
}

/** The engine's promise: within 1e-5 (float32) of the truth, scaled by Σ|x||w|; float64 as good as its own rounding. */
const TOLERANCE: Readonly<Record<Dtype, number>> = { float32: 1e-5, float64: 1e-12 };

const widened = ({ shape, data }: Tensor, map: (value: number) => number = (value) => value): Tensor =>
  tensorOf('float64', shape, Float64Array.from(data, map));

/**
 * Holds an output to every identity that defines it, in float64 and in this thread: for operations small enough to be computed
 * half a dozen times by definition (`plan.multiplyAdds` says how much that is). Non-finite values agree with nothing.
 */
export function checkIdentities(plan: Plan, tensors: CheckedTensors): readonly IdentityCheck[] {
  const tolerance = TOLERANCE[tensors.output.dtype];
  const [x, w, y] = [widened(tensors.input), widened(tensors.weight), widened(tensors.output)];
  const b = tensors.bias && widened(tensors.bias);
  const scale = gather(plan, widened(x, Math.abs), widened(w, Math.abs), b && widened(b, Math.abs));
  const verdict = (identity: Identity, error: number): IdentityCheck => ({ identity, holds: error <= tolerance, error });

  const definitions: readonly (readonly [Identity, typeof gather])[] = [
    ['definition', gather],
    ['overlapAdd', scatter],
    ['matrix', matrixProduct],
    ...(plan.kind === 'convTranspose' ? ([['zeroInsertion', zeroInsertion], ['phases', phases]] as const) : []),
  ];
  // ⟨y − b, p⟩ = ⟨x, ∂/∂x⟩ = ⟨w, ∂/∂w⟩ for any p, since y − b is linear in either.
  const probe = tensorOf('float64', y.shape, Float64Array.from(y.data, (_, at) => ((at * 7919) % 13) - 6));
  const linear = dot(y, probe) - (b ? dot(gather(plan, widened(x, () => 0), w, b), probe) : 0);
  const size = dot(scale, widened(probe, Math.abs));
  const share = (difference: number): number => (difference === 0 ? 0 : Math.abs(difference) / size);
  return [
    ...definitions.map(([identity, compute]) => verdict(identity, worst(y, compute(plan, x, w, b), scale))),
    verdict('adjoint', share(linear - dot(x, inputGradient(plan, w, probe)))),
    verdict('weightGradient', share(linear - dot(w, weightGradient(plan, x, probe)))),
  ];
}

function dot(a: Tensor, b: Tensor): number {
  let sum = 0;
  for (let at = 0; at < a.data.length; at++) sum += a.data[at] * b.data[at];
  return sum;
}

/** Not a number where either is not. */
function worst(actual: Tensor, expected: Tensor, scale: Tensor): number {
  let most = 0;
  for (let at = 0; at < actual.data.length; at++) {
    const difference = Math.abs(actual.data[at] - expected.data[at]);
    const share = difference === 0 ? 0 : difference / scale.data[at];
    if (Number.isNaN(share)) return share;
    most = Math.max(most, share);
  }
  return most;
}
