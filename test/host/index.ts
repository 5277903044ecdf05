// Where VS Code, desktop and server alike, enters the suite: both call `run` in the extension host and end when it
// settles.
import Mocha from 'mocha';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format } from 'node:util';

interface Options {
  files: string[];
  grep?: string;
}

/** The outcome is written into a file: the log of the extension host is full of others' lines, and counts nothing. */
export async function run(): Promise<void> {
  const options = JSON.parse(readFileSync(join(__dirname, 'options.json'), 'utf8')) as Options;
  const report: string[] = [];
  Mocha.reporters.Base.consoleLog = (...parts: unknown[]) => void report.push(format(...parts));
  const mocha = new Mocha({ timeout: 60_000, color: false, forbidOnly: true, grep: options.grep });
  options.files.forEach((file) => mocha.addFile(file));

  const failed = await new Promise<number>((resolve) => {
    const runner = mocha.run((failures) => {
      const { passes, pending } = runner.stats!;
      const outcome = { passed: passes, failed: failures, skipped: pending, output: report.join('\n') };
      writeFileSync(join(__dirname, 'result.json'), JSON.stringify(outcome));
      resolve(failures);
    });
  });
  if (failed > 0) throw new Error(`${failed} extension-host tests failed.`);
}
