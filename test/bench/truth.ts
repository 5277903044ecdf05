// The float64 truth of a workload and the scale of its rounding errors, by plain loops; and whether a peer's output is
// within it.
import { runPlain } from '../../src/core/kernels/plain';
import { readFloat32 } from './data';
import { count, planOf, type Workload } from './workloads';

export interface Truth {
  readonly values: Float64Array;
  /** Σ|x||w| of each output. */
  readonly scale: Float64Array;
}

export function truthOf(work: Workload): Truth {
  const plan = planOf(work);
  const input = Float64Array.from(readFloat32(`${work.name}.x`));
  const weight = Float64Array.from(readFloat32(`${work.name}.w`));
  const values = new Float64Array(count(plan.outputShape));
  const scale = new Float64Array(values.length);
  const nothing = (): void => undefined;
  runPlain(plan, input, weight, undefined, values, nothing);
  runPlain(plan, input.map(Math.abs), weight.map(Math.abs), undefined, scale, nothing);
  return { values, scale };
}

/** The largest error relative to the scale; Infinity where the size is wrong or a value is none. */
export function worstError({ values, scale }: Truth, output: Float32Array | Float64Array): number {
  if (output.length !== values.length) return Infinity;
  let worst = 0;
  for (let i = 0; i < values.length; i++) {
    const error = Math.abs(output[i] - values[i]) / (scale[i] || 1);
    if (!(error <= worst)) worst = Number.isNaN(error) ? Infinity : error;
  }
  return worst;
}
