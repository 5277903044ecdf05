import assert from 'node:assert/strict';
import { randomSource } from '../../../../src/core/state/random';
import { parsePastedText } from '../../../../src/core/formats/text';
import { elementCount } from '../../../../src/core/tensor/tensor';
import { expected, fixture, readTensors } from './fixtures';
import { readOrRefused } from './mutated';
import { assertSentence } from '../../../sentence';

/** Small, so that a reader that believes a lying header is caught: nothing in the fixtures needs more. */
const LIMIT = { limit: 2 ** 20 };

type Whole = (most: number) => number;

/** Runs `each` for every seed; a failure names the seed with which it comes back. */
function fuzz(count: number, first: number, each: (whole: Whole) => void): void {
  for (let seed = first; seed < first + count; seed++) {
    const { uniform } = randomSource(seed);
    try {
      each((most) => Math.floor(uniform() * most));
    } catch (error) {
      throw new Error(`seed ${seed}: ${error instanceof Error ? error.stack : String(error)}`, { cause: error });
    }
  }
}

/** Counts and bounds what readers allocate: the constructors are watched while a case runs. */
function watchingAllocations(run: () => void): void {
  const scope = globalThis as unknown as Record<string, unknown>;
  const names = [
    'Float32Array',
    'Float64Array',
    'Uint8Array',
    'Uint16Array',
    'Uint32Array',
    'Int32Array',
    'ArrayBuffer',
  ];
  const originals = names.map((name) => scope[name] as new (...args: unknown[]) => unknown);
  names.forEach((name, at) => {
    scope[name] = new Proxy(originals[at], {
      construct(target, args: unknown[]) {
        const most = 16 * LIMIT.limit;
        if (typeof args[0] === 'number' && args[0] > most)
          throw new Error(`${name} of ${args[0]} elements was asked for`);
        return Reflect.construct(target, args) as object;
      },
    });
  });
  try {
    run();
  } finally {
    names.forEach((name, at) => (scope[name] = originals[at]));
  }
}

/** Either sound tensors within the limit, or a ProblemError; anything else is thrown on. */
const readAll = (bytes: Uint8Array, name: string): 'read' | 'refused' =>
  readOrRefused(() => {
    for (const entry of readTensors(bytes, name, LIMIT)) {
      const tensor = entry.load();
      assert.equal(tensor.data.length, elementCount(tensor.shape));
      assert.ok(tensor.data.byteLength <= 8 * LIMIT.limit);
    }
  });

function mutate(bytes: Uint8Array, whole: Whole): Uint8Array {
  const mutated = bytes.slice();
  const at = (): number => whole(mutated.length);
  const view = new DataView(mutated.buffer);
  for (let times = 1 + whole(4); times > 0; times--) {
    switch (whole(6)) {
      case 0:
        mutated[at()] = whole(256);
        break;
      case 1:
        mutated[at()] ^= 1 << whole(8);
        break;
      case 2:
        if (mutated.length >= 4)
          view.setUint32(
            whole(mutated.length - 3),
            [0, 1, 0x7fffffff, 0xffffffff, whole(2 ** 32)][whole(5)],
            whole(2) === 0,
          );
        break;
      case 3:
        return mutated.slice(0, at());
      case 4: {
        const from = at();
        mutated.copyWithin(at(), from, from + whole(64));
        break;
      }
      default:
        mutated.fill([0, 0xff, 0x39, 0x5b][whole(4)], at(), at());
    }
  }
  return mutated;
}

const MAGICS: readonly (readonly [string, readonly number[]])[] = [
  ['a.npy', [0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0]],
  ['a.npz', [0x50, 0x4b, 3, 4]],
  ['a.png', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]],
  ['a.jpg', [0xff, 0xd8, 0xff]],
  ['a.safetensors', [20, 0, 0, 0, 0, 0, 0, 0, 0x7b]],
  ['a.csv', []],
  ['a.txt', []],
];

describe('bad input: files', function () {
  this.timeout(120_000);
  const files = Object.keys(expected.files).concat('complex.npy', 'object.npy', 'structured.npy', 'text.npy');
  const contents = new Map(files.map((file) => [file, fixture(file)]));

  it('7,000 mutated files are read or refused within the limit', () => {
    const outcomes = { read: 0, refused: 0 };
    watchingAllocations(() => {
      fuzz(7000, 1, (whole) => {
        const file = files[whole(files.length)];
        outcomes[readAll(mutate(contents.get(file)!, whole), file)]++;
      });
    });
    // A mutation that never bites, or always, would test nothing.
    assert.ok(outcomes.read > 500 && outcomes.refused > 2000, JSON.stringify(outcomes));
  });

  it('2,000 runs of random bytes behind a true beginning are refused or read', () => {
    watchingAllocations(() => {
      fuzz(2000, 10_000, (whole) => {
        const [name, magic] = MAGICS[whole(MAGICS.length)];
        const noise = Uint8Array.from({ length: whole(400) }, () => whole(256));
        readAll(Uint8Array.from([...magic, ...noise]), name);
      });
    });
  });

  it('1,500 .npy headers with hostile dictionaries are refused or read', () => {
    const descrs = [
      "'<f4'",
      "'|O'",
      "'<f16'",
      "'>i8'",
      "[('a', '<f4')]",
      "'<U2147483647'",
      '{}',
      "'<f4",
      '__import__("os")',
    ];
    const shapes = [
      '(3,)',
      '()',
      '(1' + '0'.repeat(30) + ',)',
      '(-1,)',
      '(4294967296, 4294967296)',
      '(99999, 99999, 0)',
      '(1,' + '1,'.repeat(200) + ')',
      '[3]',
      '(3.5,)',
      '(100000, 100000)',
    ];
    watchingAllocations(() => {
      fuzz(1500, 20_000, (whole) => {
        const text = `{'descr': ${descrs[whole(descrs.length)]}, 'fortran_order': ${['True', 'False', '0'][whole(3)]}, 'shape': ${shapes[whole(shapes.length)]}, }\n`;
        const length = whole(4) === 0 ? whole(65536) : text.length;
        const version = [1, 2, 3, whole(256)][whole(4)];
        const sizes =
          version === 1 ? [length & 255, length >> 8] : [length & 255, length >> 8, 0, whole(8) === 0 ? whole(256) : 0];
        const body = Array.from({ length: whole(40) }, () => whole(256));
        readAll(
          Uint8Array.from([
            0x93,
            0x4e,
            0x55,
            0x4d,
            0x50,
            0x59,
            version,
            0,
            ...sizes,
            ...Array.from(text, (each) => each.charCodeAt(0)),
            ...body,
          ]),
          'a.npy',
        );
      });
    });
  });
});

describe('bad input: pasted text', () => {
  const texts = Object.values(expected.texts).map(({ text }) => text);
  const alphabet = [
    '[',
    ']',
    '(',
    ')',
    ',',
    '.',
    '-',
    'e',
    '1',
    '0',
    '9',
    ' ',
    '\t',
    '\n',
    'nan',
    'inf',
    '...',
    'tensor(',
    'array(',
    '"',
    ';',
    '\u2212',
    '\0',
    '\ud800',
    '#',
    'True',
    ',,',
    '1e999',
  ];

  it('4,000 mutated and random texts are parsed or refused, and never thrown at the caller', () => {
    const outcomes = { parsed: 0, refused: 0 };
    fuzz(4000, 30_000, (whole) => {
      let text = texts[whole(texts.length)];
      if (whole(4) === 0) text = Array.from({ length: whole(200) }, () => alphabet[whole(alphabet.length)]).join('');
      for (let times = whole(4); times > 0; times--) {
        const at = whole(text.length + 1);
        text = text.slice(0, at) + alphabet[whole(alphabet.length)] + text.slice(at + whole(3));
      }
      const parsed = parsePastedText(text, LIMIT);
      outcomes[parsed.ok ? 'parsed' : 'refused']++;
      if (parsed.ok) assert.equal(parsed.value.data.length, elementCount(parsed.value.shape));
      else assertSentence(parsed.problems[0].message);
    });
    assert.ok(outcomes.parsed > 300 && outcomes.refused > 300, JSON.stringify(outcomes));
  });

  /** So long that a reader which looks at the rest of the text for each of its parts would never be done. */
  const M = 1_000_000;
  const large: readonly [name: string, text: string, outcome: string][] = [
    ['3 million open brackets', '['.repeat(3 * M), 'file-deep'],
    ['a million commas', '[1' + ','.repeat(M), 'file-comma'],
    ['a word of 3 million letters', 'x'.repeat(3 * M), 'file-number'],
    ['3 million digits', '1'.repeat(3 * M), '1 × 1'],
    ['3 million quotes', '"'.repeat(3 * M), 'file-number'],
    ['3 million delimiters', '\t'.repeat(3 * M), 'file-no-numbers'],
    ['a million empty lines between numbers', '1\n' + '\n'.repeat(M) + '1', '2 × 1 × 1'],
    ['a long name before a bracket', 'a.'.repeat(1.5 * M) + 'tensor([', 'file-brackets'],
    ['3 million blanks before a word', ' '.repeat(3 * M) + 'x', 'file-number'],
    ['commas and digits', '1,1 '.repeat(0.75 * M), '1 × 750000'],
    ['one long line above many short ones', '1 '.repeat(1.5 * M) + '\n1'.repeat(1.5 * M), 'file-ragged'],
    ['dots', '1.'.repeat(1.5 * M), 'file-number'],
    ['TensorFlow with no end', '<tf.Tensor numpy='.repeat(0.15 * M), 'file-number'],
  ];
  for (const [name, text, outcome] of large) {
    it(`${name}: ${outcome}`, () => {
      const parsed = parsePastedText(text, { limit: 64 * 2 ** 20 });
      assert.equal(parsed.ok ? parsed.value.shape.join(' × ') : parsed.problems[0].code, outcome);
    });
  }
});
