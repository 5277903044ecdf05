// What the engine is compared with, in speed and in values: installed on demand beside everything else that is made,
// never a dependency.
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { cache } from './paths.mjs';
import { npm } from './processes.mjs';

const nodePackage = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
export const PEERS = {
  'onnxruntime-web': '1.30.0',
  'onnxruntime-node': '1.30.0',
  '@tensorflow/tfjs-core': '4.22.0',
  '@tensorflow/tfjs-backend-wasm': '4.22.0',
  // VS Code runs Node 24 today; Node 20 has no relaxed SIMD. These hold the binary itself: no script need run.
  node24: `npm:${nodePackage}@24`,
  node20: `npm:${nodePackage}@20`,
};
export const peers = join(cache, 'bench-peers');

/**
 * Brings the named peers, beside those that are there already.
 * @param {string[]} names of `PEERS`
 * @returns {Promise<{ ok: boolean, output: string }>} never rejects for what npm says
 */
export async function installPeers(names) {
  if (names.every((name) => existsSync(join(peers, 'node_modules', name)))) return { ok: true, output: '' };
  console.error(`Installing ${names.join(', ')} …`);
  await mkdir(peers, { recursive: true });
  const file = join(peers, 'package.json');
  const { dependencies } = JSON.parse(await readFile(file, 'utf8').catch(() => '{}'));
  const wanted = Object.fromEntries(names.map((name) => [name, PEERS[name]]));
  await writeFile(file, JSON.stringify({ private: true, dependencies: { ...dependencies, ...wanted } }));
  // onnxruntime-node's own script would fetch GPU libraries; what runs on the processor is in the package.
  return npm(['install', '--ignore-scripts', '--prefix', peers], { cwd: peers, timeoutMs: 600_000 });
}

/**
 * For the oracle tests: where ONNX Runtime is. Without it they fail: a comparison that is left out in silence is none.
 */
export async function onnxRuntime() {
  const { ok, output } = await installPeers(['onnxruntime-node']);
  if (!ok)
    throw new Error(
      `ONNX Runtime, with which the engine is compared, could not be installed from the package registry.\n${output}`,
    );
  return { TCI_PEERS: peers };
}
