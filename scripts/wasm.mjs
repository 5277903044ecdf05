// Compiles the AssemblyScript kernels twice, into dist/: with relaxed SIMD (fused multiply-add) and with SIMD128 alone.
// The engine picks one when it starts; together they must stay within 48 KB.
import { mkdirSync, statSync } from 'node:fs';
import asc from 'assemblyscript/asc';

const LIMIT = 48 * 1024;
const builds = { relaxed: ['simd', 'threads', 'relaxed-simd'], simd128: ['simd', 'threads'] };

export async function buildWasm(folder = 'dist') {
  mkdirSync(folder, { recursive: true });
  let total = 0;
  for (const [name, features] of Object.entries(builds)) {
    const file = `${folder}/engine.${name}.wasm`;
    const { error, stderr } = await asc.main([
      'src/engine/wasm/index.ts',
      '--outFile',
      file,
      '-O3',
      '--shrinkLevel',
      '1',
      '--noAssert',
      '--converge',
      '--runtime',
      'stub',
      '--importMemory',
      '--noExportMemory',
      '--sharedMemory',
      '--initialMemory',
      '1',
      '--maximumMemory',
      '65536',
      ...features.flatMap((feature) => ['--enable', feature]),
    ]);
    if (error) throw new Error(`${file}: ${stderr.toString()}`);
    total += statSync(file).size;
  }
  if (total > LIMIT) throw new Error(`The wasm builds take ${total} bytes, above the limit of ${LIMIT}.`);
  return total;
}

if (import.meta.url === `file://${process.argv[1]}`) console.log(`wasm: ${await buildWasm()} bytes`);
