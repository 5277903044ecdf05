/** What a token is: its own text where that is a keyword or an operator. */
export type Kind =
  | 'name'
  | 'number'
  | 'string'
  /** The prefix and the opening quote of a text with expressions in it; `strings.ts` reads on from there. */
  | 'format'
  | 'newline'
  | 'end'
  /** Nothing that Python knows: a lone `?`, a text without its closing quote, a bracket too deep. */
  | 'error'
  | Keyword
  | (typeof OPERATORS)[number];

const KEYWORDS = [
  'False',
  'None',
  'True',
  'and',
  'as',
  'assert',
  'async',
  'await',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'else',
  'except',
  'finally',
  'for',
  'from',
  'global',
  'if',
  'import',
  'in',
  'is',
  'lambda',
  'nonlocal',
  'not',
  'or',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
  'yield',
] as const;

type Keyword = (typeof KEYWORDS)[number];

export const keywords: ReadonlyMap<string, Keyword> = new Map(KEYWORDS.map((word) => [word, word]));

/** Keywords that no expression holds: at the head of a line they begin a statement, whatever is still open above. */
export const HEADS: ReadonlySet<Kind> = new Set<Kind>([
  'assert',
  'break',
  'class',
  'continue',
  'def',
  'del',
  'elif',
  'except',
  'finally',
  'global',
  'import',
  'nonlocal',
  'pass',
  'raise',
  'return',
  'try',
  'while',
  'with',
]);

/** Longer ones before those that begin them. */
const OPERATORS = [
  '**=',
  '//=',
  '>>=',
  '<<=',
  '...',
  '**',
  '//',
  '>>',
  '<<',
  '<=',
  '>=',
  '==',
  '!=',
  '<>',
  '->',
  ':=',
  '+=',
  '-=',
  '*=',
  '/=',
  '%=',
  '@=',
  '&=',
  '|=',
  '^=',
  '(',
  ')',
  '[',
  ']',
  '{',
  '}',
  ',',
  ':',
  ';',
  '.',
  '=',
  '+',
  '-',
  '*',
  '/',
  '%',
  '@',
  '&',
  '|',
  '^',
  '~',
  '<',
  '>',
  '!',
] as const;

const byFirst: (typeof OPERATORS)[number][][] = [];
for (const operator of OPERATORS) (byFirst[operator.charCodeAt(0)] ??= []).push(operator);

export function operatorAt(text: string, at: number, code: number): (typeof OPERATORS)[number] | undefined {
  const candidates = byFirst[code];
  if (candidates?.length === 1) return candidates[0];
  return candidates?.find((each) => text.startsWith(each, at));
}
