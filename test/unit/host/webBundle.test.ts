// What ships for a VS Code that is a web page needs nothing but VS Code: the bundler would have refused Node's modules,
// and whoever made it leave one out would find it here.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const dist = join(process.cwd(), 'dist');

/** The names of modules that a bundle asks its host for. */
const required = (file: string): string[] => [
  ...new Set(
    [...readFileSync(join(dist, file), 'utf8').matchAll(/\b(?:require|import)\(\s*["'`]([^"'`]+)["'`]\s*\)/g)].map(
      ([, name]) => name,
    ),
  ),
];

describe('the bundles for the web', () => {
  const wanted: Readonly<Record<string, readonly string[]>> = {
    'web/extension.js': ['vscode'],
    'web/worker.js': ['./computing.js'],
    'computing.js': [],
    'web/reader.js': ['./reading.js'],
    'reading.js': [],
  };
  for (const [file, names] of Object.entries(wanted)) {
    it(`${file} asks for ${names.join() || 'nothing'}`, () => {
      assert.deepEqual(required(file), names);
    });
  }

  it('are these, and those for Node would not pass', () => {
    assert.deepEqual(
      readdirSync(join(dist, 'web'))
        .filter((name) => name.endsWith('.js'))
        .sort(),
      ['extension.js', 'reader.js', 'worker.js'],
    );
    assert.ok(required('worker.js').includes('node:worker_threads'));
  });
});
