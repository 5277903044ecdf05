import type { ImportedName, Statement } from './ast';
import type { Tokens } from './tokens';

/** `import a.b as c, d` */
export function importNames(tokens: Tokens): Statement {
  const start = tokens.from();
  tokens.next();
  const names: ImportedName[] = [];
  do names.push(aliased(tokens, dotted(tokens)));
  while (tokens.eat(','));
  return { kind: 'import', names: named(names), start, end: tokens.to() };
}

/** `from ..a import b as c, d` */
export function importFrom(tokens: Tokens): Statement {
  const start = tokens.from();
  tokens.next();
  let level = 0;
  while (tokens.at('.') || tokens.at('...')) {
    level += tokens.end - tokens.start;
    tokens.next();
  }
  const module = level > 0 && tokens.at('import') ? '' : dotted(tokens);
  tokens.expect('import');
  if (tokens.eat('*')) return { kind: 'from', module, level, names: '*', start, end: tokens.to() };
  const open = tokens.eat('(');
  const names: ImportedName[] = [];
  do {
    if (open && names.length > 0 && tokens.at(')')) break;
    names.push(aliased(tokens, tokens.name()));
  } while (tokens.eat(','));
  if (open) tokens.expect(')');
  return { kind: 'from', module, level, names: named(names), start, end: tokens.to() };
}

function dotted(tokens: Tokens): string {
  let name = tokens.name();
  while (tokens.eat('.')) name += `.${tokens.name()}`;
  return name;
}

const aliased = (tokens: Tokens, name: string): ImportedName =>
  tokens.eat('as') ? { name, alias: tokens.name() } : { name };

/** While it is being typed a name may be missing. */
const named = (names: readonly ImportedName[]): ImportedName[] => names.filter(({ name }) => name !== '');
