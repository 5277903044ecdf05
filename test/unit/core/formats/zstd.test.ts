import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { unpackedZstd } from '../../../../src/core/formats/rare/zstd';

interface Case {
  readonly name: string;
  readonly packed: string;
  readonly length: number;
  readonly sha256: string;
}
const cases = JSON.parse(readFileSync(join('test', 'fixtures', 'zstd', 'zstd.json'), 'utf8')) as readonly Case[];
const bytesOf = ({ packed }: Case): Uint8Array => new Uint8Array(Buffer.from(packed, 'base64'));

describe('Zstandard', () => {
  for (const each of cases) {
    it(`unpacks what its library packed: ${each.name}`, () => {
      const bytes = unpackedZstd(bytesOf(each), 2 ** 20);
      assert.equal(bytes.length, each.length);
      assert.equal(createHash('sha256').update(bytes).digest('hex'), each.sha256);
    });
  }

  it('refuses what unpacks to more than it may, before it is there', () => {
    const zeros = cases.find(({ name, length }) => name.startsWith('zeros') && length > 400_000);
    assert.ok(zeros);
    assert.throws(() => unpackedZstd(bytesOf(zeros), 100_000), /unpacks to more than 100000 bytes/);
  });

  it('refuses data that ends too early, wherever that is', () => {
    const text = cases.find(({ name }) => name === 'text, level 3, sized');
    assert.ok(text);
    const packed = bytesOf(text);
    for (let length = 1; length < packed.length; length += 7)
      assert.throws(() => unpackedZstd(packed.subarray(0, length), 2 ** 20), { name: 'ProblemError' });
  });
});
