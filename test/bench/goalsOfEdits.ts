// Goals of what is around a kernel: edits, whole networks, threads, copies, memory.
import { SMALL_KERNELS } from './contestants';
import type { Figures, Singles } from './figures';
import { percent, type Sheet, times } from './sheet';
import { NETWORKS, planOf, workload } from './workloads';

/** The part of the ratio of two peaks that is wanted of a peer whose vectors are wider. */
const SHARE_OF_PEAKS = 0.85;
/** Where onnxruntime-web itself is near the peak, twice its speed is beyond it: then this share is enough. */
const NEAR_PEAK = 0.9;

const small = (ratio: number): string => `${ratio.toFixed(4)}×`;
const mebibytes = (value: number): string => `${value.toFixed(1)} MiB`;

export function judgeFurther(figures: Figures, singles: Singles, sheet: Sheet): void {
  const { boundBy, add, atLeast, atMost } = sheet;
  const { edits, held, together, nativePeak, copy, page } = singles;
  const edited = (what: string, name: string): number => edits?.[`${what} ${name}`] ?? Number.NaN;

  boundBy('calls');
  for (const size of ['2048', '4096'])
    atMost(
      `one cell of one channel ${size}², k3: relative to all outputs`,
      0.05,
      edited('cell', size) / edited('all', size),
      small,
    );
  for (const name of ['r1', 'u1', 'd4'])
    atMost(`${name}, one cell: relative to all outputs`, 1, edited('cell', name) / edited('all', name), small);
  boundBy('peak');
  for (const name of ['r1', 'u1', 'd4'])
    atMost(
      `${name}, one weight: relative to all outputs, times its output channels`,
      1.5,
      (edited('weight', name) / edited('repacked', name)) * planOf(workload(name)).outputChannels,
      times,
    );
  atMost(
    'one weight of one channel 2048², k3, which is everything: relative to all outputs',
    1.1,
    edited('weight', '2048') / edited('repacked', '2048'),
    times,
  );

  for (const name of [...SMALL_KERNELS, ...NETWORKS.map((each) => each.name)]) {
    const ratio = figures.againstOne(name, 'engine', 'ort-web');
    const share = figures.share(name, 'engine');
    add(
      `${name}: against onnxruntime-web, or share of the wasm peak`,
      `≥ ${times(2)} or ${percent(NEAR_PEAK)}`,
      ratio,
      ratio >= 2 || share >= NEAR_PEAK,
      (value) => `${times(value)}, ${percent(share)}`,
    );
  }
  const peaks = nativePeak === undefined ? Number.NaN : figures.peak('engine') / nativePeak;
  boundBy('peak', Number.isNaN(peaks) ? undefined : `${peaks.toFixed(2)} of PyTorch's`);
  for (const [ours, theirs, title] of [
    ['engine', 'torch', 'one thread'],
    ['threads', 'torch2', 'two threads'],
  ] as const) {
    // Where there are few channels, or one axis, PyTorch is not near its own peak.
    for (const name of ['m1', 'd5', 'hifigan'])
      atLeast(`${name}: against PyTorch, ${title}`, 1, figures.againstOne(name, ours, theirs), times);
    for (const name of ['d3', 'd4', 'u1', 'r1', 'dcgan', 'unet', 'vnet'])
      atLeast(
        `${name}: against PyTorch, ${title}, of the ratio of the peaks`,
        SHARE_OF_PEAKS,
        figures.againstOne(name, ours, theirs) / peaks,
        percent,
      );
  }

  boundBy('peak', together === undefined ? undefined : `${together.toFixed(2)}× of one`);
  for (const name of ['d3', 'd4', 'u1', 'r1'])
    atLeast(
      `${name}, two threads: of what two copies of the peak loop reach together`,
      0.85,
      figures.againstOne(name, 'threads', 'engine') / (together ?? Number.NaN),
      percent,
    );
  boundBy('memory', `${copy.toFixed(1)} GB/s, ${page.toFixed(2)} µs a page`);
  for (const name of ['l1', 'l2', 'f1']) {
    const plan = planOf(workload(name));
    const bytes = 4 * (plan.inputChannels * plan.inputArea + plan.outputChannels * plan.outputArea);
    atMost(
      `${name}, copies in and out: relative to a copy of as many bytes`,
      1.25,
      (figures.milliseconds(name, 'copies') - figures.milliseconds(name, 'engine')) / (bytes / copy / 1e6),
      times,
    );
  }
  boundBy('size');
  const [name, most] = Object.entries(held ?? {}).sort(([, one], [, other]) => other - one)[0] ?? ['', Number.NaN];
  atMost(`memory beyond operands and output, the most of any layer (${name})`, 32, most, mebibytes);
}
