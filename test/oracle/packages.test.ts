import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, sep } from 'node:path';
import { analyzeModule } from '../../src/python';
import { checkoutProject, pythonFiles } from '../bench/coverage/project';
import { downloaded, pins, unpacked } from './wheels';

/**
 * What is told of a package's files in all. It is our own answer, kept so that a change of it is seen: every error in
 * it must be one that the package's code really raises, and a count that falls is something that was told before.
 */
interface Summary {
  readonly files: number;
  readonly layers: number;
  readonly uses: number;
  /** Uses whose sizes behind the batch are all numbers. */
  readonly known: number;
  readonly errors: readonly string[];
}

const GOLDEN = join('test', 'oracle', 'goldens', 'packages.json');
function summaryOf(root: string): Summary {
  const paths = pythonFiles(root);
  const all = paths.map((path) => {
    const text = readFileSync(path, 'utf8');
    // As the file alone is read: which of those that import it runs first is not its own.
    const { importers: _importers, ...project } = checkoutProject(root, { path, text, version: 1 });
    const { reports, problems, faults } = analyzeModule({ path, text, project });
    assert.deepEqual(faults ?? [], [], path);
    const errors = [...problems, ...reports.flatMap((report) => report.problems)]
      .filter(({ severity }) => severity === 'error')
      .map(({ span, code, framework, message }) => {
        const line = text.slice(0, span.start).split('\n').length;
        return `${path.slice(root.length + 1).replaceAll(sep, '/')}:${line} ${code}: ${framework ?? message}`;
      });
    return { uses: reports.flatMap((report) => report.uses), layers: reports.length, errors };
  });
  const uses = all.flatMap((each) => each.uses);
  return {
    files: paths.length,
    layers: all.reduce((sum, { layers }) => sum + layers, 0),
    uses: uses.length,
    known: uses.filter(({ inputShape, outputShape }) =>
      [...inputShape.slice(1), ...outputShape.slice(1)].every((size) => typeof size === 'number'),
    ).length,
    errors: all.flatMap(({ errors }) => errors),
  };
}

describe('packages of the package index', () => {
  let here = false;
  before(function () {
    this.timeout(300_000);
    here = downloaded();
    if (!here) console.log('    (skipped: the package index cannot be reached)');
  });

  const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as Readonly<Record<string, Summary>>;
  it('all have a golden, and every golden has a package', () => {
    assert.deepEqual(Object.keys(golden).sort(), [...pins].sort());
  });

  for (const pin of pins) {
    it(`are read as before: ${pin}`, function () {
      // A whole package, on a machine that may have other work.
      this.timeout(120_000);
      if (!here) this.skip();
      const found = summaryOf(unpacked(pin));
      if (process.env.TCONV_WRITE_GOLDEN) {
        const now = { ...(JSON.parse(readFileSync(GOLDEN, 'utf8')) as object), [pin]: found };
        writeFileSync(GOLDEN, `${JSON.stringify(now, null, 2)}\n`);
      } else assert.deepEqual(found, golden[pin]);
    });
  }
});
