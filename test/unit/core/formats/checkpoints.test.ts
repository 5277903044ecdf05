import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { describe, it } from 'mocha';
import { COMPLEX_PARTS } from '../../../../src/core/formats/dtypes';
import type { Contents, TensorEntry } from '../../../../src/core/formats/format';
import { loadPart } from '../../../../src/core/formats/part';
import { RARE_READERS } from '../../../../src/core/formats/rare';
import { readContents } from '../../../../src/core/formats/registry';
import { type ByteSource, memorySource } from '../../../../src/core/formats/source';
import { indexOf } from '../../../../src/core/tensor/change';
import { elementCount } from '../../../../src/core/tensor/tensor';

const FOLDER = join('test', 'fixtures', 'checkpoints');
type Plain = number | string;
interface Wanted {
  readonly shape: readonly number[];
  readonly values: readonly (Plain | readonly [Plain, Plain])[];
}

/** What the software that wrote each file reads back from it; `generate.py` beside the files wrote it. */
const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Readonly<
  Record<string, Readonly<Record<string, Wanted>>>
>;

const opened = (path: string): ByteSource | undefined =>
  existsSync(path) ? memorySource(new Uint8Array(readFileSync(path))) : undefined;

function contentsOf(file: string): Contents {
  const path = join(FOLDER, file);
  const source = opened(path);
  assert.ok(source);
  const options = {
    limit: 2 ** 24,
    name: basename(file),
    beside: (other: string) => opened(join(dirname(path), other)),
  };
  return readContents(source, options, () => RARE_READERS);
}

/** JPEG leaves the rounding of its transforms to the decoder. Decimal scale is undone in another order of roundings. */
const tolerance = (file: string, name: string): number =>
  file.endsWith('.jpg') ? 2 : name === 'decimals' || file === 'longdouble.npy' ? 1e-6 : 0;

function assertValues(entry: TensorEntry, { shape, values }: Wanted, most: number): void {
  assert.deepEqual(entry.shape, shape);
  if (values.length === 0) return;
  const of = (value: Plain): number => (typeof value === 'string' ? Number(value.replace('inf', 'Infinity')) : value);
  const complex = values.some((value) => Array.isArray(value));
  for (const [at, reading] of (complex ? COMPLEX_PARTS.slice(0, 2) : [undefined]).entries()) {
    const wanted = values.map((value) => of(Array.isArray(value) ? (value as readonly Plain[])[at] : (value as Plain)));
    const { data } = entry.load({ reading });
    assert.equal(data.length, elementCount(shape));
    if (most === 0) assert.deepEqual(Array.from(data), wanted);
    else assert.ok(data.every((value, index) => Math.abs(value - wanted[index]) <= most));
  }
}

/** A type whose name the file has lost is chosen by the user; here it is the file’s own name. */
function asNamed(entry: TensorEntry, file: string): TensorEntry {
  const name = file.replace('.npy', '');
  return entry.readings?.includes(name) ? { ...entry, load: (how) => entry.load({ ...how, reading: name }) } : entry;
}

describe('files as the real software writes them', () => {
  for (const [file, tensors] of Object.entries(expected)) {
    it(`${file} holds what its writer reads back`, () => {
      const { entries, left } = contentsOf(file);
      const byName = new Map(entries.map((entry) => [entry.name, entry]));
      for (const [name, wanted] of Object.entries(tensors)) {
        const entry = byName.get(name);
        assert.ok(entry, `no ${name} in ${[...byName.keys()].join()}, left ${left.map((each) => each.name).join()}`);
        assertValues(asNamed(entry, file), wanted, tolerance(file, name));
      }
    });
  }
});

describe('an overview of a file’s tensor', () => {
  for (const file of [
    'big.tif',
    'late.h5',
    'packed.mat',
    'planes.tif',
    'state.pt',
    'dtypes.safetensors',
    'conv.gguf',
    'zip.exr',
    'piz.exr',
    'tiles.exr',
    'quantised.tflite',
    'tensorflow/merged.index',
    'orbax/third/manifest.ocdbt',
    'orbax/shards/zarr.json',
    'orbax/second/.zarray',
  ]) {
    it(`of ${file} has every second or third value of it`, () => {
      for (const entry of contentsOf(file).entries) {
        const wanted = expected[file][entry.name];
        if (!wanted || wanted.values.some((value) => typeof value !== 'number') || elementCount(entry.shape) === 0)
          continue;
        const step = entry.shape.map((_, axis) => (axis % 2 === 0 ? 3 : 2));
        const begin = entry.shape.map((size) => Math.min(1, size - 1));
        const size = entry.shape.map((length, axis) => Math.ceil((length - begin[axis]) / step[axis]));
        const { shape, data } = loadPart(entry, { limit: 2 ** 24 }, { window: { begin, size, step } });
        const taken = Array.from({ length: elementCount(size) }, (_, flat) => {
          const index = indexOf(flat, size).map((each, axis) => begin[axis] + each * step[axis]);
          return wanted.values[index.reduce((sum, each, axis) => sum * entry.shape[axis] + each, 0)];
        });
        assert.deepEqual([shape, Array.from(data)], [size, taken], entry.name);
      }
    });
  }
});
