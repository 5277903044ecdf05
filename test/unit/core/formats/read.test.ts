import assert from 'node:assert/strict';
import { ProblemError } from '../../../../src/core/problem';
import { parsePastedText } from '../../../../src/core/formats/text';
import { LIMIT, expected, fixture, numbersOf, readTensors } from './fixtures';

/** What decoders may differ in: JPEG leaves the rounding of its transforms to the implementation (ITU-T T.83). */
const tolerance = (file: string): number => (file.endsWith('.jpg') ? 4 : 0);

describe('readTensors', () => {
  for (const [file, tensors] of Object.entries(expected.files)) {
    it(`reads ${file} as the library that wrote it does`, () => {
      const entries = readTensors(fixture(file), file, LIMIT);
      const byName = new Map(entries.map((entry) => [entry.name, entry]));
      assert.equal(entries.length, tensors.length);
      for (const wanted of tensors) {
        const entry = byName.get(wanted.name);
        assert.ok(entry, `no tensor ${wanted.name}`);
        const tensor = entry.load();
        assert.deepEqual([entry.shape, tensor.shape], [wanted.shape, wanted.shape]);
        const values = numbersOf(wanted);
        const most = tolerance(file);
        if (most === 0) assert.deepEqual(Array.from(tensor.data), values);
        else assert.ok(tensor.data.every((value, at) => Math.abs(value - values[at]) <= most));
      }
    });
  }

  const refused: readonly [file: string, code: string, says: RegExp][] = [
    ['object.npy', 'file-object', /never unpickled/],
    ['structured.npy', 'file-structured', /named fields/],
    ['text.npy', 'file-dtype', /<U2/],
    ['dates.npy', 'file-dtype', /<M8/],
  ];
  for (const [file, code, says] of refused) {
    it(`refuses ${file} and says why`, () => {
      assert.throws(
        () => readTensors(fixture(file), file, LIMIT),
        (error) => error instanceof ProblemError && error.problems[0].code === code && says.test(error.message),
      );
    });
  }

  it('tells a picture by its first bytes, whatever it is called', () => {
    assert.match(readTensors(fixture('grey.png'), 'weights.csv', LIMIT)[0].source, /^PNG/);
  });

  it('refuses a file of an unknown kind and names the known ones', () => {
    assert.throws(() => readTensors(Uint8Array.of(1, 2, 3), 'model.xyz', LIMIT), /npy, .*safetensors, .*npz, csv/);
  });
});

describe('parsePastedText', () => {
  for (const [name, wanted] of Object.entries(expected.texts)) {
    it(`reads ${name}`, () => {
      const parsed = parsePastedText(wanted.text, LIMIT);
      assert.ok(parsed.ok, parsed.ok ? '' : parsed.problems[0].message);
      assert.deepEqual(parsed.value.shape, wanted.shape.length === 0 ? [1] : wanted.shape);
      assert.deepEqual(Array.from(parsed.value.data), numbersOf(wanted));
    });
  }

  const refused: readonly [text: string, code: string, line?: number][] = [
    ['', 'file-no-numbers'],
    ['   \n\t', 'file-no-numbers'],
    ['[[1, 2], [3]]', 'file-ragged'],
    ['[[1, 2],\n [3, [4]]]', 'file-ragged', 2],
    ['[1, [2]]', 'file-ragged'],
    ['[[1], 2]', 'file-ragged'],
    ['[1, 2', 'file-brackets'],
    ['[1, 2)', 'file-brackets'],
    ['[1,,2]', 'file-comma'],
    ['[]', 'file-empty-list'],
    ['[[1, 2],\n\n [3, x]]', 'file-number', 3],
    ['array([[0., 1., ..., 2.]])', 'file-ellipsis'],
    ['tensor([0, 1,  …, 2])', 'file-ellipsis'],
    ['[null]', 'file-number'],
    ['1 2\n3', 'file-ragged', 2],
    ['1\t2\n3\tx', 'file-number', 2],
    ['1 2\n3 4\n\n5 6', 'file-ragged'],
    ['['.repeat(1e6), 'file-deep'],
    ['hello world', 'file-number'],
  ];
  for (const [text, code, line] of refused) {
    it(`refuses ${JSON.stringify(text.slice(0, 30))} with ${code}`, () => {
      const parsed = parsePastedText(text, LIMIT);
      assert.ok(!parsed.ok);
      assert.equal(parsed.problems[0].code, code);
      if (line !== undefined) assert.equal(parsed.problems[0].args[0], line);
    });
  }

  it('keeps a common factor that PyTorch prints before the brackets', () => {
    const parsed = parsePastedText('tensor(1.00000e-02 *\n       [[1.5, 2.0],\n        [3.0, 4.0]])', LIMIT);
    assert.ok(parsed.ok);
    assert.deepEqual(Array.from(parsed.value.data), [1.5 * 0.01, 2 * 0.01, 3 * 0.01, 4 * 0.01]);
  });

  it('reads what TensorFlow prints', () => {
    const parsed = parsePastedText(
      '<tf.Tensor: shape=(1, 2), dtype=float32, numpy=array([[1., 2.]], dtype=float32)>',
      LIMIT,
    );
    assert.ok(parsed.ok);
    assert.deepEqual(parsed.value.shape, [1, 2]);
  });
});
