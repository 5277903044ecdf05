/** An imported module as the text names it: `from ..blocks import Up, Down` is `blocks`, 2, [`Up`, `Down`]. */
export interface Import {
  readonly module: string;
  /** The number of dots before its name; 0 for an absolute import. */
  readonly level: number;
  /** The names that are taken from it, some of which may be modules; none for `import x` and `from x import *`. */
  readonly names: readonly string[];
}

/** All that a text imports. */
export interface Imports {
  readonly imports: readonly Import[];
  /** Every word in its import statements. A file whose name is not among them is surely not imported. */
  readonly words: ReadonlySet<string>;
}

/**
 * An import statement, with parentheses, in which there may be comments, and with lines that a backslash continues.
 * To find one by its looks is enough, and quick enough for every key press: what is found in vain costs a look for a
 * file, and what is not found, such as an import behind `if x:` on the same line, the analysis asks for itself.
 */
const STATEMENT = /^[ \t]*((?:from|import)\b(?:\\\r?\n|\((?:#[^\n]*\n|[^()#])*\)|[^\n(#])*)/gm;

/** For a statement without comments and parentheses, in which every space is a single one. */
const FROM = /^from ?(\.*) ?(?:(\w[\w.]*) )?import\b(.*)$/;
const NOISE = /#[^\n]*|[()\\\s]+/g;

const listed = (text: string): string[] => text.split(',').flatMap((each) => /^[\w.]+/.exec(each.trim())?.[0] ?? []);

/** The import statements of a text. As long as this is the same, the text imports the same. */
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
