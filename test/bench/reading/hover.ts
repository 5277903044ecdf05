// npm run bench:reading -- --hover SERVER FILE…: from an edit to the answer to a hover, of this tree's thread and of a
// language server (`pyrefly lsp`) in turns. The edit is one digit of a layer's argument in the middle of the file.
import { cpus } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { folderOf, placed } from './files';
import { LanguageServer, placeAt } from './languageServer';
import { openReader } from './open';
import { compared, goalsOf, markdown, type Pair } from './pair';
import { timed } from './texts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { hover: { type: 'string' }, now: { type: 'string' } },
});

/** Edits of each file; the first few only warm both. */
const EDITS = 24;
const WARM = 6;
/** At most so many times what the language server takes. */
const GOAL = 1;

/** A call of a layer with a digit among its arguments. */
const LAYER = /\b(?:Conv|Linear|MaxPool|AvgPool|BatchNorm)\w*\((?:[^()\n]*[=, (])?([1-9])(?=\s*[,)])/g;

interface Edit {
  readonly digit: number;
  /** On the name of the layer. */
  readonly hovered: number;
}

/** The edit nearest to the middle. */
function editOf(file: string, text: string): Edit {
  const edits = [...text.matchAll(LAYER)].map((match) => ({
    digit: match.index + match[0].length - 1,
    hovered: match.index + 1,
  }));
  const [first] = edits.sort((a, b) => Math.abs(a.digit - text.length / 2) - Math.abs(b.digit - text.length / 2));
  if (!first) throw new Error(`${file} calls no layer with a digit.`);
  return first;
}

async function measure(file: string, reader: ReturnType<typeof openReader>, command: string): Promise<Pair> {
  const { path, text, folders, textAt } = placed(file, 'hover');
  const { digit, hovered } = editOf(file, text);
  const server = new LanguageServer(command, ['lsp']);
  await server.start(folderOf(file));
  server.open(file, text);
  await server.hover(file, placeAt(text, hovered));
  await reader.read(path, text, folders, textAt);
  const times: [number[], number[]] = [[], []];
  let shown = 0;
  for (let edit = 0; edit < EDITS; edit++) {
    const now = String(((Number(text[digit]) + edit) % 9) + 1);
    const changed = text.slice(0, digit) + now + text.slice(digit + 1);
    const peer = async (): Promise<void> => {
      server.change(file, edit + 2, placeAt(text, digit), now);
      if ((await server.hover(file, placeAt(text, hovered))) !== null) shown++;
    };
    const own = (): Promise<unknown> => reader.read(path, changed, folders, textAt);
    for (const which of edit % 2 === 0 ? [0, 1] : [1, 0]) {
      const took = await timed(which === 0 ? peer : own);
      if (edit >= WARM) times[which].push(took);
    }
  }
  server.end();
  if (shown < EDITS) throw new Error(`${pathToFileURL(file).href}: the language server showed nothing.`);
  return { name: file.split(/[\\/]/).slice(-2).join('/'), unit: 'ms', measured: times, goal: GOAL };
}

async function main(): Promise<void> {
  const reader = openReader(join(resolve(values.now ?? ''), 'reader.js'));
  const pairs: Pair[] = [];
  for (const file of positionals) pairs.push(await measure(resolve(file), reader, values.hover ?? 'pyrefly'));
  await reader.dispose();
  const rows = pairs.map(compared);
  const runtime = `${cpus()[0]?.model.trim() ?? 'unknown processor'}, Node ${process.version}`;
  console.log(markdown(rows, `From an edit to a hover, against ${values.hover}; ${runtime}`));
  console.log(`${goalsOf(rows).length} files.`);
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
