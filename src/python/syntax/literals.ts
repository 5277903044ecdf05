/** Python's literals as values. */

const SIMPLE_ESCAPES: Readonly<Record<string, string>> = {
  n: '\n',
  t: '\t',
  r: '\r',
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\x07',
  b: '\b',
  f: '\f',
  v: '\v',
  '\n': '',
};

export function readNumber(text: string): { readonly value: number; readonly float: boolean } {
  if (/^(?:0|[1-9]\d*)$/.test(text)) return { value: Number(text), float: false };
  const plain = text.replaceAll('_', '').toLowerCase();
  if (/^0[xob]/.test(plain)) return { value: Number(plain), float: false };
  // An imaginary number has no place in a size; NaN keeps it from being taken for one.
  if (plain.endsWith('j')) return { value: NaN, float: true };
  return { value: Number(plain.replace(/^0+(?=\d)/, '')), float: /[.e]/.test(plain) };
}

/** The escapes of a text resolved; a name of a character, `\N{…}`, stays as it is written. */
export function unescape(text: string, bytes = false): string {
  if (!text.includes('\\')) return text;
  return text.replace(
    /\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U00(?:0[0-9a-fA-F]|10)[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g,
    (whole, code: string) => {
      if (code in SIMPLE_ESCAPES) return SIMPLE_ESCAPES[code];
      if (/^[0-7]/.test(code)) return String.fromCharCode(parseInt(code, 8));
      if (code.length === 1 || (bytes && code[0] !== 'x')) return whole;
      return String.fromCodePoint(parseInt(code.slice(1), 16));
    },
  );
}

/** A text or bytes without expressions in it, as it is written with its prefix and quotes. */
export function plainText(written: string): string {
  const [head, prefix, quote] = /^([a-zA-Z]*)('''|"""|'|")/.exec(written)!;
  // A file's line ends are one to Python, whatever they are.
  const content = written.slice(head.length, written.length - quote.length).replaceAll(/\r\n?/g, '\n');
  return /r/i.test(prefix) ? content : unescape(content, /b/i.test(prefix));
}
