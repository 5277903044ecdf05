// The phases of `npm test`: what each one runs and what must have passed before.
// What needs an npm dependency is imported when its phase runs: this file is loaded before they are installed.
import { mkdir } from 'node:fs/promises';
import { bin, cache, vsix } from './paths.mjs';
import { liveEnvironment, longEnvironment } from './live-python.mjs';
import { onnxRuntime } from './peers.mjs';
import { check, mochaSuite } from './suites.mjs';
import { PACKAGE } from './vsix.mjs';
import { installServer } from './vscode-server.mjs';

/** Makes the .vsix and then looks into it. The build must have been made. */
export async function packageVsix() {
  await mkdir(cache, { recursive: true });
  const made = await check([bin('@vscode/vsce/vsce'), ...PACKAGE, vsix], 120_000);
  if (made.failed > 0) return made;
  const looked = await mochaSuite('package', { env: { TCI_VSIX: vsix } });
  return { ...looked, output: `${made.output}\n${looked.output}` };
}

/** @returns {import('./phases.mjs').Phase[]} in the order in which they should start */
export function allPhases({ grep, desktop }) {
  return [
    { name: 'build', needs: [], run: () => check(['esbuild.mjs']) },
    { name: 'typecheck', needs: [], run: () => check([bin('typescript/bin/tsc'), '-b']) },
    { name: 'server', needs: [], run: () => installServer().then(() => ({ passed: 0, failed: 0, output: '' })) },
    { name: 'unit', needs: ['build'], run: () => mochaSuite('unit', { grep }) },
    { name: 'package', needs: ['build'], run: packageVsix },
    {
      name: 'host',
      needs: ['build', 'server'],
      run: async () => (await import('./host-tests.mjs')).runHostTests({ grep, desktop }),
    },
    {
      name: 'web',
      needs: ['package', 'server'],
      after: ['host'],
      run: async () => (await import('./web-tests.mjs')).runWebTests({ grep }),
    },
    { name: 'oracle', needs: ['build'], run: async () => mochaSuite('oracle', { grep, env: await onnxRuntime() }) },
    {
      name: 'live',
      needs: [],
      // An environment that was just made is read from the disk for the first time, which takes a minute.
      run: async () => mochaSuite('live', { grep, env: await liveEnvironment(), testTimeoutMs: 240_000 }),
    },
    {
      name: 'long',
      needs: [],
      isApart: true,
      run: async () => mochaSuite('long', { grep, env: await longEnvironment(), testTimeoutMs: 240_000 }),
    },
    { name: 'format', needs: [], run: () => check([bin('prettier/bin/prettier.cjs'), '--check', '.']) },
    // Without a cache, which would know of a file only its own text: a type that changed elsewhere would go unseen.
    { name: 'lint', needs: [], run: () => check([bin('eslint/bin/eslint.js'), '.']) },
    { name: 'circles', needs: [], run: () => check(['scripts/circles.mjs']) },
    // One of its tests builds again, so nothing else may be reading what was built.
    {
      name: 'ui',
      needs: ['package', 'server'],
      after: ['unit', 'oracle', 'host', 'web'],
      run: async () => (await import('./ui-tests.mjs')).runUiTests({ grep }),
    },
  ];
}

/** Phases that a chosen one needs are run as well. */
export function withNeeds(phases, chosen) {
  const names = new Set();
  const add = (name) => {
    const phase = phases.find((candidate) => candidate.name === name);
    if (!phase)
      throw new Error(`There is no phase "${name}". There are: ${phases.map((each) => each.name).join(', ')}.`);
    names.add(name);
    phase.needs.forEach(add);
  };
  chosen.forEach(add);
  return phases.filter((phase) => names.has(phase.name));
}
