// A program may answer anything at all: it is a stranger's, or another program answers in its name.
import assert from 'node:assert/strict';
import { ProblemError } from '../../../src/core/problem';
import { parseAnswer } from '../../../src/live/answer';
import { decodeBase64, encodeBase64 } from '../../../src/live/base64';
import { textOfReply } from '../../../src/live/reply';
import { randomSource } from '../../../src/core/state/random';

const MARKER = 'tconv:test:';

const HEAD = {
  kind: 'tensor',
  plan: 'whole',
  window: [
    [0, 2, 1],
    [0, 6, 2],
  ],
  each: 4,
  type: 'torch.Tensor',
  dtype: 'float32',
  shape: [2, 6],
  device: 'cpu',
  complex: false,
  notes: [['sparse', 'coo']],
  code: 'f4',
  bytes: 24,
};
/** A layer: its weight is what stands in the bytes. */
const LAYER = {
  kind: 'layer',
  type: 'torch.nn.Conv1d',
  layer: {
    framework: 'torch',
    kind: 'conv',
    stride: [1],
    padding: [0],
    dilation: [1],
    outputPadding: null,
    groups: 1,
    paddingMode: 'zeros',
    storedAs: 'torch-conv',
    channelsLast: false,
  },
  tensors: [
    {
      ...HEAD,
      ...{ name: 'weight', end: '.weight', shape: [1, 2, 3] },
      window: [
        [0, 1, 1],
        [0, 2, 1],
        [0, 3, 1],
      ],
    },
  ],
  entries: [['weight', '.weight', 'torch.nn.Parameter', [1, 2, 3]]],
};

const COUNT = {
  kind: 'count',
  counted: { count: 6, finite: 4, nan: 1, positive: 1, sum: 2.5, min: -2, max: 3.5, histogram: [1, 3] },
};

const VALUES = Float32Array.of(1, -2, 3.5, 0, NaN, Infinity);
const base64 = Buffer.from(VALUES.buffer).toString('base64');

const answer = (head: unknown, data = base64): string => `${MARKER}${JSON.stringify(head)}\n${data}\n\n\n`;

/** Reads an answer: what came of it, or the sentence that was told. */
function read(text: string): string {
  try {
    return parseAnswer(text, MARKER).kind;
  } catch (error) {
    assert.ok(error instanceof ProblemError, String(error));
    assert.ok(error.message.length > 10 && !/\{\d\}|undefined/.test(error.message), error.message);
    return error.message;
  }
}

describe('the answer of a program', () => {
  it('is its values, with what must be known of them', () => {
    const found = parseAnswer(answer(HEAD), MARKER);
    assert.ok(found.kind === 'tensor' && found.values);
    assert.deepEqual(found.values.shape, [2, 3]);
    assert.deepEqual([...found.values.data], [...VALUES]);
    assert.deepEqual(found.notes, [{ template: 'A sparse tensor ({0}), written out.', args: ['coo'] }]);
  });

  const lies: readonly (readonly [title: string, head: object, sentence: RegExp])[] = [
    [
      'a window beyond its shape',
      {
        window: [
          [0, 3, 1],
          [0, 6, 2],
        ],
      },
      /outside its own tensor/,
    ],
    ['a window of other axes', { window: [[0, 2, 1]] }, /outside its own tensor/],
    [
      'a window that goes backwards',
      {
        window: [
          [0, 2, 1],
          [6, 0, 1],
        ],
      },
      /outside its own tensor/,
    ],
    [
      'more bytes than it sends',
      {
        bytes: 24,
        shape: [2, 6],
        window: [
          [0, 2, 1],
          [0, 6, 1],
        ],
      },
      /take 24 bytes/,
    ],
    [
      'a billion elements',
      {
        shape: [2, 1e9],
        window: [
          [0, 2, 1],
          [0, 1e9, 1],
        ],
        bytes: 8e9,
      },
      /must be a whole number/,
    ],
    ['a type that there is not', { code: 'f3' }, /take 24 bytes/],
    ['an inherited type', { code: '__proto__' }, /text of at most 2/],
    ['sizes that are none', { shape: [2, 1.5] }, /whole number/],
    ['too many axes', { shape: Array(65).fill(1) }, /at most 64/],
    ['a kind that there is not', { kind: 'pickle' }, /one of/],
    ['an unknown reason', { kind: 'refused', why: 'constructor', detail: '' }, /This value cannot be read/],
    [
      'a device without memory',
      { kind: 'failed', error: 'OutOfMemoryError', message: 'CUDA out of memory. Tried' },
      /no memory left.*Tried/,
    ],
    [
      'an error from before',
      { kind: 'failed', error: 'RuntimeError', message: 'CUDA error: device-side assert' },
      /asked of it before/,
    ],
  ];
  for (const [title, head, sentence] of lies)
    it(`that states ${title} is told of`, () => {
      assert.match(read(answer({ ...HEAD, ...head })), sentence);
    });

  it('that breaks off, or is none, is told of', () => {
    assert.match(read('something'), /not asked for/);
    assert.match(read(`${MARKER}{}`), /breaks off/);
    assert.match(read(`${MARKER}{"kind": }\n`), /cannot be read/);
    assert.match(read(answer(HEAD, base64.slice(0, -4))), /breaks off/);
    assert.match(read(answer(HEAD, base64.replace(/^./, '-'))), /cannot be read/);
  });

  for (const [title, whole, kind] of [
    ['tensor', HEAD, 'tensor'],
    ['layer', LAYER, 'layer'],
    ['count', COUNT, 'count'],
  ] as const)
    it(`of a ${title} that lies in any of ten thousand ways is a sentence or sound values`, () => {
      assert.equal(read(answer(whole)), kind);
      const { uniform: random } = randomSource(7);
      const pick = <Item>(items: readonly Item[]): Item => items[Math.floor(random() * items.length)];
      const odd: readonly unknown[] = [
        -1,
        0,
        2 ** 53,
        1e308,
        NaN,
        null,
        '',
        'f8',
        [],
        {},
        [[0, 1, 1]],
        true,
        'x'.repeat(2000),
        [1, 2, 3],
      ];
      /** Puts something else in a place at any depth. */
      const spoil = (held: Record<string, unknown>): void => {
        const name = pick(Object.keys(held));
        const inner = held[name];
        if (typeof inner === 'object' && inner !== null && Object.keys(inner).length > 0 && random() < 0.7)
          spoil(inner as Record<string, unknown>);
        else held[name] = structuredClone(pick(odd));
      };
      let sound = 0;
      for (let round = 0; round < 10_000; round++) {
        const head: Record<string, unknown> = structuredClone(whole);
        for (let each = 0; each <= round % 3; each++) spoil(head);
        const text = answer(head);
        const cut = random() < 0.2 ? text.slice(0, Math.floor(random() * text.length)) : text;
        if (read(cut) === kind) sound++;
      }
      assert.ok(sound > 0 && sound < 5000, `${sound} were read`);
    });
});

describe('base64', () => {
  it('goes there and back, for every length', () => {
    for (let length = 0; length < 40; length++) {
      const bytes = Uint8Array.from({ length }, (_, at) => (at * 89 + length) & 255);
      const text = encodeBase64(bytes);
      assert.equal(text, Buffer.from(bytes).toString('base64'));
      assert.deepEqual(decodeBase64(`..${text}\n`, 2, length), bytes);
    }
  });
});

describe('the reply of a debugger', () => {
  it('is the text of the answer, raw or as a literal', () => {
    assert.equal(textOfReply({ type: 'str', result: 'tconv:a:{}\nAA==' }), 'tconv:a:{}\nAA==');
    assert.equal(textOfReply({ type: 'str', result: "'tconv:a:{}\\nAA=='" }), 'tconv:a:{}\nAA==');
  });

  for (const [reply, sentence] of [
    [{ type: 'NameError', result: 'NameError("name \'x\' is not defined")' }, /NameError.*'x' is not defined/],
    [{ type: 'bytes', result: '' }, /no value here. bytes/],
    [undefined, /answered with nothing/],
    [{ type: 'str' }, /answered with nothing/],
  ] as const)
    it(`that is ${JSON.stringify(reply)} is told of`, () => {
      assert.throws(() => textOfReply(reply), sentence);
    });
});
