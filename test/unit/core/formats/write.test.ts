import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { CsrMatrix, Tensor } from '../../../../src/core/operation';
import { writeNpy } from '../../../../src/core/formats/npy';
import { writeNpz, writeSparseNpz } from '../../../../src/core/formats/npz';
import { parsePastedText } from '../../../../src/core/formats/text';
import {
  writeCsv,
  writeJson,
  writeLatex,
  writeMatrixMarket,
  writePython,
  writeTsv,
} from '../../../../src/core/formats/writeText';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { LIMIT, assertAsVerified, readTensors } from './fixtures';

const values = Array.from({ length: 24 }, (_, at) => [NaN, Infinity, -Infinity][at] ?? at * 0.5 - 3);
const tensor = tensorOf('float32', [2, 3, 4], values);
const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** C of a 4×4 input and the 3×3 kernel 1 … 9. */
function workedMatrix(): CsrMatrix {
  const columns = [0, 1, 4, 5].flatMap((corner) => [0, 1, 2, 4, 5, 6, 8, 9, 10].map((tap) => corner + tap));
  return {
    rows: 4,
    columns: 16,
    rowPointers: Uint32Array.of(0, 9, 18, 27, 36),
    columnIndices: Uint32Array.from(columns),
    values: Float32Array.from(columns, (_, at) => (at % 9) + 1),
  };
}

describe('writers', () => {
  const cases: readonly [file: string, write: () => Uint8Array][] = [
    ['tensor32.npy', () => writeNpy(tensor)],
    ['tensor64.npy', () => writeNpy(tensorOf('float64', [2, 3, 4], values))],
    ['vector.npy', () => writeNpy(tensorOf('float64', [2], [1.5, -0]))],
    ['tensors.npz', () => writeNpz({ weight: tensor, bias: tensorOf('float64', [1], [2]) })],
    ['matrix.npz', () => writeSparseNpz(workedMatrix())],
    ['matrix.mtx', () => utf8([...writeMatrixMarket(workedMatrix())].join(''))],
    ['tensor.csv', () => utf8(writeCsv(tensor))],
    ['tensor.py.txt', () => utf8(writePython(tensor, 'numpy'))],
  ];
  for (const [file, write] of cases) it(`write ${file} as Python has read it`, () => assertAsVerified(file, write()));

  it('refuse a matrix whose indices do not fit 32 bits', () => {
    assert.throws(() => writeSparseNpz({ ...workedMatrix(), columns: 2 ** 31 }), /32-bit/);
  });

  it('print LaTeX that says infinity, not inf', () => {
    assert.equal(
      writeLatex(tensorOf('float64', [2, 2], [1, -Infinity, NaN, 1e-30])),
      '\\begin{bmatrix}\n  1 & -\\infty \\\\\n  \\mathrm{NaN} & 1 \\cdot 10^{-30}\n\\end{bmatrix}\n',
    );
  });
});

const tensors: fc.Arbitrary<Tensor> = fc
  .record({
    dtype: fc.constantFrom('float32' as const, 'float64' as const),
    shape: fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 4 }),
    seed: fc.array(fc.oneof(fc.double(), fc.float(), fc.integer()), { minLength: 256, maxLength: 256 }),
  })
  .map(({ dtype, shape, seed }) =>
    tensorOf(
      dtype,
      shape,
      seed.slice(
        0,
        shape.reduce((all, size) => all * size, 1),
      ),
    ),
  );

/** Texts carry the shortest decimals, so a float32 tensor's numbers come back once rounded to float32. */
function assertSame(found: Tensor, wanted: Tensor, shape: readonly number[]): void {
  const rounded = tensorOf(wanted.dtype, found.shape, found.data);
  assert.deepEqual(rounded.shape, shape);
  assert.deepEqual(rounded.data, wanted.data);
}

describe('round trips', () => {
  it('npy gives back every tensor, bit by bit', () => {
    fc.assert(
      fc.property(tensors, (wanted) => {
        const found = readTensors(writeNpy(wanted), 'a.npy', LIMIT)[0].load();
        assert.deepEqual(found, wanted);
      }),
      { seed: 22, numRuns: 500 },
    );
  });

  it('npz gives back every tensor by its name', () => {
    fc.assert(
      fc.property(tensors, tensors, (one, other) => {
        const entries = readTensors(writeNpz({ one, other }), 'a.npz', LIMIT);
        assert.deepEqual(
          entries.map((entry) => [entry.name, entry.load()]),
          [
            ['one', one],
            ['other', other],
          ],
        );
      }),
      { seed: 23, numRuns: 200 },
    );
  });

  const nested: readonly [string, (tensor: Tensor) => string][] = [
    ['NumPy', (each) => writePython(each, 'numpy').replaceAll('np.nan', 'nan').replaceAll('np.inf', 'inf')],
    ['PyTorch', (each) => writePython(each, 'torch').replace(/float\('(\w+)'\)/g, '$1')],
    ['JSON', (each) => writeJson(each).replaceAll('"', '')],
  ];
  for (const [name, write] of nested) {
    it(`${name} text gives back every number and the shape`, () => {
      fc.assert(
        fc.property(tensors, (wanted) => {
          const parsed = parsePastedText(write(wanted), LIMIT);
          assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems[0].message);
          assertSame(parsed.value, wanted, wanted.shape);
        }),
        { seed: 24, numRuns: 300 },
      );
    });
  }

  const tables: readonly [string, (tensor: Tensor) => string][] = [
    ['CSV', writeCsv],
    ['TSV', writeTsv],
    ['TSV with decimal commas', (each) => writeTsv(each).replaceAll('.', ',')],
  ];
  for (const [name, write] of tables) {
    it(`${name} gives back every plane`, () => {
      const planes = tensors.filter(({ shape }) => shape.length >= 2 && shape.length <= 3);
      fc.assert(
        fc.property(planes, (wanted) => {
          const text = write(wanted);
          // A lone "1,234" can be read either way, and is documented to be a decimal.
          fc.pre(name !== 'TSV with decimal commas' || text.includes(','));
          const parsed = readTensors(utf8(text), name === 'CSV' ? 'a.csv' : 'a.tsv', LIMIT)[0].load();
          assertSame(
            parsed,
            wanted,
            wanted.shape.length === 3 && wanted.shape[0] === 1 ? wanted.shape.slice(1) : wanted.shape,
          );
        }),
        { seed: 25, numRuns: 300 },
      );
    });
  }
});
