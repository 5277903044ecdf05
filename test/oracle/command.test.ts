// The command over packages of the package index: whole folders in one process.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Project } from '../../src/cli/project';
import { run } from '../../src/cli/run';
import { pythonFiles } from '../bench/coverage/project';
import { downloaded, pins, unpacked } from './wheels';

const GOLDENS = join('test', 'oracle', 'goldens', 'command');

/** The folder of a package, as a project of its own. */
function projectOf(pin: string): string {
  const folder = resolve(unpacked(pin));
  writeFileSync(join(folder, 'pyproject.toml'), '');
  return folder;
}

/** The other packages, as if they were installed. */
const besides = (pin: string): readonly string[] =>
  pins.filter((each) => each !== pin).map((each) => resolve(unpacked(each)));

async function printed(pin: string, args: readonly string[]): Promise<string> {
  const told: string[] = [];
  const terminal = {
    folder: projectOf(pin),
    out: (text: string): void => void told.push(text),
    error: (text: string): void => void told.push(text),
    coloured: false,
  };
  const packages = besides(pin).flatMap((each) => ['--packages', each]);
  const status = await run([...args, ...packages], terminal, '0.1.0', new AbortController().signal);
  return `$ ${args.join(' ')}\n${told.join('')}exit ${status}\n`;
}

/** What a project that has just been opened tells of files, read in this order. */
async function read(pin: string, paths: readonly string[]): Promise<readonly string[]> {
  const project = await Project.open(projectOf(pin), { packages: besides(pin) });
  return paths.map((path) => {
    const { reports, problems, inputs, incomplete, faults } = project.read(path, readFileSync(path, 'utf8'));
    return JSON.stringify({ path, reports, problems, inputs, incomplete, faults });
  });
}

describe('the command over packages of the package index', () => {
  let here = false;
  before(function () {
    this.timeout(300_000);
    here = downloaded();
    if (!here) console.log('    (skipped: the package index cannot be reached)');
  });

  // The others are read in packages.test.ts; the files of these import each other, and are read in seconds.
  for (const pin of pins.filter((each) => /^(?:dynamic|lpips|segmentation|vocos)/.test(each)))
    it(`prints what is committed for ${pin}`, async function () {
      this.timeout(120_000);
      if (!here) this.skip();
      const golden = join(GOLDENS, `${pin}.txt`);
      const found = (await printed(pin, ['check', '.', '--level', 'hint'])) + (await printed(pin, ['sizes', '.']));
      if (process.env.TCONV_WRITE_GOLDEN) writeFileSync(golden, found);
      else assert.equal(found, readFileSync(golden, 'utf8'));
    });

  for (const pin of pins.filter((each) => /^(?:dynamic|lpips|vocos)/.test(each)))
    it(`reads the files of ${pin} together as it reads each of them alone, and in another order`, async function () {
      this.timeout(120_000);
      if (!here) this.skip();
      const paths = pythonFiles(projectOf(pin));
      const together = await read(pin, paths);
      const alone: string[] = [];
      for (const path of paths) alone.push(...(await read(pin, [path])));
      assert.deepEqual(together, alone);
      assert.deepEqual((await read(pin, paths.toReversed())).toReversed(), alone);
      assert.match(together.join('\n'), /"outputShape":\[[^\]]/, 'layers are applied there');
    });
});
