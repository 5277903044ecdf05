import { strFromU8 } from 'fflate';
import type { ProblemError } from '../problem';
import { damaged } from './format';

/** What a file begins with, or has at an offset, by which it is known. */
type Mark = readonly [name: string, text: string, at?: number];

const PICTURES: readonly Mark[] = [
  ['WebP', 'WEBP', 8],
  ['GIF', 'GIF8'],
  ['AVIF', 'ftypavif', 4],
  ['HEIC', 'ftyphei', 4],
  ['HEIC', 'ftypmif1', 4],
  ['JPEG 2000', '\0\0\0\x0cjP  '],
  ['JPEG 2000', '\xff\x4f\xff\x51'],
  ['JPEG XL', '\0\0\0\x0cJXL '],
  ['Photoshop', '8BPS'],
  ['Radiance HDR', '#?RADIANCE'],
];
const PACKED: readonly Mark[] = [
  ['bzip2', 'BZh'],
  ['xz', '\xfd7zXZ\0'],
  ['Zstandard', '\x28\xb5\x2f\xfd'],
  ['LZ4', '\x04\x22\x4d\x18'],
  ['7-Zip', '7z\xbc\xaf\x27\x1c'],
  ['RAR', 'Rar!'],
  ['tar', 'ustar', 257],
];
const TABLES: readonly Mark[] = [
  ['Parquet', 'PAR1'],
  ['Arrow', 'ARROW1'],
  ['Excel', '[Content_Types].xml', 30],
];
const OTHERS: readonly Mark[] = [
  ['FITS', 'SIMPLE  ='],
  ['NetCDF 3', 'CDF\x01'],
  ['NetCDF 3', 'CDF\x02'],
  ['ExecuTorch', 'ET12', 4],
  ['PDF', '%PDF-'],
];

/**
 * The refusal of a file of a kind that is known and not read, by its first bytes: nobody shall look for what is wrong
 * with it. Undefined for all others.
 */
export function knownUnread(head: Uint8Array, name: string): ProblemError | undefined {
  const text = strFromU8(head, true);
  const among = (marks: readonly Mark[]): string | undefined =>
    marks.find(([, mark, at = 0]) => text.startsWith(mark, at))?.[0];
  const picture = among(PICTURES);
  if (picture)
    return damaged(
      'unread-picture',
      'The picture {0} is {1}, which is not read. Save it as PNG or TIFF.',
      name,
      picture,
    );
  const packed = among(PACKED);
  if (packed)
    return damaged('unread-packed', 'The file {0} is packed as {1}, which is not read. Unpack it first.', name, packed);
  // Excel puts what its archives hold in an order of its own, others in theirs.
  const table = /\.(xlsx|xlsm|ods)$/i.test(name) ? 'Excel' : among(TABLES);
  if (table) return damaged('unread-table', 'The table {0} is {1}, which is not read. Save it as CSV.', name, table);
  const other = among(OTHERS);
  return other === undefined ? undefined : damaged('unread', 'The file {0} is {1}, which is not read.', name, other);
}
