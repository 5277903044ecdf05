import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeModule, type ModuleAnalysis } from '../../src/python';

interface Ran {
  readonly uses: readonly string[];
  readonly raises?: string;
}

const folder = join('test', 'oracle', 'programs');
const golden = JSON.parse(readFileSync(join('test', 'oracle', 'goldens', 'programs.json'), 'utf8')) as {
  readonly made: Readonly<Record<string, string>>;
  readonly programs: Readonly<Record<string, Ran>>;
};

/**
 * What follows a title: `silent`, the program is not followed, and nothing that is said of it may be wrong; `in part`,
 * the same, but something is said; `untold`, it raises, and we do not say so. Without one everything is told.
 */
const MARK = / \[(silent|in part|untold)\]$/;

interface Program {
  readonly name: string;
  readonly text: string;
  readonly mark?: string;
}

function programsOf(file: string): Program[] {
  const [head, ...blocks] = readFileSync(join(folder, file), 'utf8').split(/^# %% /m);
  return blocks.map((block) => {
    const end = block.indexOf('\n');
    const title = block.slice(0, end);
    const name = `${file.replace(/\.py$/, '')}: ${title}`;
    return { name, text: head + block.slice(end + 1), mark: MARK.exec(title)?.[1] };
  });
}

/** `in -> out` of each convolution, those whose sizes are all known, each once. */
function told(analysis: ModuleAnalysis): string[] {
  const uses = analysis.reports
    .filter((report) => report.family === 'conv' || report.family === 'convTranspose')
    .flatMap((report) => report.uses)
    .filter((use) => [...use.inputShape, ...use.outputShape].every((dim) => typeof dim === 'number'));
  return [...new Set(uses.map((use) => `${use.inputShape.join(' ')} -> ${use.outputShape.join(' ')}`))].sort();
}

/** The errors that are told, with the framework's words for them where we have those. */
function errorsOf(analysis: ModuleAnalysis): (readonly [message: string, words: string | undefined])[] {
  return [...analysis.reports.flatMap((report) => report.problems), ...analysis.problems]
    .filter(({ severity }) => severity === 'error')
    .map(({ framework, message }) => [message, framework]);
}

/** What Python prints, without the exception's name. */
const wordsOf = (raised: string): string => raised.replace(/^\w+: /, '');

describe(`small programs, run with PyTorch ${golden.made.torch}`, () => {
  const programs = readdirSync(folder)
    .filter((file) => file.endsWith('.py'))
    .flatMap(programsOf);

  it('all have a golden, and every golden has a program', () => {
    assert.deepEqual(programs.map(({ name }) => name).sort(), Object.keys(golden.programs).sort());
  });

  for (const { name, text, mark } of programs) {
    it(name, () => {
      const ran = golden.programs[name];
      const analysis = analyzeModule({ path: '/project/program.py', text });
      const said = told(analysis);
      const truth = [...new Set(ran.uses)].sort();
      assert.deepEqual(analysis.faults ?? [], []);
      const wrong = said.filter((use) => !truth.includes(use));
      assert.deepEqual(wrong, [], 'these shapes are not what PyTorch makes');
      const errors = errorsOf(analysis);
      if (ran.raises === undefined) assert.deepEqual(errors, [], 'the program runs');
      else if (mark === 'untold') assert.deepEqual(errors, [], 'the mark "untold" is out of date');
      else if (mark !== 'silent') {
        assert.ok(errors.length > 0, `untold: ${ran.raises}`);
        // Lists of all the ways in which a function may be called are not told.
        const [, words = ''] = errors[0];
        assert.equal(words, wordsOf(ran.raises).slice(0, words.length));
      }
      if (mark === 'silent') assert.deepEqual(said, [], 'the mark "silent" is out of date');
      else if (mark === 'in part') assert.ok(said.length > 0 && said.length < truth.length, 'the mark is out of date');
      else assert.deepEqual(said, truth);
    });
  }
});
