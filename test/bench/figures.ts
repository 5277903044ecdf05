// What was measured, and the ratios of it that goals are about.
import type { Contestant } from './contestants';
import type { Measured } from './measure';
import { layersOf, planOf } from './workloads';

export interface Singles {
  readonly roundTrip?: { readonly p50: number; readonly p99: number };
  /** A message to a bare thread and back, µs. */
  readonly pingPong?: { readonly p50: number; readonly p99: number };
  /** Multiply-adds of PyTorch's product of two matrices of 1024², one thread, GFLOP/s. */
  readonly nativePeak?: number;
  /** What two copies of the peak loop reach together, of what one reaches: 2 where the processors share nothing. */
  readonly together?: number;
  /** Milliseconds of edits, see peers/edits.ts. */
  readonly edits?: Readonly<Record<string, number>>;
  /** MiB beyond operands and output, by layer. */
  readonly held?: Readonly<Record<string, number>>;
  /** What a copy of 64 MiB reaches, GB/s. */
  readonly copy: number;
  /** The first write to a page, µs. */
  readonly page: number;
  readonly matrix?: { readonly build: number; readonly product: number };
  readonly scipy?: { readonly build: number; readonly product: number };
  readonly wasmBytes: number;
  readonly cold?: { readonly start: number; readonly first: number; readonly warm: number; readonly pages: number };
}

export const median = (values: readonly number[]): number =>
  values.length === 0 ? Number.NaN : [...values].sort((a, b) => a - b)[values.length >> 1];

export class Figures {
  constructor(
    private readonly measured: Measured,
    private readonly contestants: readonly Contestant[],
  ) {}

  times(name: string, contestant: string): readonly number[] {
    return this.measured.times.get(name)?.get(contestant) ?? [];
  }

  milliseconds(name: string, contestant: string): number {
    return median(this.times(name, contestant));
  }

  /** Part of the peak that the same process measured in the same round. */
  share(name: string, contestant: string): number {
    const peaks = this.measured.peaks.get(contestant) ?? [];
    const work = (2 * layersOf(name).reduce((all, layer) => all + planOf(layer).multiplyAdds, 0)) / 1e6;
    return median(this.times(name, contestant).map((ms, round) => work / ms / peaks[round]));
  }

  /** GFLOP/s of the engine's micro-kernel in L1. */
  peak(contestant: string): number {
    return median(this.measured.peaks.get(contestant) ?? []);
  }

  /** How many times faster than the best of a kind: above 1 we win. NaN where none of them took part. */
  against(name: string, contestant: string, kind: 'javascript' | 'native'): number {
    const ours = this.times(name, contestant);
    const ratios = this.contestants
      .filter((each) => each.kind === kind)
      .map((each) => median(this.times(name, each.name).map((theirs, round) => theirs / ours[round])))
      .filter((ratio) => !Number.isNaN(ratio));
    return ratios.length === 0 ? Number.NaN : Math.min(...ratios);
  }

  againstOne(name: string, contestant: string, other: string): number {
    const ours = this.times(name, contestant);
    return median(this.times(name, other).map((theirs, round) => theirs / ours[round]));
  }
}
