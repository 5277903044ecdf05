// Installs the npm dependencies when node_modules is not what package-lock.json asks for. Uses none of them itself.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { root } from './lib/paths.mjs';
import { npm } from './lib/processes.mjs';

const oldestNode = [20, 19];

/** Compared by content, not by age: a checkout or a rebase touches the lock file without changing it. */
export async function isInstalled(folder) {
  const packages = async (path) => JSON.parse(await readFile(join(folder, path), 'utf8')).packages;
  try {
    const [wanted, present] = await Promise.all([
      packages('package-lock.json'),
      packages('node_modules/.package-lock.json'),
    ]);
    return Object.entries(wanted).every(
      ([path, { version, optional, peer }]) => path === '' || optional || peer || present[path]?.version === version,
    );
  } catch (error) {
    if (error.code === 'ENOENT') return false;
    throw error;
  }
}

/** @throws when Node is too old, or npm fails; the message says which and shows npm's own words. */
export async function setup() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major < oldestNode[0] || (major === oldestNode[0] && minor < oldestNode[1])) {
    throw new Error(`Node ${oldestNode.join('.')} or newer is needed; this is ${process.versions.node}.`);
  }
  if (await isInstalled(root)) return;
  console.log('Installing the npm dependencies …');
  const { ok, output } = await npm(['ci'], { cwd: root });
  if (!ok) throw new Error(`npm ci failed:\n${output}`);
}

if (import.meta.filename === process.argv[1]) await setup();
