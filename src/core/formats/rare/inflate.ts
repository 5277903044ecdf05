import { Gunzip, Unzlib } from 'fflate';
import { damaged, decoding } from '../format';

/** So much is unpacked between two looks at how much there is. */
const STEP = 16 * 1024;

/** Unpacks zlib's or gzip's bytes, and refuses as soon as more than `most` come out. Throws a ProblemError. */
export function inflated(packed: Uint8Array, most: number, kind: 'zlib' | 'gzip' = 'zlib'): Uint8Array {
  const parts: Uint8Array[] = [];
  let length = 0;
  const hear = (part: Uint8Array): void => {
    length += part.length;
    if (length > most) throw damaged('unpacked-large', 'The data unpacks to more than {0} bytes.', most);
    parts.push(part);
  };
  const stream = kind === 'gzip' ? new Gunzip(hear) : new Unzlib(hear);
  decoding(kind, () => {
    for (let at = 0; at < packed.length; at += STEP)
      stream.push(packed.subarray(at, at + STEP), at + STEP >= packed.length);
  });
  const whole = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
