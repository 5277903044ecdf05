// From the key press that enters a value into a cell of the input to the drawn output, in a real VS Code with the
// packaged extension.
import { after, describe, it } from 'mocha';
import type { Frame } from 'playwright-core';
import { zeros } from '../../../src/core/tensor/tensor';
import { fillTensor } from '../../../src/core/state/fills';
import { type Content, writeDocument } from '../../ui/driver/documents';
import { Inspector } from '../../ui/driver/inspector';
import { Workbench } from '../../ui/driver/workbench';
import { percentile } from './statistics';

interface Size {
  readonly size: number;
  readonly presses: number;
  /** Ms that the median is to stay under. */
  readonly goal: number;
}

const SIZES: readonly Size[] = [
  { size: 8, presses: 120, goal: 16 },
  { size: 64, presses: 120, goal: 16 },
  { size: 512, presses: 80, goal: 50 },
  { size: 2048, presses: 40, goal: 150 },
];
/** Presses that are not counted: code is compiled, memory is taken. */
const WARM = 15;

function content(size: number): Content {
  const input = zeros('float32', [1, 1, size, size]);
  fillTensor(input, { fill: 'normal', seed: 1, mean: 0, deviation: 1 }, 2);
  const weight = zeros('float32', [1, 1, 3, 3]);
  fillTensor(weight, { fill: 'gaussian', sigma: 1 }, 2);
  return { op: { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1] }, input, weight };
}

/**
 * What the page measures itself: `drawn` when the parts have painted the edit's output, by the page's own foresight
 * where the document is small, `presented` when the next frame has begun after that, `answered` when the compute
 * thread's result is painted.
 */
interface Sample {
  readonly drawn: number;
  readonly presented: number;
  readonly answered: number;
}

/**
 * Notes for every Enter, which ends the typing of a value, when the output of that value is drawn. The browser's own
 * time stamp counts: a busy page hears of a key late.
 */
function listen(frame: Frame): Promise<void> {
  return frame.evaluate(() => {
    const samples: Sample[] = [];
    let pressed: number | undefined;
    let drawn: number | undefined;
    let presented = 0;
    let before = { revision: -1, foreseen: 0 };
    Object.assign(window, { latencySamples: samples });
    window.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') pressed = event.timeStamp;
      },
      true,
    );
    window.addEventListener('inspector:painted', (event) => {
      const { detail } = event as CustomEvent<{ revision: number; foreseen: number }>;
      const after = before;
      before = detail;
      if (pressed === undefined) return;
      const start = pressed;
      if (drawn === undefined && (detail.revision > after.revision || detail.foreseen > after.foreseen)) {
        drawn = performance.now() - start;
        requestAnimationFrame(() => setTimeout(() => (presented = performance.now() - start), 0));
      }
      if (drawn === undefined || detail.revision <= after.revision) return;
      const sample = { drawn, answered: performance.now() - start };
      [pressed, drawn] = [undefined, undefined];
      requestAnimationFrame(() => setTimeout(() => samples.push({ ...sample, presented }), 0));
    });
  });
}

const countSamples = (frame: Frame): Promise<number> =>
  frame.evaluate(() => (window as unknown as { latencySamples: unknown[] }).latencySamples.length);

async function measure({ size, presses }: Size): Promise<readonly Sample[]> {
  const name = `latency-${size}.tconv.json`;
  const workbench = await Workbench.open({ prepare: (folder) => writeDocument(folder, name, content(size)) });
  try {
    await workbench.openFile(name);
    const inspector = await Inspector.in(workbench.page, 60_000);
    await inspector.grid('input').waitFor();
    await workbench.page.waitForTimeout(3000);
    await inspector.grid('input').click();
    await listen(inspector.frame);
    for (let press = 1; press <= presses + WARM; press++) {
      // The value is never the one that is there, whichever cell Enter has moved to.
      await workbench.page.keyboard.type(`${press}.5`);
      await workbench.page.keyboard.press('Enter');
      const deadline = performance.now() + 20_000;
      while ((await countSamples(inspector.frame)) < press) {
        if (performance.now() > deadline) throw new Error(`${size}²: press ${press} was not answered within 20 s.`);
        await workbench.page.waitForTimeout(5);
      }
    }
    const samples = await inspector.frame.evaluate(
      () => (window as unknown as { latencySamples: Sample[] }).latencySamples,
    );
    return samples.slice(WARM);
  } finally {
    await workbench.close();
  }
}

// A suite, because the driver closes its browser when mocha has run everything.
describe('from key press to output, ms', () => {
  const rows: string[] = [];
  for (const each of SIZES) {
    it(`${each.size}²`, async () => {
      const samples = await measure(each);
      const share = (pick: (sample: Sample) => number, p: number): string =>
        percentile(samples.map(pick), p).toFixed(1);
      const drawn = [0.5, 0.95].map((p) => share((sample) => sample.drawn, p));
      const presented = [0.5, 0.95].map((p) => share((sample) => sample.presented, p));
      const answered = [0.5, 0.95].map((p) => share((sample) => sample.answered, p));
      rows.push(`| ${each.size}² | ${[...drawn, ...presented, ...answered].join(' | ')} | ${each.goal} |`);
    });
  }
  after(() => {
    console.log(
      [
        '| input | drawn p50 | drawn p95 | presented p50 | presented p95 | answered p50 | answered p95 | goal |',
        '|---|---|---|---|---|---|---|---|',
        ...rows,
      ].join('\n'),
    );
  });
});
