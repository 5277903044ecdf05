// Who takes part, as which process, in which workloads.
import { PeerProcess } from './process';
import { layersOf, NAMED, NETWORKS } from './workloads';

export interface Contestant {
  readonly name: string;
  readonly title: string;
  /** `native2` has two threads, so that it is compared with two of the engine's. */
  readonly kind: 'engine' | 'javascript' | 'native' | 'native2';
  readonly workloads: readonly string[];
  /** How far a result may be from the truth, in parts of Σ|x||w|. */
  readonly tolerance: number;
  start(): PeerProcess;
}

export interface Means {
  /** Node 24, the one that VS Code runs. */
  readonly node: string;
  /** Node 20, whose V8 has no relaxed SIMD, if there is one. */
  readonly node20?: string;
  readonly python?: string;
  readonly peers: string;
  readonly bundles: string;
}

export const DENSE = ['d3', 'd4', 'u1', 'r1'] as const;
export const ALL_DENSE = ['d2', ...DENSE, 'd5'] as const;
export const SPECIAL = ['m1', 'f1', 'l1', 'l2', 'd1'] as const;
export const OTHER = ['s1', 'a1', 'v1'] as const;
/** In the table without a goal. */
export const FURTHER = ['s2'] as const;
export const TINY = ['t1', 't2'] as const;
export const SMALL_KERNELS = ['w1', 'p1'] as const;
const NETWORK_NAMES = NETWORKS.map(({ name }) => name);
const LAYERS = [...SPECIAL, ...ALL_DENSE, ...OTHER, ...FURTHER, ...SMALL_KERNELS, ...NETWORK_NAMES];
const EVERYTHING = NAMED.map(({ name }) => name);
/** TensorFlow.js scatters in scalar code, so that a DCGAN layer takes 0.1 s: a few layers are enough to show that. */
const TFJS_LAYERS = ['m1', 'd1', 'd5', 'l1', 'l2', 'r1', 's1', 's2', 'a1', 't1', 't2', 'd4', 'u1'];

export function contestants({ node, node20, python, peers, bundles }: Means): Contestant[] {
  const engine = (
    name: string,
    title: string,
    workloads: readonly string[],
    args: readonly string[],
    runtime = node,
  ): Contestant => ({
    name,
    title,
    kind: 'engine',
    workloads,
    tolerance: args[1] === 'float64' ? 1e-13 : 1e-5,
    start: () => new PeerProcess(name, runtime, [`${bundles}/engine.cjs`, name, ...args]),
  });
  const script = (
    name: string,
    title: string,
    kind: Contestant['kind'],
    file: string,
    packageName: string,
    workloads: readonly string[],
  ): Contestant => ({
    name,
    title,
    kind,
    workloads,
    tolerance: 1e-5,
    start: () => new PeerProcess(name, node, [`${bundles}/${file}.cjs`, name, packageName, peers]),
  });
  const torch = (name: string, title: string, kind: Contestant['kind'], threads: number): Contestant => ({
    name,
    title,
    kind,
    workloads: LAYERS,
    tolerance: 1e-5,
    start: () =>
      new PeerProcess(name, python ?? 'python3', [
        'test/bench/peers/python_peer.py',
        name,
        JSON.stringify(described),
        String(threads),
      ]),
  });
  const described = Object.fromEntries(NAMED.map(({ name }) => [name, layersOf(name)]));
  return [
    engine('engine', 'engine', EVERYTHING, ['shared', 'float32', '1', 'best']),
    engine(
      'direct',
      'engine, no product saved',
      [...ALL_DENSE, ...OTHER, ...FURTHER],
      ['direct', 'float32', '1', 'best'],
    ),
    engine('copies', 'engine, copies in and out', LAYERS, ['copies', 'float32', '1', 'best']),
    engine('threads', 'engine, 2 threads', LAYERS, ['shared', 'float32', '2', 'best']),
    engine('float64', 'engine, float64', ALL_DENSE, ['shared', 'float64', '1', 'best']),
    ...(node20
      ? [engine('node20', 'engine, Node 20, SIMD128', ALL_DENSE, ['shared', 'float32', '1', 'simd128'], node20)]
      : []),
    script('ort-web', 'onnxruntime-web', 'javascript', 'ort', 'onnxruntime-web', EVERYTHING),
    script('tfjs', 'tfjs wasm', 'javascript', 'tfjs', '@tensorflow/tfjs-core', TFJS_LAYERS),
    script('ort-node', 'onnxruntime-node', 'native', 'ort', 'onnxruntime-node', LAYERS),
    ...(python ? [torch('torch', 'PyTorch', 'native', 1), torch('torch2', 'PyTorch, 2 threads', 'native2', 2)] : []),
  ];
}
