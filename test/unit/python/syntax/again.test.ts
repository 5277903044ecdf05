import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParsedFile } from '../../../../src/python/syntax/parse';
import { structureOf } from '../../../oracle/python/structure';
import { mutate, randomOf } from './mutations';
import { parse } from './tree';

/** With shapes stated above every fourth line, each in the column of the line. */
const text = readFileSync(join('sample', 'dcgan.py'), 'utf8')
  .split('\n')
  .flatMap((line, index) => (index % 4 === 0 ? [line.replace(/\S.*|$/, `# x: (${index}, 3)  # y`), line] : [line]))
  .join('\n');

/** All that a reading says: the trees, where they stand, what comments state. */
const saying = (file: ParsedFile): unknown => ({
  broken: file.broken,
  trees: structureOf(file),
  parts: file.parts.map(({ chunk, from }) => [from, chunk.text, chunk.hasError, chunk.notes, chunk.statement.notes]),
});

describe('reading a text again', () => {
  for (let seed = 1; seed <= 12; seed++) {
    it(`says what reading it anew says, whatever is typed: 50 edits of seed ${seed}`, () => {
      const random = randomOf(seed);
      let file = parse(text);
      for (let edit = 0; edit < 50; edit++) {
        const next = random() < 0.1 ? text : mutate(file.text, random);
        file = parse(next, file);
        assert.deepEqual(saying(file), saying(parse(next)), JSON.stringify(next));
        for (const chunk of file.chunks) {
          const at = chunk.absolute(chunk.statement.end);
          assert.ok(at >= 0 && at <= next.length);
        }
      }
    });
  }

  const lines = 'import a\nx = 1\ndef f():\n    return 1\ny = 2\nz = 3\nw = 4\n';
  const kept = (to: string): string[] => {
    const before = parse(lines);
    const known = new Set(before.chunks);
    return parse(to, before)
      .chunks.filter((chunk) => !known.has(chunk))
      .map((chunk) => chunk.text);
  };
  for (const [title, to, made] of [
    ['a digit', lines.replace('return 1', 'return 12'), ['def f():\n    return 12']],
    ['a line above', `\n${lines}`, []],
    ['a comment', lines.replace('y = 2', '# y\ny = 2'), []],
    ['a note', lines.replace('y = 2', '# y: (1, 3)\ny = 2'), ['y = 2']],
    ['two statements in each other’s place', lines.replace('y = 2\nz = 3', 'z = 3\ny = 2'), []],
    ['what breaks one, whose last good reading is kept', lines.replace('x = 1', 'x = 1 +'), []],
  ] as const)
    it(`makes anew only what has changed: ${title}`, () => assert.deepEqual(kept(to), made));

  it('reads on where a statement is joined to the one above it', () => {
    const before = parse('if x:\n    a\nb\nc = 1\n');
    assert.deepEqual(
      parse('if x:\n    a\nelse: b\nc = 1\n', before).parts.map(({ chunk }) => chunk.text),
      ['if x:\n    a\nelse: b', 'c = 1'],
    );
  });

  it('sees a bracket closed far below the line that opened it', () => {
    const open = `x = [\n1,\n${'y,\n'.repeat(50)}`;
    assert.deepEqual(
      parse(`${open}]\nz = 1\n`, parse(`${open}\nz = 1\n`)).parts.map(({ chunk }) => chunk.hasError),
      [false, false],
    );
  });
});
