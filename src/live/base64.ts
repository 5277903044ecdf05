const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';
const NONE = 0xff;
const VALUES = new Uint8Array(128).fill(NONE);
for (let value = 0; value < 64; value++) VALUES[LETTERS.charCodeAt(value)] = value;

/** How many letters `bytes` bytes have in base64, with the signs that fill the last four. */
export const lettersOf = (bytes: number): number => 4 * Math.ceil(bytes / 3);

/**
 * Decodes `bytes` bytes that stand in `text` from `from` on. Nothing where a letter is none of base64's, or missing.
 * Written out, since neither host has a way that takes neither Node nor a text of bytes.
 */
export function decodeBase64(text: string, from: number, bytes: number): Uint8Array<ArrayBuffer> | undefined {
  const past = from + lettersOf(bytes);
  if (text.length < past) return undefined;
  const made = new Uint8Array(bytes);
  let wrong = 0;
  let to = 0;
  const value = (at: number): number => VALUES[text.charCodeAt(at) & 127] | (text.charCodeAt(at) >> 7);
  const whole = from + 4 * Math.floor(bytes / 3);
  let at = from;
  for (; at < whole; at += 4) {
    const [a, b, c, d] = [value(at), value(at + 1), value(at + 2), value(at + 3)];
    wrong |= a | b | c | d;
    made[to++] = (a << 2) | (b >> 4);
    made[to++] = (b << 4) | (c >> 2);
    made[to++] = (c << 6) | d;
  }
  const rest = bytes - to;
  if (rest > 0) {
    const [a, b] = [value(at), value(at + 1)];
    const c = rest === 2 ? value(at + 2) : 0;
    wrong |= a | b | c;
    made[to++] = (a << 2) | (b >> 4);
    if (rest === 2) made[to] = (b << 4) | (c >> 2);
    if (text.slice(at + rest + 1, past) !== '='.repeat(3 - rest)) return undefined;
  }
  return wrong > 63 ? undefined : made;
}

export function encodeBase64(bytes: Uint8Array): string {
  const pieces: string[] = [];
  let piece = '';
  for (let at = 0; at < bytes.length; at += 3) {
    const [a, b = 0, c = 0] = bytes.subarray(at, at + 3);
    piece += LETTERS[a >> 2] + LETTERS[((a & 3) << 4) | (b >> 4)];
    piece += at + 1 < bytes.length ? LETTERS[((b & 15) << 2) | (c >> 6)] : '=';
    piece += at + 2 < bytes.length ? LETTERS[c & 63] : '=';
    if (piece.length > 8192) {
      pieces.push(piece);
      piece = '';
    }
  }
  return pieces.join('') + piece;
}
