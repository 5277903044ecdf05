import assert from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { python } from '../../../python';
import { getReady } from '../../../../src/python';
import { Project } from './project';

const HEAD = python`
  import argparse
  import torch
  import torch.nn as nn
  import blocks
  import registry
  from blocks import Block, SHARED, OPEN, width
  from registry import register, NETS
`;

/** Statements of the file that is edited, by the numbers in them. */
const STATEMENTS: readonly ((a: number, b: number) => string)[] = [
  (a, b) => python`
    class Net(nn.Module):
        kept = []
        def __init__(self, c=${a}):
            super().__init__()
            Net.kept.append(c)
            self.conv = nn.Conv2d(3, c, ${b})
            self.block = Block(c)
        def forward(self, x):
            return self.block(self.conv(x))
  `,
  (a, b) => python`
    class Later(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(width(), ${a}, ${b})
        def forward(self, x):
            SHARED.append(${b})
            return self.conv(x)
  `,
  (a) => python`
    def patch():
        SHARED.append(${a})
        blocks.WIDTH = ${a}
        Block.made.clear()
        return nn.Conv2d(width(), len(NETS), 3)
  `,
  (a, b) => python`
    @register
    def small():
        import others
        return nn.Conv2d(others.narrow(), ${a}, ${b})
  `,
  (a) => python`
    @register
    def unit(c=${a}):
        return nn.Conv2d(c, len(Block.made) + 1, 1)
  `,
  (a) => `blocks.WIDTH = ${a}\n`,
  (a) => `SHARED.append(${a})\n`,
  (a) => `first = nn.Conv2d(width(), ${a}, 3)\n`,
  (a) => python`
    parser = argparse.ArgumentParser()
    parser.add_argument('--width', default=${a})
  `,
  (_a, b) => python`
    def built():
        parser.add_argument('--deep', default=${b})
        args = parser.parse_args()
        return nn.Conv2d(args.width, args.deep, 3)
  `,
  (a, b) => python`
    if __name__ == '__main__':
        net = Net()
        net(torch.zeros(1, 3, ${8 * a}, ${8 * b}))
  `,
  (a) => python`
    def open(x):
        return nn.Conv2d(OPEN, ${a}, 3)(x)
  `,
  (a) => `NETS['more'] = lambda: nn.Conv2d(${a}, ${a}, 1)\n`,
  (a) => python`
    for each in NETS.values():
        SHARED.append(${a})
  `,
  (a) => python`
    fill = SHARED.append
    fill(${a})
  `,
  (a, b) => python`
    class Filled(nn.Module):
        def __init__(self):
            super().__init__()
            self.conv = nn.Conv2d(sum(SHARED) + ${a}, width(), ${b})
        def forward(self, x):
            return self.conv(x)
  `,
  (a) => `filled = nn.Conv2d(3, sum(SHARED) + 1, ${a})(torch.randn(1, 3, 9, 9))\n`,
];

interface Piece {
  readonly which: number;
  readonly a: number;
  readonly b: number;
}

const digit = fc.integer({ min: 1, max: 9 });
const piece = fc.record({ which: fc.nat(STATEMENTS.length - 1), a: digit, b: digit });
/** Most edits come several at a time at one place. */
const edit = fc.record({
  where: fc.nat(9),
  numbers: fc.array(fc.tuple(digit, digit), { minLength: 1, maxLength: 5 }),
  then: fc.constantFrom('stay', 'stay', 'stay', 'lines', 'insert', 'delete', 'swap'),
  piece,
});

const textOf = (pieces: readonly Piece[], above = ''): string =>
  [HEAD, above, ...pieces.map(({ which, a, b }) => STATEMENTS[which](a, b))].join('\n');

interface Edit {
  readonly where: number;
  readonly numbers: readonly (readonly [a: number, b: number])[];
  readonly then: string;
  readonly piece: Piece;
}

/** The file as it is typed. */
function textsOf(start: readonly Piece[], edits: readonly Edit[]): string[] {
  let pieces = start;
  const texts = [textOf(pieces)];
  for (const { where, numbers, then, piece: more } of edits) {
    const at = where % pieces.length;
    for (const [a, b] of numbers) {
      pieces = pieces.with(at, { ...pieces[at], a, b });
      texts.push(textOf(pieces));
    }
    if (then === 'lines') texts.push(textOf(pieces, '# one more line\n'));
    if (then === 'insert') pieces = pieces.toSpliced(at, 0, more);
    if (then === 'delete' && pieces.length > 1) pieces = pieces.toSpliced(at, 1);
    if (then === 'swap' && at > 0) pieces = pieces.toSpliced(at - 1, 2, pieces[at], pieces[at - 1]);
    texts.push(textOf(pieces));
  }
  return texts;
}

describe('a reading that goes on from where the last one had come', () => {
  for (const withImporters of [false, true])
    for (const waits of [false, true]) {
      const how = `${withImporters ? 'with' : 'without'} files that import it, ${waits ? 'with' : 'without'} time between`;
      it(`tells what one from the start does, after any edits, ${how}`, () => {
        fc.assert(
          fc.property(
            fc.array(piece, { minLength: 2, maxLength: 7 }),
            fc.array(edit, { minLength: 1, maxLength: 4 }),
            (start, edits) => {
              const texts = textsOf(start, edits);
              const [project, other] = [new Project(withImporters), new Project(withImporters)];
              const told = texts.map((text) => {
                const analysis = project.read(text);
                if (waits) getReady();
                return analysis;
              });
              texts.forEach((text, index) => assert.deepEqual(told[index], other.read(text, true), text));
            },
          ),
          { numRuns: 20, seed: 24 },
        );
      });
    }

  it('tells what one from the start does, whichever body is typed in, whatever stands beside it', () => {
    for (const typed of [0, 1, 2, 3, 4, 9, 11])
      for (const other of STATEMENTS.keys()) {
        const beside = { which: other, a: 2, b: 3 };
        const texts = [3, 4, 5, 6, 7].map((b) => textOf([beside, { which: typed, a: 2, b }]));
        const [project, again] = [new Project(other % 2 === 0), new Project(other % 2 === 0)];
        for (const waits of [false, true]) {
          const told = texts.map((text) => {
            const analysis = project.read(text);
            if (waits) getReady();
            return analysis;
          });
          texts.forEach((text, index) => assert.deepEqual(told[index], again.read(text, true), text));
        }
      }
  });

  /** Without those that leave something behind when they are run by themselves: see decision 24. */
  const leaving = [1, 2, 4, 9];

  it('tells what a fresh one does', () => {
    fc.assert(
      fc.property(
        fc.array(piece, { minLength: 2, maxLength: 7 }),
        fc.array(edit, { minLength: 1, maxLength: 4 }),
        (start, edits) => {
          fc.pre([...start, ...edits.map((each) => each.piece)].every(({ which }) => !leaving.includes(which)));
          const project = new Project(true);
          for (const text of textsOf(start, edits)) assert.deepEqual(project.read(text), project.fresh(), text);
        },
      ),
      { numRuns: 15, seed: 24 },
    );
  });

  const [net, later, patch] = [0, 1, 2].map((which) => ({ which, a: 2, b: 3 }));

  /** How often imports were looked up for each of some texts. */
  function lookUps(project: Project, texts: readonly string[]): number[] {
    return texts.map((text) => {
      const before = project.lookedUp;
      project.read(text);
      return project.lookedUp - before;
    });
  }

  it('looks up no import again at the third edit of a body, nor runs what imports the file', () => {
    for (const withImporters of [false, true]) {
      const texts = [3, 4, 5, 6, 7].map((b) => textOf([net, { ...later, b }, patch]));
      const counts = lookUps(new Project(withImporters), texts);
      assert.ok(counts[1] > 0 && counts[2] > 0, String(counts));
      assert.deepEqual(counts.slice(3), [0, 0]);
    }
  });

  it('runs again what imports the file and asks for the body', () => {
    const texts = [3, 4, 5, 6, 7].map((b) => textOf([{ ...net, b }, patch]));
    const [alone, within] = [false, true].map((withImporters) => lookUps(new Project(withImporters), texts));
    assert.equal(alone[4], 0);
    assert.ok(within[4] > 0);
  });

  it('begins anew where a head is edited, and where a statement comes or goes above', () => {
    const above = { which: 6, a: 1, b: 1 };
    const texts = [3, 4, 5, 6].map((b) => textOf([net, { ...later, b }, patch]));
    const ends = [
      textOf([net, { ...later, b: 6 }, patch]).replace('class Later(nn.Module):', 'class Later(nn.Module, object):'),
      textOf([above, net, { ...later, b: 6 }, patch]),
    ];
    for (const end of ends) {
      const project = new Project(true);
      const counts = lookUps(project, [...texts, end]);
      assert.equal(counts[3], 0);
      assert.ok(counts[4] > 0);
    }
  });
});
