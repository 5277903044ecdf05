import assert from 'node:assert/strict';
import { zipSync, zlibSync } from 'fflate';
import { crc32 } from '../../../../src/core/formats/crc32';
import { writeNpy } from '../../../../src/core/formats/npy';
import { writeNpz } from '../../../../src/core/formats/npz';
import { ProblemError } from '../../../../src/core/problem';
import { tensorOf, zeros } from '../../../../src/core/tensor/tensor';
import { LIMIT, fixture, readTensors } from './fixtures';

const ascii = (text: string): Uint8Array => Uint8Array.from(text, (each) => each.charCodeAt(0));
const joined = (...parts: readonly Uint8Array[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => Array.from(part)));

function npyOf(dictionary: string, body = new Uint8Array(24)): Uint8Array {
  const header = ascii(`${dictionary}\n`);
  return joined(
    Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 1, 0, header.length & 255, header.length >> 8),
    header,
    body,
  );
}

function chunk(type: string, body: Uint8Array): Uint8Array {
  const typed = joined(ascii(type), body);
  const framed = new Uint8Array(typed.length + 8);
  framed.set(typed, 4);
  const view = new DataView(framed.buffer);
  view.setUint32(0, body.length);
  view.setUint32(4 + typed.length, crc32(typed));
  return framed;
}

function pngOf(width: number, height: number, packed: Uint8Array, extra: readonly Uint8Array[] = []): Uint8Array {
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header[8] = 8;
  return joined(
    Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10),
    chunk('IHDR', header),
    ...extra,
    chunk('IDAT', packed),
    chunk('IEND', new Uint8Array()),
  );
}

/** The archive with 4 bytes of its first directory entry changed; `field` as in PKWARE's APPNOTE 4.3.12. */
function withDirectory(archive: Uint8Array, field: number, value: number): Uint8Array {
  const changed = archive.slice();
  const entry = changed.findIndex(
    (_, at) => changed[at] === 0x50 && changed[at + 1] === 0x4b && changed[at + 2] === 1 && changed[at + 3] === 2,
  );
  new DataView(changed.buffer).setUint32(entry + field, value, true);
  return changed;
}

/** Refused with this code, while the heap's array buffers grow by less than 32 MB. */
function assertRefused(bytes: Uint8Array, name: string, code: string): void {
  const before = process.memoryUsage().arrayBuffers;
  assert.throws(
    () => readTensors(bytes, name, LIMIT).forEach((entry) => entry.load()),
    (error) => {
      assert.ok(error instanceof ProblemError, String(error));
      assert.equal(error.problems[0].code, code);
      return true;
    },
  );
  assert.ok(process.memoryUsage().arrayBuffers - before < 32 * 2 ** 20, 'memory was taken');
}

describe('hostile files', () => {
  const archive = writeNpz({ a: tensorOf('float32', [2], [1, 2]) });
  const headers: readonly [what: string, bytes: Uint8Array, code: string][] = [
    [
      'a shape of 40 GB over 24 bytes',
      npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (100000, 100000), }"),
      'file-truncated',
    ],
    [
      'a shape beyond 2⁵³',
      npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }"),
      'file-shape',
    ],
    [
      'a shape of which one size is 0',
      npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (99999999, 0, 99999999), }"),
      'file-empty',
    ],
    ['a negative size', npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (-2, -3), }"), 'file-header'],
    ['too few numbers', npyOf("{'descr': '<f4', 'fortran_order': False, 'shape': (7,), }"), 'file-truncated'],
    ['code in place of a dictionary', npyOf("__import__('os').system('true')"), 'file-header'],
    ['a header longer than the file', fixture('f4.npy').slice(0, 60), 'file-truncated'],
    ['a header of 4 GB', Uint8Array.of(0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59, 2, 0, 255, 255, 255, 255, 0), 'file-header'],
    ['an unknown version', fixture('f4.npy').with(6, 9), 'file-version'],
    ['only magic bytes', fixture('f4.npy').slice(0, 8), 'file-truncated'],
    ['nothing', new Uint8Array(), 'file-empty-file'],
  ];
  for (const [what, bytes, code] of headers)
    it(`an .npy with ${what} is refused`, () => assertRefused(bytes, 'a.npy', code));

  const zips: readonly [what: string, bytes: Uint8Array, code: string][] = [
    [
      '70 MB of numbers promised',
      zipSync({
        'a.npy': joined(npyOf("{'descr': '|u1', 'fortran_order': False, 'shape': (70000000,), }", new Uint8Array(0))),
      }),
      'file-truncated',
    ],
    ['a size of 4 GB in the directory', withDirectory(archive, 24, 0xfffffffe), 'file-too-large'],
    ['a size that deflate cannot reach', withDirectory(archive, 24, 60 * 2 ** 20), 'file-zip-directory'],
    ['a smaller size than comes out', withDirectory(archive, 24, 132), 'file-zip-checksum'],
    ['another checksum', withDirectory(archive, 16, 1), 'file-zip-checksum'],
    ['an offset outside', withDirectory(archive, 42, 0x7fffffff), 'file-zip-truncated'],
    ['a packed size outside', withDirectory(archive, 20, 0x7fffffff), 'file-zip-truncated'],
    ['no directory', archive.slice(0, -30), 'file-zip-truncated'],
    ['no arrays', zipSync({ 'a.txt': ascii('hello') }), 'file-npz-empty'],
    ['only objects', zipSync({ 'a.npy': fixture('object.npy') }), 'file-object'],
  ];
  for (const [what, bytes, code] of zips)
    it(`an .npz with ${what} is refused`, () => assertRefused(bytes, 'a.npz', code));

  it('an .npz whose end promises 2⁶⁴ members is refused', () => {
    const end = archive.length - 22;
    const locator = new Uint8Array(20);
    const end64 = new Uint8Array(56).fill(0xff);
    new DataView(end64.buffer).setUint32(0, 0x06064b50, true);
    new DataView(locator.buffer).setUint32(0, 0x07064b50, true);
    new DataView(locator.buffer).setUint32(8, end, true);
    assertRefused(joined(archive.slice(0, end), end64, locator, archive.slice(end)), 'a.npz', 'file-zip-directory');
  });

  const packed = zlibSync(new Uint8Array(30 * 2 ** 20));
  const pictures: readonly [what: string, bytes: Uint8Array, code: string][] = [
    ['65535 × 65535 pixels', pngOf(65535, 65535, zlibSync(new Uint8Array(10))), 'file-too-large'],
    ['no pixels', pngOf(0, 5, zlibSync(new Uint8Array(10))), 'file-empty'],
    ['too few pixels', pngOf(100, 100, zlibSync(new Uint8Array(10))), 'file-png-short'],
    ['a chunk of 4 GB', fixture('colour.png').with(33, 0xff), 'file-truncated'],
  ];
  for (const [what, bytes, code] of pictures)
    it(`a PNG with ${what} is refused`, () => assertRefused(bytes, 'a.png', code));

  it('a PNG whose 2 × 2 pixels unpack to 120 MB is refused before they do', () => {
    const stream = zlibSync(new Uint8Array(120 * 2 ** 20), { level: 9 });
    assertRefused(pngOf(2, 2, stream), 'a.png', 'file-png-bomb');
  });

  it('a PNG with a bomb for a colour profile is read without unpacking it', () => {
    const profile = chunk('iCCP', joined(ascii('x\0\0'), packed));
    const tensor = readTensors(pngOf(2, 1, zlibSync(Uint8Array.of(0, 7, 9)), [profile]), 'a.png', LIMIT)[0].load();
    assert.deepEqual(Array.from(tensor.data), [7, 9]);
  });

  it('a PNG with a damaged checksum is refused', () => {
    const damagedPicture = fixture('colour.png');
    damagedPicture[damagedPicture.length - 20] ^= 1;
    assertRefused(damagedPicture, 'a.png', 'file-png-checksum');
  });

  it('a JPEG of 65535 × 65535 pixels is refused', () => {
    const bytes = fixture('colour.jpg');
    const frame = bytes.findIndex((byte, at) => byte === 0xff && bytes[at + 1] === 0xc0);
    assertRefused(
      bytes.map((byte, at) => (at >= frame + 5 && at < frame + 9 ? 0xff : byte)),
      'a.jpg',
      'file-too-large',
    );
  });

  it('a truncated JPEG is refused', () => {
    assertRefused(fixture('colour.jpg').slice(0, 400), 'a.jpg', 'file-undecodable');
  });

  it('a safetensors file whose offsets lie is refused', () => {
    const bytes = fixture('bfloat.safetensors');
    assertRefused(bytes.slice(0, -1), 'a.safetensors', 'file-truncated');
  });

  it('an array within the limit of the file is read even if the archive holds one above it', () => {
    const big = joined(npyOf("{'descr': '<f8', 'fortran_order': False, 'shape': (900000000,), }"));
    const entries = readTensors(
      zipSync({ 'big.npy': big, 'small.npy': writeNpy(zeros('float32', [3])) }),
      'a.npz',
      LIMIT,
    );
    assert.deepEqual(
      entries.map((entry) => entry.name),
      ['small'],
    );
  });
});
