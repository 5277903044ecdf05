// Rounds in which every peer has its turn at every workload, one peer at a time: what disturbs the machine disturbs all
// of them.
import type { Contestant } from './contestants';
import { DATA, writeValues } from './data';
import { drawn } from './drawn';
import type { PeerProcess } from './process';
import { truthOf, worstError } from './truth';
import { count, layersOf, workload } from './workloads';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Measured {
  /** Milliseconds per run by workload, contestant and round. */
  readonly times: ReadonlyMap<string, ReadonlyMap<string, readonly number[]>>;
  /** Largest error of each output, times Σ|x||w|. */
  readonly errors: ReadonlyMap<string, ReadonlyMap<string, number>>;
  /** GFLOP/s of the micro-kernel in L1, by contestant and round. */
  readonly peaks: ReadonlyMap<string, readonly number[]>;
  readonly wrong: readonly string[];
}

const nested = <Value>(map: Map<string, Map<string, Value>>, key: string): Map<string, Value> => {
  let inner = map.get(key);
  if (!inner) map.set(key, (inner = new Map<string, Value>()));
  return inner;
};

/** Loads a workload everywhere and checks every output. */
async function prepare(
  name: string,
  running: readonly [Contestant, PeerProcess][],
  errors: Map<string, Map<string, number>>,
  wrong: string[],
): Promise<Set<string>> {
  for (const work of layersOf(name)) {
    writeValues(`${work.name}.x`, drawn(count(work.inputShape), 1));
    writeValues(`${work.name}.w`, drawn(count(work.weightShape), 2));
  }
  // A network's last layer stands for it: the truth of all of them by plain loops would take minutes.
  const truth = truthOf(layersOf(name).at(-1) ?? workload(name));
  const able = new Set<string>();
  for (const [contestant, peer] of running) {
    if (!contestant.workloads.includes(name)) continue;
    const answer = await peer.ask({ load: name }).catch((error: unknown) => {
      wrong.push(`${contestant.title}, ${name}: ${error instanceof Error ? error.message : String(error)}`);
      return { loaded: false };
    });
    if (!answer.loaded) continue;
    const bytes = readFileSync(join(DATA, `${name}.${contestant.name}`));
    const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength);
    const output = contestant.name === 'float64' ? new Float64Array(buffer) : new Float32Array(buffer);
    const error = worstError(truth, output);
    nested(errors, name).set(contestant.name, error);
    if (error <= contestant.tolerance) able.add(contestant.name);
    else wrong.push(`${contestant.title}, ${name}: error ${error.toExponential(1)} of Σ|x||w|`);
  }
  return able;
}

export async function measure(
  running: readonly [Contestant, PeerProcess][],
  names: readonly string[],
  rounds: number,
  sliceMs: number,
  statistic: 'median' | 'fastest',
  say: (text: string) => void,
): Promise<Measured> {
  const times = new Map<string, Map<string, number[]>>();
  const errors = new Map<string, Map<string, number>>();
  const peaks = new Map<string, number[]>();
  const wrong: string[] = [];
  for (const name of names) {
    const able = await prepare(name, running, errors, wrong);
    say(`${name}: ${[...able].join(' ')}`);
    for (const contestant of able) nested(times, name).set(contestant, []);
  }
  for (let round = 0; round < rounds; round++) {
    say(`round ${round + 1} of ${rounds}`);
    for (const [contestant, peer] of running) {
      if (contestant.kind !== 'engine') continue;
      const { gflops } = await peer.ask({ extra: 'peak' });
      peaks.set(contestant.name, [...(peaks.get(contestant.name) ?? []), Number(gflops)]);
    }
    for (const name of names) {
      for (const [contestant, peer] of running) {
        const series = times.get(name)?.get(contestant.name);
        if (series) series.push(Number((await peer.ask({ slice: name, ms: sliceMs }))[statistic]));
      }
    }
  }
  return { times, errors, peaks, wrong };
}
