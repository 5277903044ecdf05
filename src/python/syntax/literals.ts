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

export function unescape(text: string): string {
  return text.replace(/\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|[0-7]{1,3}|[\s\S])/g, (whole, code: string) => {
    if (code in SIMPLE_ESCAPES) return SIMPLE_ESCAPES[code];
    if (/^[xu]/.test(code) && code.length > 1) return String.fromCharCode(parseInt(code.slice(1), 16));
    return /^[0-7]/.test(code) ? String.fromCharCode(parseInt(code, 8)) : whole;
  });
}

/** How long the prefix and quotes of a string literal are, and whether it is raw. */
export function stringFrame(text: string): { readonly head: number; readonly quotes: number; readonly raw: boolean } {
  const prefix = /^[a-zA-Z]*/.exec(text)![0];
  const quote = text[prefix.length];
  const quotes = text.startsWith(quote.repeat(3), prefix.length) && text.length >= prefix.length + 6 ? 3 : 1;
  return { head: prefix.length + quotes, quotes, raw: /r/i.test(prefix) };
}

export function readString(text: string): string {
  const { head, quotes, raw } = stringFrame(text);
  const content = text.slice(head, text.length - quotes);
  return raw ? content : unescape(content);
}
