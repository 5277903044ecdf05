// Compares what we read with what CPython's parser reads: whether it takes a file, and, with --trees, every statement
// of it, its offsets too. With --mutations the files are asked about as somebody may have them while typing, as well.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { type ParsedFile, parseFile } from '../../../src/python/syntax/parse';
import { structureOf } from '../../oracle/python/structure';
import { mutate, randomOf } from '../../unit/python/syntax/mutations';
import { pythonFiles } from '../coverage/project';

interface Question {
  readonly name: string;
  readonly text: string;
  /** Missing where the text is not that of a file. */
  readonly path?: string;
}

interface Answer {
  readonly taken?: boolean;
  readonly why?: string;
  readonly digests?: readonly string[];
  readonly other?: boolean;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    root: { type: 'string', default: '.' },
    python: { type: 'string', default: 'python3' },
    trees: { type: 'boolean', default: false },
    mutations: { type: 'string', default: '0' },
  },
});

const filesOf = (path: string): string[] => (statSync(path).isDirectory() ? pythonFiles(path) : [path]);

function* questions(paths: readonly string[]): Generator<Question> {
  for (const path of paths) yield { name: path, path, text: readFileSync(path, 'utf8') };
  const random = randomOf(1);
  for (let index = 0; index < Number(values.mutations); index++) {
    const path = paths[Math.floor(random() * paths.length)];
    let text = readFileSync(path, 'utf8');
    for (let edits = 1 + Math.floor(random() * 3); edits > 0; edits--) text = mutate(text, random);
    yield { name: `${path}, mutation ${index}`, text };
  }
}

const digest = (line: string): string => createHash('md5').update(line).digest('hex');

class Tally {
  files = 0;
  others = 0;
  taken = 0;
  statements = 0;
  readonly broken: string[] = [];
  readonly accepted: string[] = [];
  readonly misread: string[] = [];

  add({ name, text }: Question, answer: Answer): void {
    if (answer.other) {
      this.others++;
      return;
    }
    this.files++;
    const file = parseFile(name, text);
    if (!answer.taken) {
      if (!file.broken) this.accepted.push(`${name}: ${answer.why}`);
      return;
    }
    this.taken++;
    if (file.broken) this.broken.push(`${name}${lineOf(file)}`);
    else if (answer.digests) this.compare(name, file, answer.digests);
  }

  private compare(name: string, file: ParsedFile, theirs: readonly string[]): void {
    const ours = structureOf(file);
    this.statements += theirs.length;
    const at = theirs.findIndex((each, index) => ours[index] === undefined || each !== digest(ours[index]));
    if (at >= 0 || ours.length !== theirs.length)
      this.misread.push(`${name}, statement ${at < 0 ? ours.length : at + 1}`);
  }
}

function lineOf(file: ParsedFile): string {
  const part = file.parts.find(({ chunk }) => chunk.hasError);
  return part ? `:${file.text.slice(0, part.from).split('\n').length}` : '';
}

async function main(): Promise<boolean> {
  const judge = spawn(
    values.python,
    [
      join(values.root, 'test/bench/grammar/judge.py'),
      join(values.root, 'test/oracle/python'),
      ...(values.trees ? ['--trees'] : []),
    ],
    { stdio: ['pipe', 'pipe', 'inherit'], env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1' } },
  );
  const answers = createInterface({ input: judge.stdout })[Symbol.asyncIterator]();
  const tally = new Tally();
  for (const question of questions(positionals.flatMap(filesOf))) {
    judge.stdin.write(`${JSON.stringify(question.path ? { path: question.path } : { text: question.text })}\n`);
    const answer = await answers.next();
    if (answer.done === true) throw new Error(`${values.python} has ended at ${question.name}`);
    tally.add(question, JSON.parse(answer.value) as Answer);
  }
  judge.stdin.end();
  const list = (title: string, found: readonly string[]): void => {
    console.log(`${found.length} ${title}`);
    for (const each of found) console.log(`  ${each}`);
  };
  console.log(`${tally.files} texts, ${tally.taken} of them taken by ${values.python}; ${tally.others} are not UTF-8.`);
  list('that it takes are called broken:', tally.broken);
  list('that it refuses are not called broken:', tally.accepted);
  if (values.trees) list(`files are read otherwise, of ${tally.statements} statements:`, tally.misread);
  return tally.broken.length === 0;
}

main().then(
  (good) => process.exit(good ? 0 : 1),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
