// npm run circles [-- FOLDER …]: which files import each other in a circle, types counted. It fails, and with it
// `npm test`, when a circle is larger than what is borne.
import { join, relative } from 'node:path';
import { circlesOf, importsBelow } from './lib/imports.mjs';
import { root } from './lib/paths.mjs';

/**
 * An interpreter's values, layers and machine name each other; whoever changes one of them holds seven files, not
 * eighty.
 */
const MOST = 7;

const folders = process.argv.length > 2 ? process.argv.slice(2) : ['src', 'webview'];
const imports = new Map();
for (const folder of folders) {
  for (const [path, places] of await importsBelow(join(root, folder))) imports.set(path, places);
}
const circles = circlesOf(imports);
for (const circle of circles) {
  const names = circle.map((path) => relative(root, path)).sort();
  console.log(`${circle.length}: ${names.join(' ')}`);
}
const largest = circles[0]?.length ?? 1;
console.log(`The largest circle in ${folders.join(' and ')} has ${largest} files; at most ${MOST} are borne.`);
process.exit(largest > MOST ? 1 : 0);
