// npm run reports: every report of the corpus and of every Python file of the checkouts, one line of JSON each.
// usage: node BUNDLE OUT CHECKOUT…; bundled once for each tree, with that tree's analysis.
import { closeSync, openSync, readFileSync, writeSync } from 'node:fs';
import { basename, join, relative, resolve } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { AnalysisRequest, ModuleAnalysis } from '../../../src/python';
import { checkoutProject, pythonFiles } from '../coverage/project';
import type { ReportLine } from './line';

/** A file to read, and the name under which its reports are told. */
interface Read {
  readonly file: string;
  readonly request: AnalysisRequest;
}

function* corpus(): Generator<Read> {
  const packed = readFileSync(join('test', 'oracle', 'python', 'corpus.json.gz'));
  const { programs } = JSON.parse(gunzipSync(packed).toString()) as {
    readonly programs: readonly { readonly id: string; readonly source: string }[];
  };
  for (const { id, source } of programs) yield { file: `corpus/${id}`, request: { path: `${id}.py`, text: source } };
}

function* checkout(root: string): Generator<Read> {
  for (const path of pythonFiles(root)) {
    const text = readFileSync(path, 'utf8');
    // Without importers, as the file alone is read: which of its many importers runs first is not the file's own.
    const { resolve: find } = checkoutProject(root, { path, text, version: 1 });
    yield { file: join(basename(root), relative(root, path)), request: { path, text, project: { resolve: find } } };
  }
}

function linesOf({ file, request }: Read, analyze: (request: AnalysisRequest) => ModuleAnalysis): ReportLine[] {
  try {
    const { memo: _memo, reports, path: _path, dependencies, ...rest } = analyze(request);
    const others = dependencies.map(({ path }) => path);
    return [{ file, rest: { ...rest, dependencies: others } }, ...reports.map((report) => ({ file, report }))];
  } catch (error) {
    return [{ file, threw: error instanceof Error ? error.message : String(error) }];
  }
}

export function writeReports(analyze: (request: AnalysisRequest) => ModuleAnalysis): void {
  const [, , out, ...checkouts] = process.argv;
  const target = openSync(out, 'w');
  const started = performance.now();
  let count = 0;
  const slow: { readonly file: string; readonly time: number }[] = [];
  for (const source of [corpus(), ...checkouts.map((each) => checkout(resolve(each)))]) {
    for (const read of source) {
      const before = performance.now();
      const lines = linesOf(read, analyze);
      slow.push({ file: read.file, time: performance.now() - before });
      for (const line of lines) writeSync(target, `${JSON.stringify(line)}\n`);
      count += lines.length - 1;
    }
  }
  closeSync(target);
  console.log(`${count} reports of ${slow.length} files in ${((performance.now() - started) / 1000).toFixed(1)} s.`);
  console.log('The slowest:');
  for (const { file, time } of slow.sort((a, b) => b.time - a.time).slice(0, 12))
    console.log(`${time.toFixed(0).padStart(7)} ms  ${file}`);
}
