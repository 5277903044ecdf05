/** Texts that an editor may hold: real ones with something put in, taken out, moved or cut off, by a seed. */

const PIECES = [
  ...Array.from('()[]{}"\'#:,.=\\\n \t*@;~!?$\f\0'),
  '"""',
  "'''",
  '\r\n',
  '\n    ',
  '**',
  ':=',
  '->',
  'f"',
  "f'''",
  "t'",
  '{x!r:>{w}}',
  '\\N{',
  'lambda ',
  'if ',
  'else',
  'for x in ',
  'def f(',
  'class A',
  'match x:\n',
  'case ',
  'yield',
  'await ',
  'async ',
  'with (',
  'import ',
  'from . ',
  'try:\n',
  'except*',
  '𝒳',
  'é',
  '1.',
  '0x',
  '1e',
  '...',
];

/** The numbers of one seed, in [0, 1). */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

export function mutate(text: string, random: () => number): string {
  const index = (length: number): number => Math.floor(random() * length);
  const at = index(text.length + 1);
  const end = at + index(150);
  switch (index(6)) {
    case 0:
    case 1:
      return text.slice(0, at) + PIECES[index(PIECES.length)] + text.slice(at);
    case 2:
      return text.slice(0, at) + text.slice(at + 1 + index(8));
    case 3:
      return text.slice(0, at) + text.slice(end);
    case 4: {
      const to = index(text.length + 1);
      return text.slice(0, to) + text.slice(at, end) + text.slice(to);
    }
    default:
      return random() < 0.2 ? text.slice(0, at) : moveLine(text, random);
  }
}

function moveLine(text: string, random: () => number): string {
  const lines = text.split('\n');
  const [line] = lines.splice(Math.floor(random() * lines.length), 1);
  lines.splice(Math.floor(random() * (lines.length + 1)), 0, line);
  return lines.join('\n');
}
