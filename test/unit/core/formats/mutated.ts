// Files of every kind with something wrong in them: not bits at random, which a checksum or a magic number turns away
// at once, but numbers and lengths where readers believe them.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { crc32 } from '../../../../src/core/formats/crc32';
import { RARE_READERS } from '../../../../src/core/formats/rare';
import { readContents } from '../../../../src/core/formats/registry';
import { memorySource } from '../../../../src/core/formats/source';
import { listZip } from '../../../../src/core/formats/zip';
import { ProblemError } from '../../../../src/core/problem';
import { elementCount } from '../../../../src/core/tensor/tensor';
import { assertSentence } from '../../../sentence';

const FOLDER = join('test', 'fixtures', 'checkpoints');
export const LIMIT = { limit: 2 ** 20 };

export type Whole = (most: number) => number;

interface Seed {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** Where it stands, from the folder of all; nowhere if it was taken out of an archive. */
  readonly path?: string;
  /** The file by which it is opened, where that is another one. */
  readonly by?: string;
}

/** All files by their paths from the folder. */
const files = new Map(
  readdirSync(FOLDER, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
    .map((path) => [relative(FOLDER, path).replaceAll('\\', '/'), new Uint8Array(readFileSync(path))]),
);

/** Files that belong together are in a folder, and opened by the one that `expected.json` names. */
function openedBy(path: string, named: readonly string[]): string | undefined {
  const [, folder] = /^(orbax\/[^/]+\/)/.exec(path) ?? [];
  return folder === undefined ? undefined : named.find((each) => each.startsWith(folder));
}

/**
 * Every file that some software wrote, and what is within archives, where a mutation passes no checksum; those that
 * belong together in one group, so that no kind is seldom drawn because another has many files.
 */
export function seeds(): readonly (readonly Seed[])[] {
  const named = Object.keys(JSON.parse(readFileSync(join(FOLDER, 'expected.json'), 'utf8')) as object);
  const own = [...files]
    .filter(([path]) => !/(\.(py|txt)|(?<!zarr)\.json|outside\.bin)$/.test(path))
    .map(([path, bytes]): Seed => ({ name: basename(path), bytes, path, by: openedBy(path, named) }))
    .sort((one, other) => ((one.path ?? '') < (other.path ?? '') ? -1 : 1));
  const inner = own
    .filter(({ name }) => /\.(pt|keras)$/.test(name))
    .flatMap(({ bytes }) => listZip(memorySource(bytes), LIMIT))
    .filter(({ name }) => /\.(pkl|h5)$/.test(name))
    .map((member) => ({ name: basename(member.name), bytes: member.open().read(0, member.size).slice() }));
  const groups = new Map<string, Seed[]>();
  for (const file of own) {
    const group = file.by ?? file.path ?? '';
    groups.set(group, [...(groups.get(group) ?? []), file]);
  }
  return [...groups.values(), ...inner.map((each) => [each])];
}

/** One of the files. */
export function drawn(groups: readonly (readonly Seed[])[], whole: Whole): Seed {
  const group = groups[whole(groups.length)];
  return group[whole(group.length)];
}

/** Numbers at which lengths, offsets and counts go wrong. */
const ODD = [0, 1, 2, 0x7f, 0x80, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff];

/** Where text or structure stands: most of a file of weights is weights, of which any are legal. */
function interesting(bytes: Uint8Array, whole: Whole): number {
  const region = Math.min(bytes.length, 2048);
  return whole(4) === 0 ? whole(bytes.length) : whole(2) === 0 ? whole(region) : bytes.length - 1 - whole(region);
}

/** A change of a digit in a text: the sizes and offsets of headers that are JSON or lines of words. */
function otherDigit(bytes: Uint8Array, whole: Whole): void {
  const from = whole(bytes.length);
  const at = bytes.subarray(from, from + 512).findIndex((byte) => byte >= 0x30 && byte <= 0x39);
  if (at >= 0) bytes[from + at] = [0x30, 0x39, 0x2d, 0x2e, 0x65][whole(5)];
}

/** Exchanges two stretches, as a structure that points to the wrong place does. */
function exchange(bytes: Uint8Array, whole: Whole): void {
  const length = [1, 2, 4, 8, 16, 64][whole(6)];
  const [one, other] = [interesting(bytes, whole), interesting(bytes, whole)];
  const kept = bytes.slice(one, one + length);
  bytes.copyWithin(one, other, other + length);
  bytes.set(kept.subarray(0, Math.max(0, bytes.length - other)), other);
}

/** Makes the checksums of an archive's directory those of its stored members, so that what is wrong is looked at. */
function mendArchive(bytes: Uint8Array): void {
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 46 < bytes.length; at++) {
    if (view.getUint32(at, true) !== 0x02014b50) continue;
    const [size, local] = [view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
    if (local + 30 > bytes.length) continue;
    const begin = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    if (begin + size <= bytes.length) view.setUint32(at + 16, crc32(bytes.subarray(begin, begin + size)), true);
  }
}

export function mutated({ name, bytes }: Seed, whole: Whole): Uint8Array {
  let changed = bytes.slice();
  const view = new DataView(changed.buffer);
  for (let times = 1 + whole(3); times > 0; times--) {
    const at = interesting(changed, whole);
    switch (whole(7)) {
      case 0:
        changed[at] = whole(256);
        break;
      case 1:
        changed[at] ^= 1 << whole(8);
        break;
      case 2:
        if (at + 4 <= changed.length) view.setUint32(at, ODD[whole(ODD.length)], whole(4) > 0);
        break;
      case 3:
        if (at + 8 <= changed.length) view.setBigUint64(at, BigInt(ODD[whole(ODD.length)]) << BigInt(whole(33)), true);
        break;
      case 4:
        otherDigit(changed, whole);
        break;
      case 5:
        exchange(changed, whole);
        break;
      default:
        if (whole(3) === 0) changed = changed.slice(0, at);
        if (changed.length === 0) return changed;
        return changed;
    }
  }
  if (/\.(pt|keras|npz)$/.test(name)) mendArchive(changed);
  return changed;
}

/** Of a file that may claim to hold thousands, so many are read. */
const MOST_READ = 20;

/** Whether a file was read, or refused in sentences; anything else that is thrown is thrown on. */
export function readOrRefused(read: () => void): 'read' | 'refused' {
  try {
    read();
    return 'read';
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    assert.ok(error.problems.length > 0);
    for (const { message } of error.problems) assertSentence(message);
    return 'refused';
  }
}

/** Lists a file and reads what it holds, or is told in a sentence why not; the files beside it are as they were. */
export function readAll({ name, path = name, by = path }: Seed, bytes: Uint8Array): 'read' | 'refused' {
  const opened = (other: string): Uint8Array | undefined => (other === path ? bytes : files.get(other));
  const beside = (other: string) => {
    const found = opened(join(dirname(by), other).replaceAll('\\', '/'));
    return found && memorySource(found);
  };
  return readOrRefused(() => {
    const source = memorySource(opened(by) ?? bytes);
    const options = { ...LIMIT, name: basename(by), beside };
    const { entries, left } = readContents(source, options, () => RARE_READERS);
    for (const { why } of left.slice(0, MOST_READ)) assertSentence(why.message);
    for (const entry of entries.slice(0, MOST_READ)) {
      const tensor = entry.load({ reading: entry.readings?.[0] });
      assert.equal(tensor.data.length, elementCount(tensor.shape));
      assert.ok(tensor.data.byteLength <= 8 * LIMIT.limit);
    }
  });
}
