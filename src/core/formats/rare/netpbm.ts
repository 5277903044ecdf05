import { strFromU8 } from 'fflate';
import type { Tensor } from '../../operation';
import { checkedCount, checkedZeros, type Contents, damaged, type LoadHow, type ReadOptions } from '../format';
import { loadKept } from '../placed';
import { type ByteSource, wholeOf } from '../source';

interface Header {
  readonly kind: string;
  readonly width: number;
  readonly height: number;
  /** The greatest value, or of floats the scale, which is negative where the low byte is first. */
  readonly most: number;
  /** Where the numbers begin. */
  readonly begin: number;
}

const isBlank = (byte: number): boolean => byte === 0x20 || (byte >= 0x09 && byte <= 0x0d);

/** Words between blanks, in which `#` begins a comment; `at` is left behind the one blank that follows a word. */
function wordsOf(bytes: Uint8Array): { next(): string; at: number } {
  const words = {
    at: 0,
    next(): string {
      while (words.at < bytes.length && (isBlank(bytes[words.at]) || bytes[words.at] === 0x23)) {
        if (bytes[words.at] === 0x23) while (words.at < bytes.length && bytes[words.at] !== 0x0a) words.at++;
        else words.at++;
      }
      const from = words.at;
      while (words.at < bytes.length && !isBlank(bytes[words.at])) words.at++;
      const word = String.fromCharCode(...bytes.subarray(from, Math.min(words.at, from + 64)));
      words.at++;
      return word;
    },
  };
  return words;
}

const damagedPicture = (): Error => damaged('netpbm', 'The header of the picture is damaged.');

function headerOf(words: ReturnType<typeof wordsOf>): Header {
  const kind = words.next();
  if (!/^P[1-6Ff]$/.test(kind)) throw damagedPicture();
  const [width, height] = [Number(words.next()), Number(words.next())];
  const most = kind === 'P1' || kind === 'P4' ? 1 : Number(words.next());
  if (!Number.isFinite(most) || most === 0) throw damagedPicture();
  return { kind, width, height, most, begin: words.at };
}

/** Values as text; in P1 digits may stand without blanks between. */
function textValues(bytes: Uint8Array, { kind, begin }: Header, count: number): number[] {
  const text = strFromU8(bytes.subarray(begin), true).replace(/#.*/g, ' ');
  const words = (kind === 'P1' ? text.replace(/[01]/g, '$& ') : text).trim().split(/\s+/).slice(0, count);
  return words.map((word) => (kind === 'P1' ? 1 - Number(word) : Number(word)));
}

/** The value of a sample by its number, row by row and pixel by pixel. */
function sampleOf(bytes: Uint8Array, header: Header, channels: number): (index: number) => number {
  const { kind, width, height, most, begin } = header;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = width * height * channels;
  const need = (size: number): void => {
    if (begin + size > bytes.length)
      throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
  };
  if (kind === 'P4') {
    const row = Math.ceil(width / 8);
    need(row * height);
    return (index) =>
      (~bytes[begin + Math.floor(index / width) * row + ((index % width) >> 3)] >> (7 - ((index % width) & 7))) & 1;
  }
  if (kind === 'P5' || kind === 'P6') {
    need(count * (most > 255 ? 2 : 1));
    return most > 255 ? (index) => view.getUint16(begin + 2 * index) : (index) => bytes[begin + index];
  }
  if (kind === 'Pf' || kind === 'PF') {
    need(count * 4);
    // The lowest row comes first.
    const row = width * channels;
    return (index) =>
      view.getFloat32(begin + 4 * ((height - 1 - Math.floor(index / row)) * row + (index % row)), most < 0);
  }
  const values = textValues(bytes, header, count);
  if (values.length < count || values.some((value) => !Number.isFinite(value)))
    throw damaged('truncated', 'The picture is truncated: it ends after {0} bytes.', bytes.length);
  return (index) => values[index];
}

/** A picture of Netpbm's: PBM, PGM, PPM or PFM. Values are as they stand; of PBM, 1 is white,
 * as Pillow has it, though the file has it the other way round. Throws a ProblemError. */
export function readNetpbm(source: ByteSource, options: ReadOptions): Contents {
  const bytes = wholeOf(source, options.limit);
  const header = headerOf(wordsOf(bytes));
  const { kind, width, height } = header;
  const channels = ['P3', 'P6', 'PF'].includes(kind) ? 3 : 1;
  const shape = [channels, height, width];
  checkedCount(shape, 8, options);
  const load = (how?: LoadHow): Tensor => {
    const sample = sampleOf(bytes, header, channels);
    const tensor = checkedZeros('float32', shape, options);
    const area = width * height;
    for (let pixel = 0; pixel < area; pixel++)
      for (let channel = 0; channel < channels; channel++)
        tensor.data[channel * area + pixel] = sample(pixel * channels + channel);
    return loadKept(tensor, options, how);
  };
  return { entries: [{ name: '', shape, source: `Netpbm ${kind}`, axes: 'CHW', load }], left: [] };
}
