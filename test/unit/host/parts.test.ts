// The extension in parts: what VS Code loads when it activates it is little, and what comes later is there.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import Module from 'node:module';
import { join } from 'node:path';

const dist = join(process.cwd(), 'dist');
const entry = join(dist, 'extension.js');
const parts = readdirSync(join(dist, 'parts')).map((name) => join(dist, 'parts', name));

/** Can be called and read, and answers with itself. */
const anything: object = new Proxy(() => anything, {
  get: (_target, name) => (name === Symbol.toPrimitive ? () => '' : anything),
  // A bundle copies the names that it finds, of which there are none, over an object with this prototype.
  getPrototypeOf: () => anything,
});

/** The files that are loaded with a file, in a VS Code that answers anything with nothing. */
function loadedWith(file: string): readonly string[] {
  const loader = Module as unknown as { _load(name: string, ...rest: unknown[]): unknown };
  const load = loader._load;
  loader._load = (name, ...rest) => (name === 'vscode' ? anything : load.call(Module, name, ...rest));
  const require = Module.createRequire(__filename);
  try {
    require(file);
    return [entry, ...parts].filter((each) => each in require.cache);
  } finally {
    loader._load = load;
    for (const each of [entry, ...parts]) Reflect.deleteProperty(require.cache, each);
  }
}

const bytes = (files: readonly string[]): number => files.reduce((sum, file) => sum + statSync(file).size, 0);

describe('the extension for Node', () => {
  it('loads less than a tenth of its code when it is activated', () => {
    const loaded = loadedWith(entry);
    assert.ok(loaded.includes(entry));
    const share = bytes(loaded) / bytes([entry, ...parts]);
    assert.ok(share < 0.1, `${loaded.join(', ')}: ${share.toFixed(2)}`);
  });

  it('has every part that another one asks for, and none that nobody does', () => {
    const asked = [entry, ...parts].flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/require\("\.\/(?:parts\/)?([\w-]+\.js)"\)/g)].map(([, name]) => name),
    );
    assert.deepEqual([...new Set(asked)].sort(), readdirSync(join(dist, 'parts')).sort());
  });
});
