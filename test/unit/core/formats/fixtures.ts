import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReadOptions, TensorEntry } from '../../../../src/core/formats/format';
import { RARE_READERS } from '../../../../src/core/formats/rare';
import { readContents } from '../../../../src/core/formats/registry';
import { memorySource } from '../../../../src/core/formats/source';

const FOLDER = join('test', 'fixtures', 'formats');

interface Values {
  readonly shape: readonly number[];
  readonly values: readonly (number | string)[];
}
interface Expected {
  readonly files: Readonly<Record<string, readonly (Values & { readonly name: string })[]>>;
  readonly texts: Readonly<Record<string, Values & { readonly text: string }>>;
}

/** What real NumPy, Pillow and PyTorch say that the files and texts hold; `generate.py` beside them wrote it. */
export const expected = JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as Expected;

export const fixture = (name: string): Uint8Array => new Uint8Array(readFileSync(join(FOLDER, name)));

const NAMED: Readonly<Record<string, number>> = { nan: NaN, inf: Infinity, '-inf': -Infinity };
export const numbersOf = ({ values }: Values): number[] =>
  values.map((value) => (typeof value === 'number' ? value : NAMED[value]));

/** The tensors of a file that is in memory. Throws a ProblemError. */
export const readTensors = (bytes: Uint8Array, name: string, options: ReadOptions): readonly TensorEntry[] =>
  readContents(memorySource(bytes), { ...options, name }, () => RARE_READERS).entries;

export const LIMIT = { limit: 64 * 2 ** 20 };

const WRITTEN = join(FOLDER, 'written');

/**
 * Compares with a file that `verify.py` has read with NumPy, SciPy and Pillow. With WRITE_FIXTURES=1 it is written
 * anew; then verify.py is to be run again.
 */
export function assertAsVerified(name: string, bytes: Uint8Array): void {
  if (process.env.WRITE_FIXTURES) writeFileSync(join(WRITTEN, name), bytes);
  assert.deepEqual(bytes, new Uint8Array(readFileSync(join(WRITTEN, name))));
}
