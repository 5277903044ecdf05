// Films as they play, in a real VS Code with the packaged extension: what the page's main thread does for each frame,
// by Chromium's own trace. Goal: script, layout and paint take at most 8 ms in the median.
import { writeFileSync } from 'node:fs';
import { describe, it } from 'mocha';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { type Content, writeDocument } from '../../ui/driver/documents';
import { Inspector } from '../../ui/driver/inspector';
import { Workbench } from '../../ui/driver/workbench';
import { percentile } from '../latency/statistics';
import { type Frames, framesOf, type TraceEvent } from './trace';

const GOAL_MS = 8;
const PLAYED_MS = 6000;

const counting = (shape: readonly number[], most: number) =>
  tensorOf(
    'float32',
    shape,
    Array.from({ length: shape.reduce((all, size) => all * size, 1) }, (_, at) => (at * 7) % most),
  );
const square = (kind: 'conv' | 'convTranspose', op: number): Content => ({
  op: { kind, stride: [2, 2], padding: [1, 1], dilation: [1, 1], outputPadding: [op, op], groups: 1 },
  input: counting([1, 1, 8, 8], 5),
  weight: tensorOf('float32', [1, 1, 3, 3], [1, 2, 1, 2, 4, 2, 1, 2, 1]),
});

/** Every film that there is, by its tab of the switch and its part there, with a document that has it. */
const FILMS: readonly (readonly [content: Content, films: readonly (readonly [tab: string, part?: string])[]])[] = [
  [
    square('convTranspose', 1),
    [
      ['Steps', 'Overlap-add'],
      ['Steps', 'Matrix'],
      ['Steps', 'Gather'],
      ['Steps', 'Training'],
      ['Zero insertion'],
      ['Phases', 'Sub-kernels'],
      ['Phases', 'Artefacts'],
      ['Phases', 'iPixelTCL'],
      ['Phases', 'PixelTCL'],
      ['Compare', 'Upsampling'],
      ['Compare', 'Frameworks'],
    ],
  ],
  [
    square('conv', 0),
    [
      ['Steps', 'im2col'],
      ['Steps', 'Backward'],
    ],
  ],
  [
    {
      op: { kind: 'convTranspose', stride: [2], padding: [0], dilation: [1], outputPadding: [0], groups: 1 },
      input: counting([1, 1, 24], 5),
      weight: counting([1, 1, 4], 3),
    },
    [['Field', 'Causal']],
  ],
];

describe('films, frame by frame', () => {
  const measured: { readonly name: string; readonly milliseconds: readonly number[] }[] = [];
  for (const [content, films] of FILMS) {
    const wanted = films.filter((names) => names.join(' ').includes(process.env.TCI_ONLY ?? ''));
    if (wanted.length === 0) continue;
    describe(content.op.kind, () => {
      let workbench: Workbench;
      // One window for all films of a document: opening one takes longer than to play one.
      before(async () => {
        const name = 'frames.tconv.json';
        workbench = await Workbench.open({
          width: 1500,
          height: 1000,
          prepare: (folder) => writeDocument(folder, name, content),
        });
        await workbench.hideSideBar();
        await workbench.openFile(name);
      });
      after(() => workbench.close());
      for (const [tab, part] of wanted)
        it([tab, part ?? ''].join(' ').trim(), async () => {
          measured.push(await played(workbench, tab, part));
        });
    });
  }
  after(() => {
    if (process.env.TCI_JSON) writeFileSync(process.env.TCI_JSON, `${JSON.stringify(measured, undefined, 2)}\n`);
  });
});

/** Plays a film, and says what the page's main thread worked for each of its frames. */
async function played(
  workbench: Workbench,
  tab: string,
  part: string | undefined,
): Promise<{ readonly name: string; readonly milliseconds: readonly number[] }> {
  const { page } = workbench;
  const { frame } = await Inspector.in(page, 60_000);
  await frame.getByRole('tab', { name: tab }).click();
  if (part !== undefined) await frame.getByRole('radio', { name: part, exact: true }).click();
  const canvas = frame.locator('.film-canvas:visible');
  await canvas.locator('svg').locator('rect:visible, path:visible').first().waitFor();
  await canvas.focus();
  await page.waitForTimeout(1500);
  await page.keyboard.press(' ');
  // Code is compiled during the first moves.
  await page.waitForTimeout(1500);
  const browser = page.context().browser();
  if (!browser) throw new Error('The browser is gone.');
  await browser.startTracing(page, {
    categories: ['toplevel', 'devtools.timeline', 'disabled-by-default-devtools.timeline'],
  });
  await page.waitForTimeout(PLAYED_MS);
  const traced = (await browser.stopTracing()).toString();
  // The next film begins with this one standing still.
  await page.keyboard.press(' ');
  const name = [tab, part ?? ''].join(' ').trim();
  if (process.env.TCI_TRACE) writeFileSync(`${process.env.TCI_TRACE}${name}.json`, traced);
  const trace = JSON.parse(traced) as { traceEvents: readonly TraceEvent[] };
  const frames: Frames = framesOf(trace.traceEvents);
  const { milliseconds } = frames;
  const worked = (milliseconds.reduce((all, each) => all + each, 0) / PLAYED_MS) * 1000;
  const [median, high] = [percentile(milliseconds, 0.5), percentile(milliseconds, 0.95)];
  console.log(
    `${name}: ${milliseconds.length} frames, median ${median.toFixed(2)} ms, 95 % ${high.toFixed(1)} ms, ` +
      `most ${Math.max(...milliseconds).toFixed(1)} ms, ${worked.toFixed(0)} ms for each second; goal ${GOAL_MS} ms ${median <= GOAL_MS ? 'met' : 'MISSED'}`,
  );
  return { name, milliseconds };
}
