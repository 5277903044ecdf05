// The Python that the tests of live tensors debug: an environment of its own, made once and kept in the user's folder
// for caches, where every checkout with the same list of packages finds it.
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { root } from './paths.mjs';
import { run } from './processes.mjs';

const LIST = 'test/live/requirements.txt';
/** Of the long run: what `npm test` does not install, each in an environment of its own. */
const LONG = {
  TCI_LONG_TENSORFLOW: 'test/long/requirements/tensorflow.txt',
  TCI_LONG_PADDLE: 'test/long/requirements/paddle.txt',
  TCI_LONG_DEBUGPY: 'test/long/requirements/debugpy.txt',
};
const windows = process.platform === 'win32';

function cacheHome() {
  if (windows) return process.env.LOCALAPPDATA ?? join(homedir(), 'AppData/Local');
  return process.platform === 'darwin'
    ? join(homedir(), 'Library/Caches')
    : (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
}

/** The packages of the list have wheels for these. */
const USABLE = 'import sys, venv, ensurepip; assert (3, 11) <= sys.version_info[:2] <= (3, 14); print(sys.version)';

/** A Python that can make an environment for the list, and what version it says it is. */
async function findPython() {
  const named = process.env.TCI_PYTHON ? [process.env.TCI_PYTHON] : ['python3', 'python', 'python3.13', 'python3.12'];
  for (const command of named) {
    const { ok, output } = await run(command, ['-c', USABLE], { timeoutMs: 20_000 });
    if (ok) return { command, version: output.trim() };
  }
  return undefined;
}

async function make(python, folder, list) {
  const draft = `${folder}.${process.pid}`;
  try {
    await mkdir(join(folder, '..'), { recursive: true });
    const interpreter = interpreterIn(draft);
    const steps = [
      [python.command, ['-m', 'venv', draft]],
      [interpreter, ['-m', 'pip', 'install', '--quiet', '--no-deps', '--only-binary=:all:', '-r', list]],
    ];
    for (const [command, args] of steps) {
      const { ok, output } = await run(command, args, { timeoutMs: 1_800_000 });
      if (!ok) throw new Error(output.trim().split('\n').at(-1));
    }
    await writeFile(join(draft, 'complete'), '');
    await rm(folder, { recursive: true, force: true });
    await rename(draft, folder);
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

const interpreterIn = (folder) => join(folder, windows ? 'Scripts/python.exe' : 'bin/python');

/**
 * The interpreter with which the tests of live tensors run, with the packages of a list. On a machine without a Python
 * that will do they are skipped, with a reason; in CI that is an error: what was left out in silence was not shown.
 * @returns {Promise<{ python: string } | { missing: string }>}
 */
export async function livePython(list = LIST) {
  const missing = (why) => {
    if (process.env.CI) throw new Error(`Live tensors cannot be tested: ${why}`);
    return { missing: why };
  };
  const found = await findPython();
  if (!found) return missing('there is no Python 3.11 to 3.14 with venv. TCI_PYTHON names one.');
  const key = createHash('sha256')
    .update(await readFile(join(root, list)))
    .update(found.version)
    .digest('hex')
    .slice(0, 16);
  const folder = join(cacheHome(), 'transposed-conv-inspector', `live-python-${key}`);
  if (!existsSync(join(folder, 'complete'))) {
    console.log(`Installing the packages of ${list} for the tests of live tensors (once; some minutes) …`);
    try {
      await make(found, folder, join(root, list));
    } catch (error) {
      return missing(`the packages could not be installed. ${error.message}`);
    }
  }
  return { python: interpreterIn(folder) };
}

/** For a suite: where that Python is, or why there is none. */
export async function liveEnvironment() {
  const found = await livePython();
  if ('python' in found) return { TCI_LIVE_PYTHON: found.python };
  console.log(`Skipped, the tests of live tensors: ${found.missing}`);
  return { TCI_LIVE_PYTHON: '' };
}

/** For the long run: where the Pythons are that only it installs. */
export async function longEnvironment() {
  const pythons = {};
  for (const [name, list] of Object.entries(LONG)) {
    const found = await livePython(list);
    if (!('python' in found)) console.log(`Skipped, ${list}: ${found.missing}`);
    pythons[name] = found.python ?? '';
  }
  return pythons;
}
