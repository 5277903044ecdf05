import type { SyntaxNode } from '@lezer/common';
import type { BinaryOperator, Expression, ImportedName, MatchCase, ShapeNote, Statement } from './ast';
import type { Chunk } from './chunk';
import { lowerArguments, lowerExpression, lowerList, lowerParameters, lowerTargets } from './lowerExpression';
import { children } from './nodes';
import { readShapeNotes } from './notes';

export function lowerStatement(node: SyntaxNode, chunk: Chunk, decorators: readonly Expression[] = []): Statement {
  const at = { start: chunk.relative(node.from), end: chunk.relative(node.to) };
  const all = children(node);
  const body = (index = 0): Statement[] => {
    const found = all.filter((child) => child.name === 'Body')[index];
    return found ? lowerBody(found, chunk) : [];
  };
  switch (node.name) {
    case 'AssignStatement':
      return lowerAssign(all, chunk, at);
    case 'UpdateStatement': {
      const operator = all.findIndex((child) => child.name === 'UpdateOp');
      if (operator < 0) return { kind: 'unreadable', ...at };
      return {
        kind: 'update',
        target: lowerTargets(all.slice(0, operator), chunk),
        operator: chunk.textOf(all[operator]).slice(0, -1) as BinaryOperator,
        value: lowerTargets(all.slice(operator + 1), chunk),
        ...at,
      };
    }
    case 'ExpressionStatement':
      return { kind: 'expression', value: lowerTargets(all, chunk), ...at };
    case 'YieldStatement':
      return {
        kind: 'expression',
        value: {
          kind: 'yield',
          from: all[1]?.name === 'from',
          value: all.length > 1 ? lowerExpression(all.at(-1), chunk) : undefined,
          ...at,
        },
        ...at,
      };
    case 'ReturnStatement':
      return { kind: 'return', value: all.length > 1 ? lowerTargets(all.slice(1), chunk) : undefined, ...at };
    case 'FunctionDefinition':
      return lowerFunction(node, all, chunk, decorators);
    case 'ClassDefinition': {
      const bases = all.find((child) => child.name === 'ArgList');
      const name = all.find((child) => child.name === 'VariableName');
      return {
        kind: 'class',
        name: name ? chunk.textOf(name) : '',
        bases: bases ? lowerArguments(bases, chunk) : [],
        decorators,
        body: body(),
        chunk,
        ...at,
      };
    }
    case 'DecoratedStatement': {
      const definition = all.at(-1)!;
      if (definition.name === 'Decorator') return { kind: 'unreadable', ...at };
      return lowerStatement(
        definition,
        chunk,
        all.slice(0, -1).map((each) => lowerDecorator(each, chunk)),
      );
    }
    case 'IfStatement':
      return lowerIf(all, chunk, at);
    case 'ForStatement': {
      const inAt = all.findIndex((child) => child.name === 'in');
      const bodyAt = all.findIndex((child) => child.name === 'Body');
      const forAt = all.findIndex((child) => child.name === 'for');
      if (inAt < 0 || bodyAt < 0) return { kind: 'unreadable', ...at };
      return {
        kind: 'for',
        target: lowerTargets(all.slice(forAt + 1, inAt), chunk),
        iterable: lowerTargets(all.slice(inAt + 1, bodyAt), chunk),
        body: body(0),
        otherwise: body(1),
        ...at,
      };
    }
    case 'WhileStatement':
      return { kind: 'while', test: lowerExpression(all[1], chunk), body: body(0), otherwise: body(1), ...at };
    case 'WithStatement':
      return { kind: 'with', items: lowerWithItems(all, chunk), body: body(), ...at };
    case 'TryStatement':
      return lowerTry(all, chunk, at);
    case 'ImportStatement':
      return lowerImport(all, chunk, at);
    case 'DeleteStatement':
      return { kind: 'delete', targets: lowerList(all.slice(1), chunk), ...at };
    case 'ScopeStatement':
      return {
        kind: 'scope',
        scope: all[0]?.name === 'global' ? 'global' : 'nonlocal',
        names: all
          .slice(1)
          .filter((child) => child.name === 'VariableName')
          .map((child) => chunk.textOf(child)),
        ...at,
      };
    case 'AssertStatement':
      return { kind: 'assert', test: lowerExpression(all[1], chunk), ...at };
    case 'RaiseStatement':
      return { kind: 'raise', ...at };
    case 'BreakStatement':
      return { kind: 'break', ...at };
    case 'ContinueStatement':
      return { kind: 'continue', ...at };
    case 'MatchStatement':
      return lowerMatch(all, chunk, at);
    case 'StatementGroup':
      // `a; b` on one line: a block that always runs.
      return {
        kind: 'if',
        branches: [],
        otherwise: all.filter((child) => child.name !== ';').map((child) => lowerStatement(child, chunk)),
        ...at,
      };
    case 'PassStatement':
    case 'PrintStatement':
    case 'TypeDefinition':
      return { kind: 'pass', ...at };
    default:
      return { kind: 'unreadable', ...at };
  }
}

interface At {
  readonly start: number;
  readonly end: number;
}

/** Statements of a block, each with the shape comments before it and at its end. */
export function lowerBody(node: SyntaxNode, chunk: Chunk): Statement[] {
  const statements: Statement[] = [];
  let waiting: ShapeNote[] = [];
  let lastEnd = -1;
  for (let child = node.firstChild; child; child = child.nextSibling) {
    if (child.name === 'Comment') {
      const found = readShapeNotes(chunk.textOf(child));
      if (found.length === 0) continue;
      const sameLine =
        lastEnd >= 0 &&
        !chunk
          .textOf({ from: lastEnd - 1, to: child.from })
          .trimEnd()
          .includes('\n');
      if (sameLine) {
        const last = statements.pop()!;
        statements.push({
          ...last,
          notes: [...(last.notes ?? []), ...found.map((note) => ({ ...note, trailing: true }))],
        });
      } else waiting.push(...found);
    } else if (child.name !== ':' && !child.type.isError) {
      const statement = lowerStatement(child, chunk);
      statements.push(waiting.length > 0 ? { ...statement, notes: waiting } : statement);
      waiting = [];
      lastEnd = child.to;
    }
  }
  return statements;
}

function lowerAssign(all: readonly SyntaxNode[], chunk: Chunk, at: At): Statement {
  const sides: SyntaxNode[][] = [[]];
  let annotation: Expression | undefined;
  for (const child of all) {
    if (child.name === 'AssignOp') sides.push([]);
    else if (child.name === 'TypeDef')
      annotation = lowerExpression(
        children(child).find((each) => each.name !== ':'),
        chunk,
      );
    else sides.at(-1)!.push(child);
  }
  if (sides.length === 1) return { kind: 'assign', targets: [lowerTargets(sides[0], chunk)], annotation, ...at };
  return {
    kind: 'assign',
    targets: sides.slice(0, -1).map((side) => lowerTargets(side, chunk)),
    value: lowerTargets(sides.at(-1)!, chunk),
    annotation,
    ...at,
  };
}

function lowerFunction(
  node: SyntaxNode,
  all: readonly SyntaxNode[],
  chunk: Chunk,
  decorators: readonly Expression[],
): Statement {
  const name = all.find((child) => child.name === 'VariableName');
  const bodyNode = all.find((child) => child.name === 'Body');
  let lowered: readonly Statement[] | undefined;
  return {
    kind: 'function',
    name: name ? chunk.textOf(name) : '',
    nameStart: chunk.relative(name?.from ?? node.from),
    parameters: lowerParameters(
      all.find((child) => child.name === 'ParamList'),
      chunk,
    ),
    decorators,
    body: () => (lowered ??= bodyNode ? lowerBody(bodyNode, chunk) : []),
    chunk,
    isAsync: all[0]?.name === 'async',
    start: chunk.relative(node.from),
    end: chunk.relative(node.to),
  };
}

/** A decorator is a dotted name with an argument list, not an expression, in this grammar. */
function lowerDecorator(node: SyntaxNode, chunk: Chunk): Expression {
  const at = { start: chunk.relative(node.from), end: chunk.relative(node.to) };
  const all = children(node);
  const names = all.filter((child) => child.name === 'VariableName' || child.name === 'PropertyName');
  const list = all.find((child) => child.name === 'ArgList');
  const callee = names.reduce<Expression | undefined>(
    (object, each): Expression =>
      object
        ? { kind: 'attribute', object, name: chunk.textOf(each), ...at }
        : { kind: 'name', name: chunk.textOf(each), ...at },
    undefined,
  );
  if (!callee) return { kind: 'unreadable', ...at };
  return list
    ? { kind: 'call', callee, arguments: lowerArguments(list, chunk), insertAt: at.end - 1, chunk, ...at }
    : callee;
}

function lowerIf(all: readonly SyntaxNode[], chunk: Chunk, at: At): Statement {
  const branches: { test: Expression; body: Statement[] }[] = [];
  let otherwise: Statement[] = [];
  let test: SyntaxNode | undefined;
  let inElse = false;
  for (const child of all) {
    if (child.name === 'if' || child.name === 'elif') test = undefined;
    else if (child.name === 'else') inElse = true;
    else if (child.name !== 'Body') test = child;
    else if (inElse) otherwise = lowerBody(child, chunk);
    else branches.push({ test: lowerExpression(test, chunk), body: lowerBody(child, chunk) });
  }
  return { kind: 'if', branches, otherwise, ...at };
}

function lowerWithItems(all: readonly SyntaxNode[], chunk: Chunk): (readonly [Expression, Expression | undefined])[] {
  const items: [Expression, Expression | undefined][] = [];
  let alias = false;
  for (const child of all) {
    if (child.name === 'Body') break;
    if (child.name === 'as') alias = true;
    else if (![',', 'with', 'async', '(', ')'].includes(child.name)) {
      if (alias && items.length > 0) items.at(-1)![1] = lowerExpression(child, chunk);
      else items.push([lowerExpression(child, chunk), undefined]);
      alias = false;
    }
  }
  return items;
}

function lowerTry(all: readonly SyntaxNode[], chunk: Chunk, at: At): Statement {
  const parts = {
    body: [] as Statement[],
    handlers: [] as Statement[][],
    otherwise: [] as Statement[],
    final: [] as Statement[],
  };
  let section = 'try';
  for (const child of all) {
    if (['try', 'except', 'else', 'finally'].includes(child.name)) section = child.name;
    else if (child.name === 'Body') {
      const body = lowerBody(child, chunk);
      if (section === 'try') parts.body = body;
      else if (section === 'except') parts.handlers.push(body);
      else if (section === 'else') parts.otherwise = body;
      else parts.final = body;
    }
  }
  return { kind: 'try', ...parts, ...at };
}

function lowerImport(all: readonly SyntaxNode[], chunk: Chunk, at: At): Statement {
  const from = all[0]?.name === 'from';
  const importAt = all.findIndex((child) => child.name === 'import');
  const names: { name: string; alias?: string }[] = [];
  let alias = false;
  let dotted = false;
  for (const child of all.slice(importAt + 1)) {
    const text = chunk.textOf(child);
    if (text === '*') return { kind: 'from', ...lowerModule(all.slice(1, importAt), chunk), names: '*', ...at };
    if (child.name === 'as') alias = true;
    else if (child.name === '.') dotted = true;
    else if (child.name === 'VariableName') {
      // While it is being typed either may stand there without the name before it.
      const last = names.at(-1);
      if (alias && last) last.alias = text;
      else if (dotted && last) last.name += `.${text}`;
      else names.push({ name: text });
      alias = dotted = false;
    }
  }
  const imported: readonly ImportedName[] = names;
  return from
    ? { kind: 'from', ...lowerModule(all.slice(1, importAt), chunk), names: imported, ...at }
    : { kind: 'import', names: imported, ...at };
}

function lowerModule(nodes: readonly SyntaxNode[], chunk: Chunk): { module: string; level: number } {
  const text = nodes.map((node) => chunk.textOf(node)).join('');
  const level = /^\.*/.exec(text)![0].length;
  return { module: text.slice(level), level };
}

function lowerMatch(all: readonly SyntaxNode[], chunk: Chunk, at: At): Statement {
  const subject = all.find((child) => child.name !== 'match');
  const body = all.find((child) => child.name === 'MatchBody');
  const cases = (body ? children(body) : [])
    .filter((child) => child.name === 'MatchClause')
    .map((clause): MatchCase => {
      const parts = children(clause);
      const pattern = parts.find((child) => child.name.endsWith('Pattern'));
      const inner = parts.find((child) => child.name === 'Body');
      const guarded = parts.some((child) => child.name === 'Guard');
      return {
        literals: guarded || !pattern ? undefined : literalsOf(pattern, chunk),
        body: inner ? lowerBody(inner, chunk) : [],
      };
    });
  return { kind: 'match', subject: lowerExpression(subject, chunk), cases, ...at };
}

function literalsOf(pattern: SyntaxNode, chunk: Chunk): Expression[] | undefined {
  if (pattern.name === 'CapturePattern') return chunk.textOf(pattern) === '_' ? [] : undefined;
  if (pattern.name === 'LiteralPattern') return [lowerExpression(children(pattern)[0], chunk)];
  if (pattern.name !== 'OrPattern') return undefined;
  const options = children(pattern)
    .filter((child) => child.name.endsWith('Pattern'))
    .map((child) => literalsOf(child, chunk));
  return options.every((each) => each !== undefined) ? options.flat() : undefined;
}
