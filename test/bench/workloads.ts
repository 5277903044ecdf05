// The layers that are timed: real networks' shapes, and those that the engine has kernels of their own for.
import type { Operation } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';

export interface Workload {
  readonly name: string;
  readonly title: string;
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
}

interface Square {
  readonly kernel: number;
  readonly stride?: number;
  readonly padding?: number;
  readonly dilation?: number;
  readonly outputPadding?: number;
  readonly groups?: number;
}

function layer(
  kind: Operation['kind'],
  name: string,
  title: string,
  from: number,
  to: number,
  sizes: readonly number[],
  square: Square,
): Workload {
  const { kernel, stride = 1, padding = 0, dilation = 1, outputPadding = 0, groups = 1 } = square;
  const each = (value: number): number[] => sizes.map(() => value);
  const weightShape = kind === 'conv' ? [to, from / groups, ...each(kernel)] : [from, to / groups, ...each(kernel)];
  const op: Operation = {
    kind,
    stride: each(stride),
    padding: each(padding),
    dilation: each(dilation),
    groups,
    ...(kind === 'convTranspose' ? { outputPadding: each(outputPadding) } : {}),
  };
  return { name, title, op, inputShape: [1, from, ...sizes], weightShape };
}

const conv = layer.bind(undefined, 'conv');
const transposed = layer.bind(undefined, 'convTranspose');

export const WORKLOADS: readonly Workload[] = [
  transposed('m1', 'convT 3→3 64² k4 s2 p1', 3, 3, [64, 64], { kernel: 4, stride: 2, padding: 1 }),
  transposed('d1', 'DCGAN convT 100→1024 1² k4', 100, 1024, [1, 1], { kernel: 4 }),
  transposed('d2', 'DCGAN convT 1024→512 4² k4 s2 p1', 1024, 512, [4, 4], { kernel: 4, stride: 2, padding: 1 }),
  transposed('d3', 'DCGAN convT 512→256 8² k4 s2 p1', 512, 256, [8, 8], { kernel: 4, stride: 2, padding: 1 }),
  transposed('d4', 'DCGAN convT 256→128 16² k4 s2 p1', 256, 128, [16, 16], { kernel: 4, stride: 2, padding: 1 }),
  transposed('d5', 'DCGAN convT 128→3 32² k4 s2 p1', 128, 3, [32, 32], { kernel: 4, stride: 2, padding: 1 }),
  transposed('u1', 'U-Net convT 128→64 64² k2 s2', 128, 64, [64, 64], { kernel: 2, stride: 2 }),
  transposed('f1', 'FCN bilinear convT 21 g21 64² k16 s8 p4', 21, 21, [64, 64], {
    kernel: 16,
    stride: 8,
    padding: 4,
    groups: 21,
  }),
  conv('l1', 'conv 1 channel 1024² k3 p1', 1, 1, [1024, 1024], { kernel: 3, padding: 1 }),
  transposed('l2', 'convT 1 channel 1024² k3 s2 p1 op1', 1, 1, [1024, 1024], {
    kernel: 3,
    stride: 2,
    padding: 1,
    outputPadding: 1,
  }),
  conv('r1', 'ResNet conv 64→64 56² k3 p1', 64, 64, [56, 56], { kernel: 3, padding: 1 }),
  // The strided layer with a goal is the mirror of d4's network, k = 2s: the layers whose transposes this extension is
  // about. Measured beside it against the best JavaScript peer: AlexNet's first 2.3×, ResNet's stem 2.0×, s2 1.9×,
  // ViT's patches 1.7×, pix2pix's 64→128 at 128² 3.0×.
  conv('s1', 'DCGAN discriminator conv 64→128 32² k4 s2 p1', 64, 128, [32, 32], { kernel: 4, stride: 2, padding: 1 }),
  conv('s2', 'ResNet-18 conv 64→128 56² k3 s2 p1', 64, 128, [56, 56], { kernel: 3, stride: 2, padding: 1 }),
  conv('a1', 'dilated ResNet conv 256→256 28² k3 p2 d2', 256, 256, [28, 28], { kernel: 3, padding: 2, dilation: 2 }),
  conv('v1', '3-D U-Net conv 32→64 16×32² k3 p1', 32, 64, [16, 32, 32], { kernel: 3, padding: 1 }),
  conv('w1', 'MobileNet depthwise conv 96 g96 56² k3 p1', 96, 96, [56, 56], { kernel: 3, padding: 1, groups: 96 }),
  conv('p1', 'MobileNet conv 96→24 56² k1', 96, 24, [56, 56], { kernel: 1 }),
  transposed('t1', 'convT 1 channel 2² k3', 1, 1, [2, 2], { kernel: 3 }),
  transposed('t2', 'convT 1 channel 4² k3 s2 p1 op1', 1, 1, [4, 4], {
    kernel: 3,
    stride: 2,
    padding: 1,
    outputPadding: 1,
  }),
];

/** Layers that are run one after another, each on an input of its own, as one piece of work. */
export interface Network {
  readonly name: string;
  readonly title: string;
  readonly layers: readonly Workload[];
}

const network = (name: string, title: string, layers: readonly Workload[]): Network => ({
  name,
  title,
  layers: layers.map((each, at) => ({ ...each, name: `${name}.${at}` })),
});
const up = (from: number, to: number, sizes: readonly number[], square: Square): Workload =>
  transposed('', '', from, to, sizes, square);
const same = (from: number, to: number, sizes: readonly number[], kernel: number): Workload =>
  conv('', '', from, to, sizes, { kernel, padding: (kernel - 1) / 2 });
const TWICE = { kernel: 4, stride: 2, padding: 1 };

export const NETWORKS: readonly Network[] = [
  network('dcgan', 'DCGAN generator, 100 → 3 × 64²', [
    up(100, 1024, [1, 1], { kernel: 4 }),
    up(1024, 512, [4, 4], TWICE),
    up(512, 256, [8, 8], TWICE),
    up(256, 128, [16, 16], TWICE),
    up(128, 3, [32, 32], TWICE),
  ]),
  network('unet', 'U-Net decoder of 32 channels, 32² → 256²', [
    up(256, 128, [32, 32], { kernel: 2, stride: 2 }),
    same(256, 128, [64, 64], 3),
    up(128, 64, [64, 64], { kernel: 2, stride: 2 }),
    same(128, 64, [128, 128], 3),
    up(64, 32, [128, 128], { kernel: 2, stride: 2 }),
    same(64, 32, [256, 256], 3),
    same(32, 2, [256, 256], 1),
  ]),
  network('hifigan', 'HiFi-GAN upsampling, 32 frames → 8192 samples', [
    up(512, 256, [32], { kernel: 16, stride: 8, padding: 4 }),
    up(256, 128, [256], { kernel: 16, stride: 8, padding: 4 }),
    up(128, 64, [2048], TWICE),
    up(64, 32, [4096], TWICE),
  ]),
  network('vnet', 'V-Net decoder, 8 × 16² → 16 × 32²', [
    up(128, 64, [4, 8, 8], { kernel: 2, stride: 2 }),
    up(64, 32, [8, 16, 16], { kernel: 2, stride: 2 }),
    same(32, 32, [16, 32, 32], 3),
  ]),
];

/** Everything that is timed, by name and title. */
export const NAMED: readonly { readonly name: string; readonly title: string }[] = [...WORKLOADS, ...NETWORKS];

/** A workload's layers: of a single one, itself. */
export function layersOf(name: string): readonly Workload[] {
  return NETWORKS.find((each) => each.name === name)?.layers ?? [workload(name)];
}

export function workload(name: string): Workload {
  const found = WORKLOADS.find((each) => each.name === name);
  if (!found) throw new Error(`There is no workload ${name}.`);
  return found;
}

export function planOf({ op, inputShape, weightShape }: Workload): Plan {
  const resolution = resolve(op, inputShape, weightShape);
  if (!resolution.ok) throw new Error(resolution.problems.map((problem) => problem.code).join());
  return resolution.plan;
}

export const count = (shape: readonly number[]): number => shape.reduce((all, size) => all * size, 1);
