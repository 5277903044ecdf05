// From the key press to the picture that it makes, in a real VS Code with the packaged extension: of one build, or of
// two in turns, so that both bear whatever else the machine does.
import { writeFileSync } from 'node:fs';
import { after, describe, it } from 'mocha';
import type { Page } from 'playwright-core';
import { type Server } from '../../ui/driver/environment';
import { writeDocument } from '../../ui/driver/documents';
import { Inspector } from '../../ui/driver/inspector';
import { Workbench } from '../../ui/driver/workbench';
import { arm, probe, type Sample, settled } from './probe';
import { lineOf, type Measured, reportOf, table } from './report';
import { content, PHOTOGRAPH, type Task, TASKS } from './tasks';

interface Build {
  readonly name: string;
  readonly server: Server;
}

const builds = JSON.parse(process.env.TCI_BUILDS ?? '[]') as readonly Build[];
const only = process.env.TCI_ONLY;
const trace = process.env.TCI_TRACE;
const few = process.env.TCI_PRESSES === undefined ? undefined : Number(process.env.TCI_PRESSES);
/** Presses that are not counted: code is compiled, memory is taken. */
const WARM = 8;
/** Presses of one build before it is the turn of the other. */
const TURN = 6;
/** So long, in ms, has nothing been painted when the picture is taken for the last one. */
const QUIET = 250;
const MOST = 20_000;

interface Side {
  readonly workbench: Workbench;
  readonly inspector: Inspector;
}

async function open({ server }: Build, size: number): Promise<Side> {
  const name = `latency-${size}.tconv.json`;
  const prepare = (folder: string): Promise<void> => writeDocument(folder, name, content(size));
  const workbench = await Workbench.open({ prepare, server, watch: probe });
  await workbench.openFile(name);
  const inspector = await Inspector.in(workbench.page, 60_000);
  await inspector.grid('input').waitFor();
  await workbench.page.waitForTimeout(3000);
  return { workbench, inspector };
}

async function press({ inspector }: Side, task: Task, count: number): Promise<Sample> {
  await inspector.frame.evaluate(arm);
  await task.press(inspector, count);
  return await inspector.frame.evaluate(settled, { quiet: QUIET, most: MOST });
}

/** What the browser does meanwhile, for Chromium's own viewer, if that is wanted. */
async function traced(page: Page, name: string, work: () => Promise<void>): Promise<void> {
  const browser = trace === undefined ? null : page.context().browser();
  if (!browser) return work();
  const path = `${trace}-${name.replace(/\W+/g, '-')}.json`;
  const categories = ['devtools.timeline', 'v8.execute', 'blink.user_timing', 'disabled-by-default-v8.cpu_profiler'];
  await browser.startTracing(page, { path, categories });
  await work();
  await browser.stopTracing();
}

async function measure(task: Task, sides: readonly Side[]): Promise<Measured> {
  const samples: Sample[][] = sides.map(() => []);
  const presses = WARM + (few ?? task.presses);
  for (let begun = 0; begun < presses; begun += begun === 0 ? WARM : TURN) {
    const end = begun === 0 ? WARM : Math.min(presses, begun + TURN);
    for (const [each, side] of sides.entries()) {
      await task.begin(side.inspector);
      await side.workbench.page.waitForTimeout(400);
      const turn = async (): Promise<void> => {
        for (let count = begun + 1; count <= end; count++) {
          const sample = await press(side, task, count);
          if (begun > 0) samples[each].push(sample);
        }
      };
      if (begun === WARM) await traced(side.workbench.page, `${task.name} ${task.size} ${builds[each].name}`, turn);
      else await turn();
    }
  }
  return { name: task.name, size: task.size, goal: task.goal, samples };
}

/** From Enter in Quick Open. */
async function openPhotograph({ page }: Workbench): Promise<Sample> {
  await page.keyboard.press('Control+P');
  const palette = page.locator('.quick-input-widget');
  await palette.locator('input').fill(PHOTOGRAPH.file);
  await palette.locator('.monaco-list-row').filter({ hasText: PHOTOGRAPH.file }).first().waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.press('Enter');
  const from = await page.evaluate(() => window.latency?.pressed ?? 0);
  const { frame } = await Inspector.in(page, 60_000);
  return await frame.evaluate(settled, { from, quiet: 600, most: MOST });
}

async function measurePhotograph(): Promise<Measured> {
  const samples: Sample[][] = builds.map(() => []);
  const windows: Workbench[] = [];
  for (const { server } of builds) windows.push(await Workbench.open({ server, watch: probe }));
  for (let count = 0; count <= (few ?? PHOTOGRAPH.presses); count++)
    for (const [each, workbench] of windows.entries()) {
      const turn = async (): Promise<void> => {
        const sample = await openPhotograph(workbench);
        // The first opening starts the extension.
        if (count > 0) samples[each].push(sample);
      };
      if (count === 2) await traced(workbench.page, `photograph ${builds[each].name}`, turn);
      else await turn();
      await workbench.closeEditor();
    }
  for (const each of windows) await each.close();
  return { name: PHOTOGRAPH.name, goal: PHOTOGRAPH.goal, samples };
}

const isWanted = (name: string): boolean => only === undefined || new RegExp(only).test(name);

// A suite, because the driver closes its browser when mocha has run everything.
describe('from key press to picture', () => {
  const measured: Measured[] = [];
  for (const size of new Set(TASKS.map((task) => task.size))) {
    const tasks = TASKS.filter((task) => task.size === size && isWanted(`${task.name}, ${task.size}²`));
    if (tasks.length === 0) continue;
    it(`${size}²`, async () => {
      const sides: Side[] = [];
      for (const build of builds) sides.push(await open(build, size));
      for (const task of tasks) {
        const found = await measure(task, sides);
        measured.push(found);
        console.log(lineOf(found));
      }
      for (const { workbench } of sides) await workbench.close();
    });
  }
  if (isWanted(PHOTOGRAPH.name))
    it(PHOTOGRAPH.name, async () => {
      measured.push(await measurePhotograph());
    });
  after(() => {
    const report = reportOf(
      builds.map(({ name }) => name),
      measured,
    );
    console.log(table(report));
    if (process.env.TCI_JSON)
      writeFileSync(process.env.TCI_JSON, `${JSON.stringify({ report, measured }, undefined, 2)}\n`);
  });
});
