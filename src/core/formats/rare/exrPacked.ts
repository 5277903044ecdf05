import { damaged } from '../format';
import { unpackedPiz } from './exrPiz';
import { inflated } from './inflate';

/** A stretch of every line: of one channel, so many bytes a sample. */
export interface Sampled {
  readonly bytes: number;
  /** Whether a sample is a float of 32 bits, of which PXR24 keeps 24. */
  readonly isFloat: boolean;
}

/** Lines in a block, by the method by which it is packed; of other methods than these nothing is read. */
export const LINES: Readonly<Record<number, number>> = { 0: 1, 1: 1, 2: 1, 3: 16, 4: 32, 5: 16 };
export const METHODS: readonly string[] = [
  ...['', 'RLE', 'ZIPS', 'ZIP', 'PIZ', 'PXR24', 'B44', 'B44A', 'DWAA', 'DWAB', 'HTJ2K', 'HTJ2K32'],
];
const [RLE, PIZ, PXR24] = [1, 4, 5];

const wrong = (): Error => damaged('exr-block', 'The compressed data of the picture is damaged.');

/** Runs of bytes: a negative count before bytes as they are, another one before a byte that is repeated once more. */
function unpackedRuns(packed: Uint8Array, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let to = 0;
  for (let at = 0; at < packed.length && to < size;) {
    const count = (packed[at++] << 24) >> 24;
    const length = Math.min(count < 0 ? -count : count + 1, size - to);
    if (count < 0) bytes.set(packed.subarray(at, at + length), to);
    else bytes.fill(packed[at] ?? 0, to, to + length);
    at += count < 0 ? -count : 1;
    to += length;
  }
  return bytes;
}

/** Takes back what is done before packing: bytes are differences, those of even places before those of odd ones. */
function reordered(bytes: Uint8Array): Uint8Array {
  for (let at = 1; at < bytes.length; at++) bytes[at] += bytes[at - 1] - 128;
  const whole = new Uint8Array(bytes.length);
  const half = Math.ceil(bytes.length / 2);
  for (let at = 0; at < bytes.length; at++) whole[at] = bytes[(at & 1) * half + (at >> 1)];
  return whole;
}

/** Differences of the samples of a line, their high bytes first; of floats the lowest byte is not kept. */
function fromDifferences(
  packed: Uint8Array,
  width: number,
  height: number,
  channels: readonly Sampled[],
  size: number,
): Uint8Array {
  const kept = ({ bytes, isFloat }: Sampled): number => (isFloat ? 3 : bytes);
  const whole = new Uint8Array(size);
  const view = new DataView(whole.buffer);
  const planes = inflated(packed, height * width * channels.reduce((sum, each) => sum + kept(each), 0));
  let [from, to] = [0, 0];
  for (let line = 0; line < height; line++)
    for (const channel of channels) {
      const count = kept(channel);
      let sample = 0;
      for (let x = 0; x < width; x++, to += channel.bytes) {
        let difference = 0;
        for (let plane = 0; plane < count; plane++)
          difference = difference * 256 + (planes[from + plane * width + x] ?? 0);
        sample = (sample + difference * (channel.isFloat ? 256 : 1)) % 2 ** 32;
        if (channel.bytes === 2) view.setUint16(to, sample & 0xffff, true);
        else view.setUint32(to, sample, true);
      }
      from += count * width;
    }
  return whole;
}

/** What was packed of a block, of `size` bytes: line by line, and channel by channel. Throws a ProblemError. */
export function unpackedBlock(
  packed: Uint8Array,
  method: number,
  [width, height]: readonly [number, number],
  channels: readonly Sampled[],
  size: number,
): Uint8Array {
  // What would not become shorter is kept as it is.
  if (packed.length === size) return packed;
  if (method === 0 || packed.length > size) throw wrong();
  if (method === PIZ)
    return unpackedPiz(
      packed,
      width,
      height,
      channels.map(({ bytes }) => bytes / 2),
    );
  if (method === PXR24) return fromDifferences(packed, width, height, channels, size);
  const bytes = method === RLE ? unpackedRuns(packed, size) : inflated(packed, size);
  if (bytes.length !== size) throw wrong();
  return reordered(bytes);
}
