import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { errorsByLine, usesByLine } from './programs';

const FOLDER = 'test/fixtures/programs';
const TOLD = / {2}#([:!~]) ?(.*)$/;

/**
 * Programs with what their framework does beside each line: `#:` the shapes that go into and come out of its
 * convolutions and poolings, `#!` what it raises, in its words or, where we have not those, ours. The first line says
 * which framework it was; `#~` stands where the framework shows less than we tell.
 */
describe('programs of the frameworks, line by line', () => {
  for (const name of readdirSync(FOLDER)) {
    const lines = readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n');
    const text = lines.map((line) => line.replace(TOLD, '')).join('\n');
    const told = (mark: string): string[] =>
      lines.flatMap((line, index) => {
        const found = TOLD.exec(line);
        return found?.[1] === mark
          ? (mark === ':' ? found[2].split('; ') : [found[2]]).map((each) => `${index + 1}: ${each}`)
          : [];
      });
    it(`${name}: ${lines[0].slice(2)}`, () => {
      const uses = usesByLine(text);
      // A line may make layers of whose runs inside it the framework's answer is not written down.
      assert.deepEqual(
        told(':').filter((each) => !uses.includes(each)),
        [],
      );
      assert.deepEqual(errorsByLine(text), told('!'));
      const silent = new Set(lines.flatMap((line, index) => (TOLD.test(line) ? [] : [index + 1])));
      assert.deepEqual(
        uses.filter((each) => silent.has(Number(each.split(':')[0]))),
        [],
      );
    });
  }
});
