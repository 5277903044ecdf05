import type { SyntaxNode } from '@lezer/common';
import type {
  Argument,
  BinaryOperator,
  CompareOperator,
  ComprehensionClause,
  Expression,
  Parameter,
  UnaryOperator,
} from './ast';
import type { Chunk } from './chunk';
import { readNumber, readString, stringFrame, unescape } from './literals';
import { isLogic, lowerLogic } from './logic';
import { children } from './nodes';

const partsOf = (node: SyntaxNode): SyntaxNode[] => children(node).filter((child) => !PUNCTUATION.has(child.name));

const PUNCTUATION = new Set(['(', ')', '[', ']', '{', '}', ',', ':', '=', ';', '.']);

/**
 * Most of a program is names, numbers, calls and members: these are made with nothing beside them for the collector of
 * garbage.
 */
export function lowerExpression(node: SyntaxNode | undefined, chunk: Chunk): Expression {
  if (!node) return { kind: 'unreadable', start: 0, end: 0 };
  const start = chunk.relative(node.from);
  const end = chunk.relative(node.to);
  switch (node.name) {
    case 'VariableName':
      return { kind: 'name', name: chunk.textOf(node), start, end };
    case 'Number':
      return { kind: 'number', ...readNumber(chunk.textOf(node)), start, end };
    case 'CallExpression': {
      const [callee, list] = children(node);
      return {
        kind: 'call',
        callee: lowerExpression(callee, chunk),
        arguments: list ? lowerArguments(list, chunk) : [],
        insertAt: end - 1,
        chunk,
        start,
        end,
      };
    }
    case 'MemberExpression':
      return lowerMember(node, chunk, { start, end });
    default:
      return lowerOther(node, chunk, { start, end });
  }
}

interface At {
  readonly start: number;
  readonly end: number;
}

function lowerOther(node: SyntaxNode, chunk: Chunk, at: At): Expression {
  const lower = (child: SyntaxNode | undefined): Expression => lowerExpression(child, chunk);
  switch (node.name) {
    case 'String':
      return { kind: 'string', value: readString(chunk.textOf(node)), ...at };
    case 'FormatString':
      return { kind: 'fstring', parts: lowerFormat(node, chunk), ...at };
    case 'ContinuedString': {
      const pieces = children(node).map(lower);
      if (pieces.every((piece) => piece.kind === 'string'))
        return { kind: 'string', value: pieces.map((piece) => piece.value).join(''), ...at };
      return {
        kind: 'fstring',
        parts: pieces.flatMap((piece) =>
          piece.kind === 'fstring' ? piece.parts : piece.kind === 'string' ? [piece.value] : [piece],
        ),
        ...at,
      };
    }
    case 'Boolean':
      return { kind: 'constant', value: chunk.textOf(node) === 'True', ...at };
    case 'None':
      return { kind: 'constant', value: null, ...at };
    case '...':
    case 'Ellipsis':
      return { kind: 'ellipsis', ...at };
    case 'ParenthesizedExpression': {
      const inner = lower(partsOf(node)[0]);
      return inner.kind === 'compare' ? { ...inner, ...at } : inner;
    }
    case 'TupleExpression':
      return { kind: 'tuple', items: lowerItems(node, chunk), ...at };
    case 'ArrayExpression':
      return { kind: 'list', items: lowerItems(node, chunk), ...at };
    case 'SetExpression':
      return { kind: 'set', items: lowerItems(node, chunk), ...at };
    case 'DictionaryExpression':
      return { kind: 'dict', entries: lowerEntries(node, chunk), ...at };
    case 'BinaryExpression':
      return isLogic(node) ? lowerLogic(node, chunk, lower) : lowerBinary(node, chunk, at);
    case 'UnaryExpression': {
      if (isLogic(node)) return lowerLogic(node, chunk, lower);
      const [operator, operand] = children(node);
      return { kind: 'unary', operator: chunk.textOf(operator) as UnaryOperator, operand: lower(operand), ...at };
    }
    case 'ConditionalExpression': {
      const [then, , test, , otherwise] = children(node);
      return { kind: 'conditional', then: lower(then), test: lower(test), otherwise: lower(otherwise), ...at };
    }
    case 'LambdaExpression': {
      const all = children(node);
      return {
        kind: 'lambda',
        parameters: lowerParameters(
          all.find((child) => child.name === 'ParamList'),
          chunk,
        ),
        body: lower(all.at(-1)),
        ...at,
      };
    }
    case 'NamedExpression': {
      const [target, , value] = children(node);
      return { kind: 'named', target: lower(target), value: lower(value), ...at };
    }
    case 'AwaitExpression':
      return lower(partsOf(node).at(-1));
    case 'YieldExpression': {
      const all = partsOf(node).filter((child) => child.name !== 'yield');
      const from = all[0]?.name === 'from';
      const value = from ? all[1] : all[0];
      return { kind: 'yield', from, value: value && lower(value), ...at };
    }
    case 'ArrayComprehensionExpression':
    case 'SetComprehensionExpression':
    case 'ComprehensionExpression':
    case 'DictionaryComprehensionExpression':
      return lowerComprehension(node, chunk);
    default:
      return { kind: 'unreadable', ...at };
  }
}

/** Elements separated by commas, `*x` among them. */
export function lowerList(nodes: readonly SyntaxNode[], chunk: Chunk): Expression[] {
  const items: Expression[] = [];
  for (let at = 0; at < nodes.length; at++) {
    const node = nodes[at];
    if (node.name === '*' || chunkStar(node, chunk)) {
      const value = lowerExpression(nodes[++at], chunk);
      items.push({ kind: 'starred', value, start: chunk.relative(node.from), end: value.end });
    } else if (!PUNCTUATION.has(node.name)) items.push(lowerExpression(node, chunk));
  }
  return items;
}

const chunkStar = (node: SyntaxNode, chunk: Chunk): boolean => node.name === 'ArithOp' && chunk.textOf(node) === '*';

const lowerItems = (node: SyntaxNode, chunk: Chunk): Expression[] => lowerList(children(node), chunk);

function lowerEntries(node: SyntaxNode, chunk: Chunk): (readonly [Expression | undefined, Expression])[] {
  const all = children(node).filter((child) => !PUNCTUATION.has(child.name));
  const entries: (readonly [Expression | undefined, Expression])[] = [];
  for (let at = 0; at < all.length;) {
    if (all[at].name === '**' || chunk.textOf(all[at]) === '**') {
      entries.push([undefined, lowerExpression(all[at + 1], chunk)]);
    } else entries.push([lowerExpression(all[at], chunk), lowerExpression(all[at + 1], chunk)]);
    at += 2;
  }
  return entries;
}

export function lowerArguments(list: SyntaxNode, chunk: Chunk): Argument[] {
  const found: Argument[] = [];
  let group: SyntaxNode[] = [];
  const close = (): void => {
    if (group.length > 0) found.push(lowerArgument(group, chunk));
    group = [];
  };
  for (let child = list.firstChild; child; child = child.nextSibling) {
    const { name, type } = child;
    if (name === ',') close();
    else if (name !== '(' && name !== ')' && name !== 'Comment' && !type.isError) group.push(child);
  }
  close();
  return found;
}

function lowerArgument(group: readonly SyntaxNode[], chunk: Chunk): Argument {
  const first = chunk.textOf(group[0]);
  if (group.some((node) => node.name === 'for')) return { value: lowerGenerator(group, chunk) };
  if (first === '*' || first === '**') return { star: first, value: lowerExpression(group[1], chunk) };
  if (group[1]?.name === 'AssignOp') return { name: first, value: lowerExpression(group[2], chunk) };
  return { value: lowerExpression(group[0], chunk) };
}

function lowerMember(node: SyntaxNode, chunk: Chunk, at: At): Expression {
  const all = children(node);
  const object = lowerExpression(all[0], chunk);
  if (all[1]?.name === '.')
    return { kind: 'attribute', object, name: all[2] ? chunk.textOf(all[2]) : '', start: at.start, end: at.end };
  // Subscript: split at commas, and each part at its colons.
  const groups: SyntaxNode[][] = [[]];
  let commas = 0;
  for (const child of all.slice(1)) {
    if (child.name === ',') {
      groups.push([]);
      commas++;
    } else if (child.name !== '[' && child.name !== ']') groups.at(-1)!.push(child);
  }
  const parts = groups.filter((group) => group.length > 0).map((group) => lowerIndex(group, chunk));
  const index: Expression =
    commas > 0
      ? { kind: 'tuple', items: parts, start: parts[0]?.start ?? at.start, end: parts.at(-1)?.end ?? at.end }
      : (parts[0] ?? { kind: 'unreadable', ...at });
  return { kind: 'subscript', object, index, ...at };
}

function lowerIndex(group: readonly SyntaxNode[], chunk: Chunk): Expression {
  if (!group.some((node) => node.name === ':')) return lowerExpression(group[0], chunk);
  const bounds: (Expression | undefined)[] = [undefined, undefined, undefined];
  let which = 0;
  for (const node of group) {
    if (node.name === ':') which++;
    else bounds[which] = lowerExpression(node, chunk);
  }
  return {
    kind: 'slice',
    lower: bounds[0],
    upper: bounds[1],
    step: bounds[2],
    start: chunk.relative(group[0].from),
    end: chunk.relative(group.at(-1)!.to),
  };
}

function lowerBinary(node: SyntaxNode, chunk: Chunk, at: At): Expression {
  const all = children(node);
  const left = lowerExpression(all[0], chunk);
  const right = lowerExpression(all.at(-1), chunk);
  const operator = all
    .slice(1, -1)
    .map((child) => chunk.textOf(child))
    .join(' ');
  if (/^(<|>|<=|>=|==|!=|<>|in|not in|is|is not)$/.test(operator)) {
    const compare = operator as CompareOperator;
    const chained = left.kind === 'compare' && all[0].name === 'BinaryExpression';
    return chained
      ? { ...left, rest: [...left.rest, [compare, right]], ...at }
      : { kind: 'compare', first: left, rest: [[compare, right]], ...at };
  }
  return { kind: 'binary', operator: operator as BinaryOperator, left, right, ...at };
}

function lowerFormat(node: SyntaxNode, chunk: Chunk): (string | Expression)[] {
  const text = chunk.textOf(node);
  const { head, quotes, raw } = stringFrame(text);
  const parts: (string | Expression)[] = [];
  const literal = (from: number, to: number): void => {
    const piece = text.slice(from, to).replaceAll('{{', '{').replaceAll('}}', '}');
    if (piece) parts.push(raw ? piece : unescape(piece));
  };
  let position = head;
  for (const child of children(node)) {
    if (child.name !== 'FormatReplacement') continue;
    literal(position, child.from - node.from);
    const inside = children(child).filter((each) => !PUNCTUATION.has(each.name));
    // A format specification changes the text in ways not followed here; the whole then is not known.
    parts.push(
      inside.some((each) => each.name === 'FormatSpec')
        ? { kind: 'unreadable', start: 0, end: 0 }
        : lowerExpression(inside[0], chunk),
    );
    position = child.to - node.from;
  }
  literal(position, text.length - quotes);
  return parts;
}

function lowerComprehension(node: SyntaxNode, chunk: Chunk): Expression {
  const all = children(node).filter((child) => !['(', ')', '[', ']', '{', '}'].includes(child.name));
  const at = { start: chunk.relative(node.from), end: chunk.relative(node.to) };
  const result = node.name.startsWith('Array')
    ? 'list'
    : node.name.startsWith('Set')
      ? 'set'
      : node.name.startsWith('Dict')
        ? 'dict'
        : 'generator';
  const first = all.findIndex((child) => child.name === 'for' || child.name === 'async');
  const head = all.slice(0, first);
  const clauses = lowerClauses(all.slice(first), chunk);
  if (result === 'dict') {
    const [key, , element] = head;
    return {
      kind: 'comprehension',
      result,
      key: lowerExpression(key, chunk),
      element: lowerExpression(element, chunk),
      clauses,
      ...at,
    };
  }
  return { kind: 'comprehension', result, element: lowerExpression(head.at(-1), chunk), clauses, ...at };
}

function lowerGenerator(group: readonly SyntaxNode[], chunk: Chunk): Expression {
  const first = group.findIndex((child) => child.name === 'for');
  return {
    kind: 'comprehension',
    result: 'generator',
    element: lowerExpression(group[0], chunk),
    clauses: lowerClauses(group.slice(first), chunk),
    start: chunk.relative(group[0].from),
    end: chunk.relative(group.at(-1)!.to),
  };
}

function lowerClauses(nodes: readonly SyntaxNode[], chunk: Chunk): ComprehensionClause[] {
  const clauses: (ComprehensionClause & { conditions: Expression[] })[] = [];
  let at = 0;
  while (at < nodes.length) {
    const name = nodes[at].name;
    if (name === 'for') {
      const inAt = nodes.findIndex((node, index) => index > at && node.name === 'in');
      const targets = nodes.slice(at + 1, inAt);
      const iterable = lowerExpression(nodes[inAt + 1], chunk);
      clauses.push({ target: lowerTargets(targets, chunk), iterable, conditions: [] });
      at = inAt < 0 ? nodes.length : inAt + 2;
    } else if (name === 'if') {
      clauses.at(-1)?.conditions.push(lowerExpression(nodes[at + 1], chunk));
      at += 2;
    } else at++;
  }
  return clauses;
}

/** `a` or `a, b`: one target, or a tuple of them. */
export function lowerTargets(nodes: readonly SyntaxNode[], chunk: Chunk): Expression {
  const [only] = nodes;
  if (nodes.length === 1 && only.name !== '*' && only.name !== 'ArithOp' && !PUNCTUATION.has(only.name))
    return lowerExpression(only, chunk);
  const items = lowerList(nodes, chunk);
  const commas = nodes.some((node) => node.name === ',');
  if (items.length === 1 && !commas) return items[0];
  return { kind: 'tuple', items, start: items[0]?.start ?? 0, end: items.at(-1)?.end ?? 0 };
}

export function lowerParameters(list: SyntaxNode | undefined, chunk: Chunk): Parameter[] {
  if (!list) return [];
  const groups: SyntaxNode[][] = [[]];
  for (const child of children(list)) {
    if (child.name === ',') groups.push([]);
    else if (child.name !== '(' && child.name !== ')') groups.at(-1)!.push(child);
  }
  let keywordOnly = false;
  return groups.flatMap((group): Parameter[] => {
    const star = group[0] && /^\*{1,2}$/.test(chunk.textOf(group[0])) ? chunk.textOf(group[0]) : undefined;
    const variable = group.find((node) => node.name === 'VariableName');
    if (star === '*' && !variable) keywordOnly = true;
    if (!variable) return [];
    const assign = group.findIndex((node) => node.name === 'AssignOp');
    const type = group.find((node) => node.name === 'TypeDef');
    const annotation = type && children(type).find((node) => node.name !== ':');
    const kind = star === '*' ? 'star' : star === '**' ? 'doubleStar' : keywordOnly ? 'keywordOnly' : 'plain';
    if (star === '*') keywordOnly = true;
    return [
      {
        name: chunk.textOf(variable),
        kind,
        initial: assign >= 0 ? lowerExpression(group[assign + 1], chunk) : undefined,
        annotation: annotation && lowerExpression(annotation, chunk),
        start: chunk.relative(variable.from),
        end: chunk.relative(variable.to),
      },
    ];
  });
}
