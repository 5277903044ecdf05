import assert from 'node:assert/strict';
import { elementCount } from '../../../src/core/tensor/tensor';
import { chunksOf, isWithin, parseWindow, shapeOfWindow, type Window, windowText } from '../../../src/live/window';

const SHAPE = [2, 3, 10, 12];

/** What Python says of `numpy.zeros(SHAPE)[text]`, with an index as a slice of one. */
const TAKEN: readonly (readonly [text: string, shape: readonly number[], window: Window])[] = [
  [
    '',
    [2, 3, 10, 12],
    [
      [0, 2, 1],
      [0, 3, 1],
      [0, 10, 1],
      [0, 12, 1],
    ],
  ],
  [
    '0',
    [1, 3, 10, 12],
    [
      [0, 1, 1],
      [0, 3, 1],
      [0, 10, 1],
      [0, 12, 1],
    ],
  ],
  [
    '[-1, 1:]',
    [1, 2, 10, 12],
    [
      [1, 2, 1],
      [1, 3, 1],
      [0, 10, 1],
      [0, 12, 1],
    ],
  ],
  [
    '..., 2:8:3, ::5',
    [2, 3, 2, 3],
    [
      [0, 2, 1],
      [0, 3, 1],
      [2, 8, 3],
      [0, 12, 5],
    ],
  ],
  [
    '1, ..., -4:',
    [1, 3, 10, 4],
    [
      [1, 2, 1],
      [0, 3, 1],
      [0, 10, 1],
      [8, 12, 1],
    ],
  ],
  [
    ' : , 2 , :100, 3 : 4 ',
    [2, 1, 10, 1],
    [
      [0, 2, 1],
      [2, 3, 1],
      [0, 10, 1],
      [3, 4, 1],
    ],
  ],
];

describe('a window, as Python writes it', () => {
  for (const [text, shape, window] of TAKEN) {
    it(`[${text}] of (${SHAPE.join(', ')}) is (${shape.join(', ')}), and is written so that it is read again`, () => {
      const found = parseWindow(text, SHAPE);
      assert.deepEqual(found, window);
      assert.deepEqual(shapeOfWindow(found ?? []), shape);
      assert.deepEqual(parseWindow(windowText(window, SHAPE), SHAPE), window);
    });
  }

  for (const text of [
    '5',
    '0, 0, 0, 0, 0',
    '::-1',
    '::0',
    '3:3',
    'a',
    '0,,1',
    '1.5',
    '0:1:2:3',
    '99999999999999999999',
  ])
    it(`[${text}] of (${SHAPE.join(', ')}) is none`, () => {
      assert.equal(parseWindow(text, SHAPE), undefined);
    });
});

describe('a window in pieces', () => {
  const window: Window = [
    [0, 2, 1],
    [1, 3, 1],
    [0, 10, 3],
    [2, 12, 2],
  ];
  for (const most of [1, 3, 5, 7, 20, 39, 40, 1000]) {
    it(`of at most ${most} elements has each of its elements once, in C order`, () => {
      const places = (of: Window): readonly string[] =>
        of.reduce<readonly string[]>(
          (all, [begin, end, step]) =>
            all.flatMap((before) =>
              Array.from({ length: Math.ceil((end - begin) / step) }, (_, at) => `${before} ${begin + at * step}`),
            ),
          [''],
        );
      const chunks = chunksOf(window, most);
      for (const chunk of chunks) {
        assert.ok(isWithin(chunk, SHAPE));
        assert.ok(elementCount(shapeOfWindow(chunk)) <= most);
      }
      assert.deepEqual(chunks.flatMap(places), places(window));
    });
  }
});
