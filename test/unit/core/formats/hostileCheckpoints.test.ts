// Files that were made to take memory or time: what no accident writes.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { unsnapped } from '../../../../src/core/formats/rare/snappy';
import { tablePairs } from '../../../../src/core/formats/rare/sortedTable';
import { type ByteSource, memorySource } from '../../../../src/core/formats/source';
import { RARE_READERS } from '../../../../src/core/formats/rare';

const LIMIT = 2 ** 24;
const fixture = (...path: string[]): Uint8Array =>
  new Uint8Array(readFileSync(join('test', 'fixtures', 'checkpoints', ...path)));

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
}
/** A block of a table: pairs in full, one place to begin at, and that nothing is packed. */
const block = (pairs: readonly (readonly [key: string, value: readonly number[]])[]): number[] => [
  ...pairs.flatMap(([key, value]) => [
    0,
    ...varint(key.length),
    ...varint(value.length),
    ...Buffer.from(key),
    ...value,
  ]),
  ...[0, 0, 0, 0, 1, 0, 0, 0],
];
const MAGIC = [0x57, 0xfb, 0x80, 0x8b, 0x24, 0x75, 0x47, 0xdb];

/** A table whose index names its one block of data so many times. */
function tableNaming(times: number): ByteSource {
  const data = block([['key', [1, 2, 3]]]);
  const handle = [...varint(0), ...varint(data.length)];
  const index = block(Array.from({ length: times }, (_, at) => [String(at).padStart(6, '0'), handle]));
  const begin = data.length + 5;
  const footer = [0, 0, ...varint(begin), ...varint(index.length)];
  const padded = [...footer, ...new Array<number>(40 - footer.length).fill(0), ...MAGIC];
  return memorySource(Uint8Array.from([...data, 0, 0, 0, 0, 0, ...index, 0, 0, 0, 0, 0, ...padded]));
}

describe('bad input: checkpoints that were made up', () => {
  it('a table of keys is read', () => {
    const pairs = [...tablePairs(tableNaming(1), LIMIT)];
    assert.deepEqual(
      pairs.map(({ key, value }) => [Buffer.from(key).toString(), Array.from(value.read(0, value.size))]),
      [['key', [1, 2, 3]]],
    );
  });

  it('a table that names one block again and again is refused', () => {
    assert.throws(() => [...tablePairs(tableNaming(1000), LIMIT)], /The table of keys is damaged/);
  });

  it('twelve bytes of Snappy that promise 16 MB are refused before that is taken', () => {
    const packed = Uint8Array.from([...varint(LIMIT), 0, 1, 2, 3, 4, 5, 6, 7]);
    assert.throws(() => unsnapped(packed, LIMIT), /packed by Snappy is damaged/);
    assert.throws(() => unsnapped(packed, LIMIT - 1), /unpacks to more than/);
  });

  it('Snappy’s copy of what is not there yet is refused', () => {
    assert.throws(() => unsnapped(Uint8Array.of(8, 0, 65, 0b000_100_01, 4), LIMIT), /packed by Snappy is damaged/);
  });

  it('a model whose list of buffers is said to be as long as a number can be is refused', () => {
    const bytes = fixture('plain.tflite');
    const view = new DataView(bytes.buffer);
    const model = view.getUint32(0, true);
    const names = model - view.getInt32(model, true);
    const field = model + view.getUint16(names + 4 + 2 * 4, true);
    view.setUint32(field + view.getUint32(field, true), 0xffffffff, true);
    assert.throws(() => RARE_READERS.tflite(memorySource(bytes), { limit: LIMIT }), /The model is damaged at byte/);
  });

  it('a database whose nodes are missing says which file that is', () => {
    const manifest = memorySource(fixture('orbax', 'deep', 'manifest.ocdbt'));
    const options = { limit: LIMIT, name: 'manifest.ocdbt', beside: () => undefined };
    assert.throws(() => RARE_READERS.orbax(manifest, options), /The file "d\/[0-9a-f]{32}" is not beside this one/);
  });

  it('a database whose nodes are all the same node comes to an end', () => {
    const manifest = fixture('orbax', 'deep', 'manifest.ocdbt');
    const options = { limit: LIMIT, name: 'manifest.ocdbt', beside: () => memorySource(manifest) };
    assert.throws(() => RARE_READERS.orbax(memorySource(manifest), options), { name: 'ProblemError' });
  });

  it('an array whose cells hold one value each is refused above a few millions of them', () => {
    const array = { zarr_format: 2, shape: [2 ** 22], chunks: [1], dtype: '|u1', compressor: null, fill_value: 0 };
    const source = memorySource(new TextEncoder().encode(JSON.stringify({ ...array, order: 'C', filters: null })));
    const options = { limit: 2 ** 26, name: '.zarray', beside: () => undefined };
    const [entry] = RARE_READERS.orbax(source, options).entries;
    assert.throws(() => entry.load(), /The values lie in 4194304 parts/);
    assert.deepEqual(Array.from(entry.load({ window: { begin: [9], size: [3] } }).data), [0, 0, 0]);
  });
});
