import type {
  Argument,
  ComprehensionClause,
  Expression,
  Parameter,
  Pattern,
  Statement,
} from '../../../src/python/syntax/ast';
import type { ParsedFile } from '../../../src/python/syntax/parse';

/** What we read in a text, as one line a top-level statement, in the words of `structure.py`. */
export function structureOf(file: ParsedFile, text = file.text): string[] {
  return file.parts.flatMap(({ chunk, from }) => new Structure(from, text).statements([chunk.statement]));
}

const double = new DataView(new ArrayBuffer(8));

class Structure {
  constructor(
    private readonly base: number,
    private readonly text: string,
  ) {}

  /** Statements on one line, separated by semicolons, are a block to us. */
  statements(list: readonly Statement[]): string[] {
    return list.flatMap((each) =>
      each.kind === 'if' && each.branches.length === 0
        ? this.statements(each.otherwise)
        : [`${this.statement(each)}${this.place(each)}`],
    );
  }

  private place({ start, end }: { readonly start: number; readonly end: number }): string {
    return `@${this.base + start}-${this.base + end}`;
  }

  private block(list: readonly Statement[]): string {
    return `{${this.statements(list).join('; ')}}`;
  }

  private list(nodes: readonly Expression[]): string {
    return nodes.map((each) => ` ${this.expression(each)}`).join('');
  }

  private maybe(node: Expression | undefined): string {
    return node ? this.expression(node) : '-';
  }

  private number(value: number, float: boolean): string {
    if (Number.isNaN(value)) return 'j';
    double.setFloat64(0, value);
    return double.getBigUint64(0).toString(16).padStart(16, '0') + (float ? 'f' : '');
  }

  private named(node: Expression): boolean {
    return this.text.slice(this.base + node.start, this.base + node.end).includes('\\N{');
  }

  private parts(parts: readonly (string | Expression)[], named: boolean): string {
    return parts
      .map((part) =>
        typeof part !== 'string'
          ? part.kind === 'formatted'
            ? `(show ${this.expression(part.value)} ${part.conversion ?? '-'} [${this.parts(part.spec, named)}])`
            : this.expression(part)
          : named
            ? '"?"'
            : JSON.stringify(part),
      )
      .join(' ');
  }

  private expression(node: Expression, placed = true): string {
    return this.inner(node) + (placed && node.kind !== 'logic' ? this.place(node) : '');
  }

  private inner(node: Expression): string {
    switch (node.kind) {
      case 'name':
        return node.name;
      case 'number':
        return this.number(node.value, node.float);
      case 'string':
        return this.named(node) ? '"?"' : JSON.stringify(node.value);
      case 'fstring':
        return `(f ${this.parts(node.parts, this.named(node))})`;
      case 'template':
        return `(t ${this.parts(node.parts, this.named(node))})`;
      case 'constant':
        return node.value === null ? 'None' : node.value ? 'True' : 'False';
      case 'ellipsis':
        return '...';
      case 'tuple':
      case 'list':
      case 'set':
        return `(${node.kind}${this.list(node.items)})`;
      case 'dict':
        return `(dict${node.entries.map(([key, value]) => ` ${this.maybe(key)}: ${this.expression(value)}`).join('')})`;
      case 'attribute':
        return `(. ${this.expression(node.object)} ${node.name})`;
      case 'call':
        return `(call ${this.expression(node.callee)}${this.arguments(node.arguments)})`;
      case 'subscript':
        return `([] ${this.expression(node.object)} ${this.expression(node.index)})`;
      case 'slice':
        return `(: ${this.maybe(node.lower)} ${this.maybe(node.upper)} ${this.maybe(node.step)})`;
      case 'unary':
        return `(${node.operator} ${this.expression(node.operand)})`;
      case 'binary':
      case 'logic':
        return `(${node.operator} ${this.expression(node.left)} ${this.expression(node.right)})`;
      case 'compare':
        return `(compare ${this.expression(node.first)}${node.rest.map(([operator, right]) => ` ${operator} ${this.expression(right)}`).join('')})`;
      case 'conditional':
        return `(if ${this.expression(node.test)} ${this.expression(node.then)} ${this.expression(node.otherwise)})`;
      case 'lambda':
        return `(lambda [${this.parameters(node.parameters)}] ${this.expression(node.body)})`;
      case 'comprehension': {
        const kind = node.result;
        const key = kind === 'dict' ? ` ${this.maybe(node.key)}` : '';
        return `(${kind}${key} ${this.expression(node.element)}${this.clauses(node.clauses)})`;
      }
      case 'starred':
        return `(* ${this.expression(node.value)})`;
      case 'named':
        return `(:= ${this.expression(node.target)} ${this.expression(node.value)})`;
      case 'yield':
        return node.from ? `(from ${this.maybe(node.value)})` : `(yield ${this.maybe(node.value)})`;
      case 'formatted':
      case 'unreadable':
        return '!';
      default:
        return node satisfies never;
    }
  }

  private arguments(list: readonly Argument[]): string {
    return list
      .map(({ name, star, value }) => {
        const alone = list.length === 1 && value.kind === 'comprehension' && value.result === 'generator';
        const bracketed = this.text[this.base + value.start] === '(' && this.text[this.base + value.end - 1] === ')';
        const written = this.expression(value, !alone || name !== undefined || (star !== undefined && bracketed));
        return ` ${star ?? ''}${name === undefined ? '' : `${name}=`}${written}`;
      })
      .join('');
  }

  private parameters(list: readonly Parameter[]): string {
    const marks = { plain: '', keywordOnly: '!', star: '*', doubleStar: '**' } as const;
    return list
      .map(({ name, kind, positionalOnly, annotation, initial }) => {
        const mark = positionalOnly ? '/' : marks[kind];
        const type = annotation ? `:${this.expression(annotation)}` : '';
        return `${mark}${name}${type}${initial ? `=${this.expression(initial)}` : ''}`;
      })
      .join(' ');
  }

  private clauses(list: readonly ComprehensionClause[]): string {
    return list
      .map(
        ({ target, iterable, conditions }) =>
          ` (for ${this.expression(target)} ${this.expression(iterable)}${this.list(conditions)})`,
      )
      .join('');
  }

  private statement(node: Statement): string {
    switch (node.kind) {
      case 'function':
        return `${node.isAsync ? 'async' : 'def'} ${node.name}[${this.parameters(node.parameters)}]${this.list(node.decorators)} ${this.block(node.body())}`;
      case 'class':
        return `class ${node.name}[${this.arguments(node.bases)}]${this.list(node.decorators)} ${this.block(node.body)}`;
      case 'assign': {
        const annotation = node.annotation ? `:${this.expression(node.annotation)}` : '';
        return `assign${this.list(node.targets)}${annotation} = ${this.maybe(node.value)}`;
      }
      case 'update':
        return `update ${this.expression(node.target)} ${node.operator} ${this.expression(node.value)}`;
      case 'expression':
        return `do ${this.expression(node.value)}`;
      case 'return':
        return `return ${this.maybe(node.value)}`;
      case 'if': {
        const branches = node.branches.map(({ test, body }) => ` ${this.expression(test)} ${this.block(body)}`);
        return `if${branches.join('')} else ${this.block(node.otherwise)}`;
      }
      case 'for':
        return `for ${this.expression(node.target)} ${this.expression(node.iterable)} ${this.block(node.body)} else ${this.block(node.otherwise)}`;
      case 'while':
        return `while ${this.expression(node.test)} ${this.block(node.body)} else ${this.block(node.otherwise)}`;
      case 'with': {
        const items = node.items.map(([item, target]) => ` ${this.expression(item)} as ${this.maybe(target)}`);
        return `with${items.join('')} ${this.block(node.body)}`;
      }
      case 'try': {
        const handlers = node.handlers.map((body, index) => {
          const { type, name } = node.caught[index];
          return ` except ${this.maybe(type)} ${name ?? '-'} ${this.block(body)}`;
        });
        return `try ${this.block(node.body)}${handlers.join('')} else ${this.block(node.otherwise)} finally ${this.block(node.final)}`;
      }
      case 'import':
        return `import${importedNames(node.names)}`;
      case 'from':
        return `from ${'.'.repeat(node.level)}${node.module} import${node.names === '*' ? ' * as -' : importedNames(node.names)}`;
      case 'delete':
        return `del${this.list(node.targets)}`;
      case 'scope':
        return `${node.scope} ${node.names.join(' ')}`;
      case 'assert':
        return `assert ${this.expression(node.test)}`;
      case 'match': {
        const cases = node.cases.map(
          ({ pattern, guard, body }) => ` case ${this.pattern(pattern)} if ${this.maybe(guard)} ${this.block(body)}`,
        );
        return `match ${this.expression(node.subject)}${cases.join('')}`;
      }
      case 'type':
        return `type ${node.name} = ${this.expression(node.value)}`;
      case 'raise':
      case 'pass':
      case 'break':
      case 'continue':
        return node.kind;
      case 'unreadable':
        return '!';
      default:
        return node satisfies never;
    }
  }

  private pattern(node: Pattern): string {
    const all = (list: readonly Pattern[]): string => list.map((each) => this.pattern(each)).join(' ');
    switch (node.kind) {
      case 'wildcard':
        return '_';
      case 'capture':
        return node.name;
      case 'value':
        return `(value ${this.expression(node.value)})`;
      case 'rest':
        return `*${node.name ?? '_'}`;
      case 'sequence':
        return `[${all(node.items)}]`;
      case 'mapping': {
        const pairs = node.entries.map(([key, each]) => `${this.expression(key)}: ${this.pattern(each)}`);
        return `{${[...pairs, ...(node.rest === undefined ? [] : [`**${node.rest}`])].join(' ')}}`;
      }
      case 'class': {
        const named = node.keywords.map(([name, each]) => `${name}=${this.pattern(each)}`);
        return `(is ${[this.expression(node.type), ...node.positional.map((each) => this.pattern(each)), ...named].join(' ')})`;
      }
      case 'or':
        return `(| ${all(node.options)})`;
      case 'as':
        return `(as ${this.pattern(node.pattern)} ${node.name})`;
      default:
        return node satisfies never;
    }
  }
}

const importedNames = (names: readonly { readonly name: string; readonly alias?: string }[]): string =>
  names.map(({ name, alias }) => ` ${name} as ${alias ?? '-'}`).join('');
