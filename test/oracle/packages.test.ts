import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import { unzipSync } from 'fflate';
import { analyzeModule } from '../../src/python';
import { checkoutProject, pythonFiles } from '../bench/coverage/project';

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

const PINS = join('test', 'oracle', 'packages.txt');
const GOLDEN = join('test', 'oracle', 'goldens', 'packages.json');
const folder = join('.cache', 'packages');

/** Has the package index give the wheels, of these hashes and no others; nothing of them is installed. */
function downloaded(): boolean {
  const wheels = join(folder, 'wheels');
  if (existsSync(wheels) && readdirSync(wheels).length === pins.length) return true;
  mkdirSync(wheels, { recursive: true });
  try {
    const asked = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--timeout', '20', '--retries', '0'];
    execFileSync('python3', ['-m', 'pip', 'download', '--quiet', ...asked, '-r', PINS, '-d', wheels], {
      stdio: 'ignore',
      timeout: 240_000,
    });
    return true;
  } catch {
    return false;
  }
}

const pins = readFileSync(PINS, 'utf8')
  .split('\n')
  .flatMap((line) => /^\w+==[\d.]+/.exec(line)?.[0] ?? []);

/** The folder that holds the files of a package, taken out of its wheel. */
function unpacked(pin: string): string {
  const [name, version] = pin.split('==');
  const root = join(folder, `${name}-${version}`);
  if (existsSync(root)) return root;
  const wheels = join(folder, 'wheels');
  const wheel = readdirSync(wheels).find((each) => each.startsWith(`${name}-${version}-`));
  assert.ok(wheel, `there is no wheel of ${pin}`);
  const files = unzipSync(readFileSync(join(wheels, wheel)), { filter: (file) => file.name.endsWith('.py') });
  for (const [path, bytes] of Object.entries(files)) {
    assert.ok(!path.split('/').includes('..'), path);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}

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
