import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';

/** What ran for a line of a program: shapes in and out of each layer and function, and what the line raised. */
interface Ran {
  readonly uses?: readonly string[];
  readonly raises?: string;
}

const FOLDER = 'test/fixtures/programs';
const TOLD = / {2}#([:!~]) ?(.*)$/;

const { programs } = JSON.parse(readFileSync('test/oracle/goldens/frameworkPrograms.json', 'utf8')) as {
  readonly programs: Readonly<Record<string, Readonly<Record<string, Ran>>>>;
};

/**
 * `test/fixtures/programs` says beside each line what its framework makes of it, and the tests of the reading trust
 * that. Here it is held against a run of the frameworks: `test/oracle/python/frameworks.py` made the golden.
 */
describe('what is written beside the programs of the frameworks', () => {
  it('was run for every program there is, and for no other', () => {
    assert.deepEqual(Object.keys(programs).sort(), readdirSync(FOLDER).sort());
  });

  for (const name of readdirSync(FOLDER)) {
    const lines = readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n');
    const ran = (index: number): Ran => programs[name][`${index + 1}: ${lines[index].replace(TOLD, '').trim()}`] ?? {};

    it(`is what ran for each line of ${name}`, () => {
      let told = 0;
      for (const [index, line] of lines.entries()) {
        const [, mark, words] = TOLD.exec(line) ?? [];
        const { uses = [], raises } = ran(index);
        assert.equal(raises !== undefined, mark === '!', `${name}:${index + 1} ${raises ?? 'runs'}`);
        if (mark !== ':') continue;
        for (const use of words.split('; '))
          assert.ok(uses.includes(use), `${name}:${index + 1} ran ${uses.join('; ')}`);
        told++;
      }
      assert.ok(told > 0);
    });
  }
});
