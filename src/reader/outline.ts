/** A name that an import binds: `from ..blocks import Up as U` binds `U` to `Up` of `blocks`, 2. */
export interface Binding {
  readonly module: string;
  /** The number of dots before the module's name. */
  readonly level: number;
  /** What is taken from the module; missing where it is the module itself. */
  readonly taken?: string;
}

/** A statement at the top of a file, as its looks tell. */
export class Part {
  private found?: ReadonlySet<string>;

  constructor(
    private readonly text: string,
    /** Whether it runs only when a name that it binds is asked for. */
    readonly waits: boolean,
  ) {}

  /** The names that it uses: found once, though every round of looking for files goes through it again. */
  get references(): ReadonlySet<string> {
    return (this.found ??= referencesIn(this.text));
  }
}

/** What a file binds, without parsing it: parsing all that is looked through would take ten times as long. */
export interface Outline {
  readonly imports: ReadonlyMap<string, Binding>;
  /** Modules of which it imports every name. */
  readonly stars: readonly Binding[];
  readonly parts: ReadonlyMap<string, Part>;
  /** Statements that run as soon as the file is imported. */
  readonly first: readonly Part[];
}

/** As in imports.ts. */
const STATEMENT = /^[ \t]*((?:from|import)\b(?:\\\r?\n|\((?:#[^\n]*\n|[^()#])*\)|[^\n(#])*)/gm;
const NOISE = /#[^\n]*|[()\\\s]+/g;
const FROM = /^from ?(\.*) ?(?:(\w[\w.]*) )?import\b(.*)$/;
/** Where a statement at the top of a file begins; what else stands at the edge goes on with the one before. */
const BEGINNING = /^(?!(?:else|elif|except|finally)\b)[\w"'([{]/;
const DEFINITION = /^(?:async\s+)?(?:def|class)\s+(\w+)/;
const ASSIGNMENT = /^(\w+)\s*(?::[^=\n]*)?=(?!=)/;

/** What the imports of a text bind. */
export function importedBy(text: string): Pick<Outline, 'imports' | 'stars'> {
  const imports = new Map<string, Binding>();
  const stars: Binding[] = [];
  for (const [, statement] of text.matchAll(STATEMENT)) bindingsOf(statement, imports, stars);
  return { imports, stars };
}

export function outlineOf(text: string): Outline {
  const { imports, stars } = importedBy(text);
  const parts = new Map<string, Part>();
  const first: Part[] = [];
  for (const part of statementsOf(text)) {
    const [, defined] = DEFINITION.exec(part) ?? [];
    const [, assigned] = defined === undefined ? (ASSIGNMENT.exec(part) ?? []) : [];
    const name = defined ?? assigned;
    const each = new Part(part, defined !== undefined);
    if (name !== undefined) parts.set(name, each);
    // What only a type checker runs is looked through for its imports alone.
    if (!each.waits && !/^if\b[^\n]*\bTYPE_CHECKING\b/.test(part)) first.push(each);
  }
  return { imports, stars, parts, first };
}

function bindingsOf(statement: string, imports: Map<string, Binding>, stars: Binding[]): void {
  for (const part of statement.replace(NOISE, ' ').split(';')) {
    const plain = part.trim().replace(/ {2,}/g, ' ');
    const [, dots, module = '', names] = FROM.exec(plain) ?? [];
    if (names !== undefined) {
      const level = dots.length;
      if (names.trim() === '*') stars.push({ module, level });
      for (const [taken, name] of listed(names)) imports.set(name ?? taken, { module, level, taken });
    } else if (plain.startsWith('import'))
      for (const [dotted, name] of listed(plain.slice('import'.length)))
        imports.set(name ?? dotted.split('.')[0], { module: name ? dotted : dotted.split('.')[0], level: 0 });
  }
}

const listed = (names: string): (readonly [name: string, alias?: string])[] =>
  names.split(',').flatMap((each) => {
    const [, name, alias] = /^ ?([\w.]+)(?: as (\w+))?/.exec(each) ?? [];
    return name === undefined ? [] : [[name, alias] as const];
  });

/** The statements at the top of a file. What is decorated is found by its name all the same. */
function statementsOf(text: string): string[] {
  const found: string[] = [];
  let start = 0;
  for (let line = 0; line < text.length;) {
    const end = text.indexOf('\n', line) + 1 || text.length;
    if (line > start && BEGINNING.test(text.slice(line, line + 8))) {
      found.push(text.slice(start, line));
      start = line;
    }
    line = end;
  }
  found.push(text.slice(start));
  return found;
}

const REFERENCE = /[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*/g;
const SAID = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|#[^\n]*/g;

/** The names that a text uses, each with the attributes that are asked of it: `smp.Unet`. */
export const referencesIn = (text: string): ReadonlySet<string> =>
  new Set(text.replace(SAID, '').replace(STATEMENT, '').match(REFERENCE));

/** Short texts in a text that could be names: models are asked for by such (`create_model("resnet18")`). */
export const namesQuoted = (text: string): ReadonlySet<string> =>
  new Set(Array.from(text.matchAll(/(["'])([A-Za-z_]\w{2,40})\1/g), ([, , name]) => name));
