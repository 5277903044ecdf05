import assert from 'node:assert/strict';
import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CancelledError } from '../../../../src/engine/cancel';
import { readLocal } from '../../../../src/host/files/readLocal';

const MIB = 2 ** 20;

describe('a large file of this machine', () => {
  let folder: string;
  beforeEach(async () => (folder = await mkdtemp(join(tmpdir(), 'tci-file-'))));
  afterEach(() => rm(folder, { recursive: true }));

  async function file(): Promise<{ path: string; bytes: Uint8Array }> {
    const bytes = Uint8Array.from({ length: 40 * MIB }, (_, at) => at % 251);
    const path = join(folder, 'large.bin');
    await writeFile(path, bytes);
    return { path, bytes };
  }
  assert.ok(readLocal);
  const read = readLocal;

  it('is read whole, and it is told how far it is, from some of it to all', async () => {
    const { path, bytes } = await file();
    const told: number[] = [];
    const found = await read(path, bytes.length, { told: (done) => told.push(done), isCancelled: () => false });
    assert.ok(Buffer.from(bytes).equals(found));
    assert.ok(told.length > 2 && told[0] < 0.5);
    assert.deepEqual(
      told,
      [...told].sort((a, b) => a - b),
    );
    assert.equal(told.at(-1), 1);
  });

  it('is not read further when it is broken off', async () => {
    const { path, bytes } = await file();
    const told: number[] = [];
    const reading = read(path, bytes.length, { told: (done) => told.push(done), isCancelled: () => told.length === 1 });
    await assert.rejects(reading, CancelledError);
    assert.equal(told.length, 1);
  });

  it('that becomes shorter meanwhile is as long as it is', async () => {
    const { path, bytes } = await file();
    await truncate(path, 5 * MIB);
    const found = await read(path, bytes.length, { told: () => undefined, isCancelled: () => false });
    assert.ok(Buffer.from(bytes.subarray(0, 5 * MIB)).equals(found));
  });
});
