import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isMainThread } from 'node:worker_threads';
import { helpersOf, runHelper } from './helpers';
import { tuneForOneRun } from './oneRun';
import { run } from './run';

/** The manifest stands two folders above the file that is built. */
const { version } = JSON.parse(readFileSync(join(__dirname, '../../package.json'), 'utf8')) as {
  readonly version: string;
};

function main(): void {
  const ended = new AbortController();
  const args = process.argv.slice(2);
  if (args[0] === 'check' && !args.includes('--watch')) tuneForOneRun();
  process.once('SIGINT', () => ended.abort());

  // `… | head` closes its end when it has enough: that is no failure of ours.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

  void run(
    args,
    {
      folder: process.cwd(),
      out: (text) => void process.stdout.write(text),
      error: (text) => void process.stderr.write(text),
      coloured: process.stdout.isTTY && !process.env.NO_COLOR,
    },
    version,
    ended.signal,
    helpersOf(__filename),
  ).then((status) => {
    process.exitCode = status;
  });
}

if (isMainThread) main();
else void runHelper();
