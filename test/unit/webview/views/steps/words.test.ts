// What the steps say on the references' examples, word for word.
import assert from 'node:assert/strict';
import { stepsOf } from '../../../../../webview/film/film';
import { plainText } from '../../../../../webview/drawing/words';
import { REFERENCE_KERNEL, subjectFrom } from '../../../core/derive/windowed';
import { filmOf, NOTHING, numbersIn, pointingAt, ROOM, said } from './filmed';

const worked = subjectFrom(
  'convTranspose',
  [
    [2, 3],
    [1, 3],
  ],
  REFERENCE_KERNEL,
);
const conv = subjectFrom(
  'conv',
  [
    [1, 0, 1, 0],
    [0, 0, 1, 1],
    [1, 0, 0, 1],
    [0, 1, 0, 0],
  ],
  REFERENCE_KERNEL,
);
const numbers = (name: string, subject: typeof worked, step: number): string =>
  said(filmOf(name, subject).frame(step, ROOM, NOTHING))[1];

describe('overlap-add says', () => {
  const film = filmOf('overlapAdd', worked);

  it('what was, what is added and what becomes of it', () => {
    assert.equal(stepsOf(film), 14);
    assert.deepEqual(said(film.frame(5, ROOM, NOTHING)), [
      'Input element no. 2, 3, times the whole kernel is stamped on the output; where stamps meet, they add.',
      'in[0,1] = 3 stamps 3·w on out[0..2, 1..3]; out[0,2] was 2, adds 3·1, becomes 5',
    ]);
  });

  it('in the figures, what the sentence says', () => {
    const { scene } = film.frame(5, ROOM, NOTHING);
    assert.equal(numbersIn(scene, 'before').get('0,2'), '2');
    assert.equal(numbersIn(scene, 'land').get('0,2'), '3');
    assert.equal(numbersIn(scene, 'now').get('0,2'), '5');
    assert.deepEqual([...numbersIn(scene, 'stamp').values()], ['0', '3', '3', '0', '3', '0', '3', '0', '3']);
  });

  it('every stamp that reaches the followed output, and how many reach each', () => {
    const [total, map] = film.frame(5, ROOM, pointingAt('output', [0, 2])).tables ?? [];
    assert.equal(total.title, 'Stamps that reach out[0,2]');
    assert.deepEqual(
      total.rows.map(({ cells }) => cells.map(plainText)),
      [
        ['1', 'in[0,0] 2', 'w[0,2] 1', '2', '2'],
        ['2', 'in[0,1] 3', 'w[0,1] 1', '3', '5'],
      ],
    );
    assert.equal(plainText(total.note ?? []), 'All stamps that reach this cell have landed: 5 is final.');
    assert.deepEqual(
      map.rows.map(({ cells }) => cells.map(plainText).join(' ')),
      ['1 2 2 1', '2 4 4 2', '2 4 4 2', '1 2 2 1'],
    );
    assert.equal(plainText(map.note ?? []), 'Fewer only at the border: no checkerboard comes from this.');
  });

  it('where the stride does not divide the kernel, what that makes; and where nothing lands', () => {
    const note = (op: Parameters<typeof subjectFrom>[3]): string => {
      const subject = subjectFrom(
        'convTranspose',
        [
          [1, 1, 1],
          [1, 1, 1],
          [1, 1, 1],
        ],
        REFERENCE_KERNEL,
        op,
      );
      return plainText(filmOf('overlapAdd', subject).frame(0, ROOM, NOTHING).tables?.at(-1)?.note ?? []);
    };
    assert.equal(note({ s: 2 }), 'Away from the border outputs get 1, 2, 4 by turns: that is the checkerboard.');
    assert.equal(note({ s: 3 }), 'Fewer only at the border: no checkerboard comes from this.');
    assert.equal(note({ s: 2, d: 2 }), '56 outputs get none: they are the bias alone, whatever the weights.');
  });
});

describe('the matrix says', () => {
  const film = filmOf('matrix', worked);

  it('flatten, four rows of C, transpose, sixteen rows, reshape', () => {
    assert.equal(stepsOf(film), 23);
    assert.deepEqual(
      film.phases.map(({ title, steps }) => [title, steps.length]),
      [
        ['flatten', 1],
        ['build C: 4 rows', 4],
        ['transpose', 1],
        ['Cᵀ times x: 16 rows', 16],
        ['reshape', 1],
      ],
    );
  });

  it('each row as the sum that it is', () => {
    assert.deepEqual(said(film.frame(8, ROOM, NOTHING)), [
      'Every output is one row of Cᵀ times the input column. Row 2 is out[0,2].',
      'out[0,2] = w02x0 + w01x1 = 1·2 + 1·3 = 5; the other 2 entries of the row are 0',
    ]);
    assert.equal(numbers('matrix', worked, 0), 'x = (2, 3, 1, 3)');
    assert.equal(
      numbers('matrix', worked, 2),
      'row 1 is in[0,1]: 9 entries are taps, the other 7 are zero whatever the weights',
    );
    assert.equal(
      numbers('matrix', worked, 5),
      'C is 4 × 16, Cᵀ is 16 × 4; 36 of 64 entries are taps, of 9 different weights',
    );
  });

  it('in the figure, the taps of the reference, in C as in Cᵀ', () => {
    const cells = numbersIn(film.frame(8, ROOM, NOTHING).scene, 'm');
    const row = (index: number): (string | undefined)[] =>
      [0, 1, 2, 3].map((column) => cells.get(`${index},${column}`));
    assert.deepEqual(row(0), ['w00', undefined, undefined, undefined]);
    assert.deepEqual(row(5), ['w11', 'w10', 'w01', 'w00']);
    const built = numbersIn(film.frame(4, ROOM, NOTHING).scene, 'c');
    assert.deepEqual(
      [5, 6, 7, 8, 9].map((column) => built.get(`3,${column}`)),
      ['w00', 'w01', 'w02', undefined, 'w10'],
    );
  });

  it('of a convolution the same without turning it over, and long sums by their beginning', () => {
    const forward = filmOf('matrix', conv);
    assert.equal(stepsOf(forward), 1 + 4 + 4 + 1);
    assert.deepEqual(said(forward.frame(6, ROOM, NOTHING)), [
      'Every output is one row of C times the input column. Row 1 is out[0,1].',
      'out[0,1] = w00x1 + w01x2 + … 7 more = 0·0 + 1·1 + … 7 more = 3',
    ]);
  });

  it('one row in full where the matrix is a picture', () => {
    const input = Array.from({ length: 6 }, (_, row) => Array.from({ length: 6 }, (__, column) => row + column));
    const large = filmOf('matrix', subjectFrom('convTranspose', input, REFERENCE_KERNEL, { s: 2 }));
    const { scene } = large.frame(1 + 36 + 1 + 13 + 2, ROOM, NOTHING);
    assert.ok(scene.shapes.some(({ kind }) => kind === 'areas'));
    const text = (key: string): string => {
      const found = scene.shapes.find((shape) => shape.key === `full-${key}`);
      return found?.kind === 'text' ? plainText(found.words) : '';
    };
    assert.equal(text('title'), 'row 15 in full: out[1,2]');
    assert.deepEqual([text('a0'), text('b0'), text('a1'), text('b1')], ['w12', 'x0', 'w10', 'x1']);
    assert.equal(text('sum'), '= 0');
  });
});

describe('gathering says', () => {
  it('which taps reach an output, their products, and the sum', () => {
    const film = filmOf('gather', worked);
    assert.equal(stepsOf(film), 3 * 16 + 1);
    assert.deepEqual(
      [6, 7, 8].map((step) => said(film.frame(step, ROOM, NOTHING))),
      [
        [
          'Each tap of the kernel brings at most one input element to out[0,2].',
          '2 of 9 taps lie on an element; between elements: 0, outside: 7',
        ],
        ['Each element times the tap on it: 2 products.', '3·1 = 3,  2·1 = 2'],
        ['Their sum is out[0,2].', 'out[0,2] = in[0,1]·w01 + in[0,0]·w02 = 3·1 + 2·1 = 5'],
      ],
    );
  });

  it('why a tap reads nothing: at a stride, between two elements', () => {
    const subject = subjectFrom('convTranspose', [1, 2, 3], [4, 5, 6], { s: 2 });
    assert.deepEqual(said(filmOf('gather', subject).frame(3 * 3, ROOM, NOTHING)), [
      'Under which taps does an input element reach out[3]? Elements are 2 apart on the output.',
      '1 of 3 taps lie on an element; between elements: 2, outside: 0',
    ]);
  });
});

describe('a sliding window says', () => {
  it('what lies under it and what that makes', () => {
    assert.deepEqual(
      [3, 4, 5].map((step) => numbers('slidingWindow', conv, step)),
      [
        'in[0..2, 1..3] lie under the window',
        '0·0 = 0,  1·1 = 1,  0·1 = 0,  0·0 = 0,  1·1 = 1,  1·0 = 0,  … 3 more',
        'out[0,1] = in[0,1]·w00 + in[0,2]·w01 + … 7 more = 0·0 + 1·1 + … 7 more = 3',
      ],
    );
  });

  for (const [paddingMode, words, shown] of [
    ['zeros', 'zeros, which add nothing', undefined],
    ['reflect', 'the input mirrored at its edge', '7'],
    ['replicate', 'the edge repeated', '5'],
    ['circular', 'the input from its other end', '9'],
  ] as const) {
    it(`that padding is ${words}`, () => {
      const subject = subjectFrom('conv', [5, 7, 9], [1, 1, 1], { p: 1, paddingMode });
      const frame = filmOf('slidingWindow', subject).frame(0, ROOM, NOTHING);
      assert.deepEqual(said(frame), [
        `The window for out[0] lies partly on the padding: ${words}.`,
        'in[-1..1] lie under the window; 1 of 3 taps are on the padding',
      ]);
      assert.equal(numbersIn(frame.scene, 'in').get('0'), shown);
      assert.equal(numbersIn(frame.scene, 'in').get('1'), '5');
    });
  }
});

describe('im2col says', () => {
  it('the column of each window, and the row times it', () => {
    assert.equal(stepsOf(filmOf('im2col', conv)), 4 + 1 + 4 + 1);
    assert.equal(numbers('im2col', conv, 0), 'column 0 = (1, 0, 1, 0, 0, 1, 1, 0, 0)');
    assert.equal(numbers('im2col', conv, 4), '16 elements of the input fill 9 × 4 = 36 entries; the kernel is 1 × 9');
    assert.equal(
      numbers('im2col', conv, 6),
      'out[0,1] = w00·in[0,1] + w01·in[0,2] + … 7 more = 0·0 + 1·1 + … 7 more = 3',
    );
  });

  it('in the figure, the columns', () => {
    const cells = numbersIn(filmOf('im2col', conv).frame(3, ROOM, NOTHING).scene, 'cols');
    const column = (index: number): string =>
      Array.from({ length: 9 }, (_, row) => cells.get(`${row},${index}`)).join('');
    assert.deepEqual([0, 1, 2, 3].map(column), ['101001100', '010011001', '001100010', '011001100']);
  });
});

describe('the way back says', () => {
  const film = filmOf('backward', conv);

  it('which gradient goes back, that it is stamped by the same kernel, and what that is', () => {
    assert.deepEqual(said(film.frame(0, ROOM, NOTHING)), [
      'Let the loss be L = ½ Σ out². Then its gradient ∂L/∂out is the output itself. It goes back to the input.',
      '∂out[0,0] = out[0,0] = 2',
    ]);
    assert.deepEqual(said(film.frame(6, ROOM, NOTHING)), [
      'Gradient no. 2, 3, times the same kernel is stamped where its window read the input.',
      '∂out[0,1] = 3 stamps 3·w on ∂in[0..2, 1..3]; ∂in[0,2] was 2, adds 3·1, becomes 5',
    ]);
    assert.deepEqual(said(film.frame(stepsOf(film) - 1, ROOM, pointingAt('input', [1, 2]))), [
      'This is Cᵀ times the gradient of the output: the way back through a convolution is a transposed convolution.',
      '∂in[1,2] = 7 by way of this channel of the output',
    ]);
  });

  it('how many outputs read each input, and that a stride leaves some unread', () => {
    const readBy = (s: number) => {
      const subject = subjectFrom('conv', [5, 7, 9, 8, 6], [1, 1], { s });
      return filmOf('backward', subject).frame(1, ROOM, NOTHING).tables?.at(-1);
    };
    const counts = (table: ReturnType<typeof readBy>) => table?.rows[0].cells.map((cell) => plainText(cell)).join(' ');
    assert.equal(readBy(1)?.title, 'How many outputs read each input');
    assert.equal(counts(readBy(1)), '1 2 2 2 1');
    assert.match(plainText(readBy(1)?.note ?? []), /^Fewer only at the border/);
    assert.equal(counts(readBy(3)), '1 1 0 1 1');
    assert.match(plainText(readBy(3)?.note ?? []), /^1 inputs are read by none: their gradient is 0/);
  });

  it('that zeros are cut away, and that what padding repeats is added', () => {
    const padded = (paddingMode: 'zeros' | 'reflect'): readonly [string, string] => {
      const subject = subjectFrom('conv', [5, 7, 9], [1, 1, 1], { p: 1, paddingMode });
      const back = filmOf('backward', subject);
      return said(back.frame(stepsOf(back) - 2, ROOM, NOTHING));
    };
    // out = (5+7, 5+7+9, 7+9) with zeros; (7+5+7, 21, 7+9+7) mirrored.
    assert.equal(padded('zeros')[1], '5 were written, 3 are kept');
    assert.equal(padded('reflect')[1], '∂in[1] = 63 + 42 from the padding = 105');
  });
});
