// What is not known of public code, whether each of it names a line, and whether what is offered to supply it does: the
// sentence of `check --why` is followed by script, in a text that is then read again.
// usage: npm run bench:unknown -- [--draw COUNT] [--seed SEED] [--show] [--kinds] CHECKOUT…
import { readFileSync } from 'node:fs';
import { basename, relative, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { filesBelow, isPython } from '../../../src/cli/find';
import { Project } from '../../../src/cli/project';
import type { LineShape, ModuleAnalysis, Why } from '../../../src/python';
import { edited, type Fix, fixFor } from './fixes';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    draw: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    show: { type: 'boolean', default: false },
    kinds: { type: 'boolean', default: false },
  },
});

/** What is offered is followed so many times, as a user would who is told of the next thing that is missing. */
const ROUNDS = 4;

interface Unknown {
  readonly project: Project;
  readonly path: string;
  readonly file: string;
  readonly text: string;
  readonly analysis: ModuleAnalysis;
  /** Which of the file's lines. */
  readonly index: number;
}

interface Tried {
  readonly unknown: Unknown;
  /** After how many fixes the line was known; nothing where it was not. */
  readonly rounds?: number;
  /** The fixes that were followed, and what was still missing then. */
  readonly followed: readonly string[];
}

/** As Mulberry32 draws them: the same of a seed on every machine. */
function drawing(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const isKnown = ({ shapes, why }: LineShape): boolean => shapes.length > 0 && why.length === 0;
const read = ({ project, path }: Unknown, text: string): ModuleAnalysis => project.read(path, text, {}, true);

/** A line is found again by its name, its function, and which of those that are alike it is: edits move it. */
const keyOf = (lines: readonly LineShape[], line: LineShape): string => {
  const alike = lines.filter(({ name, within }) => name === line.name && within === line.within);
  return `${line.within}:${line.name}:${alike.indexOf(line)}`;
};

function tried(unknown: Unknown): Tried {
  let { text, analysis } = unknown;
  const key = keyOf(analysis.lines ?? [], (analysis.lines ?? [])[unknown.index]);
  const followed: string[] = [];
  for (let rounds = 1; rounds <= ROUNDS; rounds++) {
    const lines = analysis.lines ?? [];
    const line = lines.find((each) => keyOf(lines, each) === key);
    if (!line) return { unknown, followed: [...followed, 'the line is told no more'] };
    const fix: Fix | undefined = fixFor(text, analysis, line, (changed) => read(unknown, changed));
    if (!fix) return { unknown, followed: [...followed, line.why[0]?.message ?? 'no cause is told'] };
    followed.push(`${line.why[0]?.message ?? 'no cause'} [${fix.title}]`);
    text = edited(text, fix.edit);
    analysis = read(unknown, text);
    const now = (analysis.lines ?? []).find((each) => keyOf(analysis.lines ?? [], each) === key);
    if (now && isKnown(now)) return { unknown, rounds, followed };
  }
  const lines = analysis.lines ?? [];
  const last = lines.find((each) => keyOf(lines, each) === key);
  return { unknown, followed: [...followed, last?.why[0]?.message ?? 'no cause is told'] };
}

/** What a cause says, but for the names and numbers of the code. */
const kindOf = ({ template }: Why): string => template;

async function main(): Promise<void> {
  const counts = { files: 0, lines: 0, known: 0, named: 0, unknown: 0, withLine: 0, elsewhere: 0, silent: 0 };
  const kinds = new Map<string, number>();
  const found: Unknown[] = [];
  for (const folder of positionals.map((each) => resolve(each))) {
    const project = await Project.open(folder, {});
    for (const path of filesBelow(folder, project.wants).filter(isPython)) {
      const text = readFileSync(path, 'utf8').replace(/^\uFEFF/, '');
      const analysis = project.read(path, text, {}, true);
      const { lines = [] } = analysis;
      if (lines.length > 0) counts.files++;
      lines.forEach((line, index) => {
        counts.lines++;
        if (isKnown(line)) {
          counts.known++;
          return;
        }
        counts[line.shapes.length > 0 ? 'named' : 'unknown']++;
        for (const why of line.why) kinds.set(kindOf(why), (kinds.get(kindOf(why)) ?? 0) + 1);
        if (line.why.length === 0) counts.silent++;
        else counts[line.why.some(({ span, elsewhere: other }) => span ?? other) ? 'withLine' : 'elsewhere']++;
        if (line.why.length === 0 && values.show)
          console.log(`  no cause: ${basename(folder)}/${relative(folder, path)} ${line.within} ${line.name}`);
        found.push({ project, path, file: `${basename(folder)}/${relative(folder, path)}`, text, analysis, index });
      });
    }
  }
  console.log(
    `${counts.files} files, ${counts.lines} tensors: ${counts.known} known, ${counts.named} but for sizes that have names, ${counts.unknown} unknown.`,
  );
  console.log(
    `Of the ${found.length} that are not known whole, ${counts.withLine} name a line, ${counts.silent} only the line itself, ${counts.elsewhere} none.`,
  );
  if (values.kinds)
    for (const [kind, count] of [...kinds].sort(([, a], [, b]) => b - a))
      console.log(`${String(count).padStart(6)} ${kind}`);

  const random = drawing(Number(values.seed));
  const left = [...found];
  const drawn = Array.from({ length: Math.min(Number(values.draw), left.length) }, () =>
    left.splice(Math.floor(random() * left.length), 1),
  ).flat();
  const outcomes = drawn.map(tried);
  const after = (rounds: number): number => outcomes.filter((each) => each.rounds === rounds).length;
  const never = outcomes.filter(({ rounds }) => rounds === undefined);
  console.log(
    `Of ${drawn.length} drawn (seed ${values.seed}), known after what is offered first: ${after(1)}; after what is offered then: ${[2, 3, 4].map(after).join(', ')}; not: ${never.length}.`,
  );
  if (values.show)
    for (const { unknown, followed } of never) {
      const line = (unknown.analysis.lines ?? [])[unknown.index];
      const at = unknown.text.slice(0, line.span.start).split('\n').length;
      console.log(
        `  ${unknown.file}:${at} ${line.within} ${line.name}\n${followed.map((each) => `      ${each}`).join('\n')}`,
      );
    }
}

void main();
