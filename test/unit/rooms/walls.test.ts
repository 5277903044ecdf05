import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { build } from 'esbuild';
import { circlesOf, importsBelow } from '../../../scripts/lib/imports.mjs';
import { PYTHON_ROOMS, ROOMS } from '../../../scripts/lib/rooms.mjs';

const root = process.cwd();

/** The room of a path: the longest of their names with which it begins. */
const roomOf = (rooms: readonly string[], path: string): string | undefined =>
  rooms.filter((room) => path.startsWith(`${room}/`)).sort((a, b) => b.length - a.length)[0];

async function entered(folder: string, rooms: Readonly<Record<string, readonly string[]>>): Promise<string[]> {
  const found: string[] = [];
  const named = (path: string): string => relative(root, path).split(sep).join('/');
  for (const [path, places] of await importsBelow(join(root, folder))) {
    const from = roomOf(Object.keys(rooms), named(path));
    if (from === undefined) continue;
    for (const to of new Set(places.map((place) => roomOf(Object.keys(rooms), named(place))))) {
      if (to !== undefined && to !== from && !rooms[from].includes(to)) found.push(`${named(path)} enters ${to}`);
    }
  }
  return found;
}

describe('the walls between the rooms', () => {
  it('are respected by every import in src and webview', async () => {
    assert.deepEqual([...(await entered('src', ROOMS)), ...(await entered('webview', ROOMS))], []);
  });

  it('are respected within src/python', async () => {
    const full = (room: string): string => `src/python/${room}`;
    const rooms = Object.fromEntries(Object.entries(PYTHON_ROOMS).map(([room, may]) => [full(room), may.map(full)]));
    assert.deepEqual(await entered('src/python', rooms), []);
  });

  it('are known for every folder within src and src/python', () => {
    const folders = (path: string): string[] =>
      readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
        entry.isDirectory() ? entry.name : [],
      );
    assert.deepEqual(
      folders('src')
        .map((name) => `src/${name}`)
        .sort(),
      Object.keys(ROOMS)
        .filter((name) => name !== 'webview')
        .sort(),
    );
    assert.deepEqual(folders('src/python').sort(), Object.keys(PYTHON_ROOMS).sort());
  });
});

/** The compiler lets `import 'vscode'` pass; a bundler that knows no platform and no externals does not. */
describe('a room that runs anywhere', () => {
  for (const room of ['src/core', 'src/python', 'src/language']) {
    it(`bundles every file of ${room} for no platform at all`, async () => {
      const folder = join(root, room);
      const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
      assert.ok(files.length > 20);
      const { errors, outputFiles } = await build({
        entryPoints: files.map((name) => join(folder, name)),
        outdir: join(root, '.cache/wall'),
        bundle: true,
        write: false,
        platform: 'neutral',
        mainFields: ['module', 'main'],
        logLevel: 'silent',
      });
      assert.deepEqual(errors, []);
      for (const { path, text } of outputFiles) assert.doesNotMatch(text, /require\(["'](node:|vscode)/, path);
    });
  }
});

describe('circles of imports', () => {
  it('are found, and what stands beside them is not', () => {
    const imports = new Map([
      ['a', ['b', 'x']],
      ['b', ['c']],
      ['c', ['a']],
      ['x', ['y']],
      ['y', ['x', 'z']],
      ['z', []],
    ]);
    assert.deepEqual(
      circlesOf(imports).map((circle: readonly string[]) => [...circle].sort()),
      [
        ['a', 'b', 'c'],
        ['x', 'y'],
      ],
    );
  });
});
