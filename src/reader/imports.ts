/** One imported module as the text names it: `from ..blocks import Up, Down` is `blocks`, 2, [`Up`, `Down`]. */
export interface Import {
  readonly module: string;
  /** How many dots stand before it: 0 is an absolute import. */
  readonly level: number;
  /** What is taken from it, which may be modules as well; of `import x` and of `from x import *` nothing. */
  readonly names: readonly string[];
}

/** What a text says of other files. */
export interface Imports {
  readonly imports: readonly Import[];
  /** Every word of its import statements: under one of them another file may be meant. */
  readonly words: ReadonlySet<string>;
}

/**
 * An import statement with its parentheses, in which comments may stand, and the lines that a backslash continues.
 * It is looked for and not parsed: this is done with every text and every key press, and what it finds too much costs a
 * look at a file. What it does not find (an import behind `if x:` on the same line) the analysis asks for itself.
 */
const STATEMENT = /^[ \t]*((?:from|import)\b(?:\\\r?\n|\((?:#[^\n]*\n|[^()#])*\)|[^\n(#])*)/gm;

/** Of a statement without comments, parentheses and wide spaces. */
const FROM = /^from ?(\.*) ?(?:(\w[\w.]*) )?import\b(.*)$/;
const NOISE = /#[^\n]*|[()\\\s]+/g;

const listed = (text: string): string[] => text.split(',').flatMap((each) => /^[\w.]+/.exec(each.trim())?.[0] ?? []);

/** The import statements of a text, joined: as long as this is the same, so is what they import. */
export const importText = (text: string): string =>
  Array.from(text.matchAll(STATEMENT), ([, statement]) => statement).join('\n');

export function importsOf(text: string): Imports {
  const imports: Import[] = [];
  const words = new Set<string>();
  for (const [, statement] of text.matchAll(STATEMENT)) {
    for (const [word] of statement.matchAll(/\w+/g)) words.add(word);
    for (const part of statement.replace(NOISE, ' ').split(';')) {
      const plain = part.trim().replace(/ {2,}/g, ' ');
      const from = FROM.exec(plain);
      if (from) {
        const [, dots, module = '', names] = from;
        imports.push({ module, level: dots.length, names: listed(names) });
      } else if (plain.startsWith('import')) {
        for (const module of listed(plain.slice('import'.length))) imports.push({ module, level: 0, names: [] });
      }
    }
  }
  return { imports, words };
}
