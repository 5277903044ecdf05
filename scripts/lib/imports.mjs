// The project's own imports, read from the text: types count, because whoever reads one file must know what it names.
import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import ts from 'typescript';

/**
 * @param {string} folder
 * @returns {Promise<Map<string, string[]>>} by path, the paths of the project's own files that it imports
 */
export async function importsBelow(folder) {
  const names = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.ts'));
  const found = new Map();
  for (const path of names.map((name) => join(folder, name))) {
    const { importedFiles } = ts.preProcessFile(await readFile(path, 'utf8'), true, true);
    const own = importedFiles.filter(({ fileName }) => fileName.startsWith('.'));
    const places = own.flatMap(({ fileName }) => {
      const base = resolve(dirname(path), fileName);
      return [`${base}.ts`, join(base, 'index.ts')].filter((place) => existsSync(place)).slice(0, 1);
    });
    found.set(path, places);
  }
  return found;
}

/**
 * The circles of a graph, by Tarjan's algorithm: sets of files each of which reaches all others of its set.
 * @param {Map<string, string[]>} imports
 * @returns {string[][]} the largest first
 */
export function circlesOf(imports) {
  const [number, low, open, circles] = [new Map(), new Map(), [], []];
  const visit = (path) => {
    number.set(path, number.size);
    low.set(path, number.get(path));
    open.push(path);
    for (const next of imports.get(path) ?? []) {
      if (!number.has(next)) visit(next);
      if (open.includes(next)) low.set(path, Math.min(low.get(path), low.get(next)));
    }
    if (low.get(path) !== number.get(path)) return;
    const circle = open.splice(open.indexOf(path));
    if (circle.length > 1) circles.push(circle);
  };
  for (const path of imports.keys()) if (!number.has(path)) visit(path);
  return circles.sort((a, b) => b.length - a.length);
}
