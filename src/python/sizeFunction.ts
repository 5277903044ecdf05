import type { Dim } from './report';
import type { BinaryOperator, Expression } from './syntax/ast';
import { parseFile } from './syntax/parse';

type Values = Readonly<Record<string, number>>;

/**
 * What a printed size (`(W - 1)//2 + 1`) is worth, as a function of what its names stand for; of one whose names are
 * not all given nothing is known.
 */
export function sizeFunction(dim: Dim): (values: Values) => number | undefined {
  if (typeof dim === 'number') return () => dim;
  const statement = parseFile('', dim).chunks[0]?.statement;
  if (statement?.kind !== 'expression') return () => undefined;
  return (values) => valueOf(statement.value, values);
}

/** What sizes are printed with; Python's `//` rounds down. */
const OPERATIONS: Readonly<Partial<Record<BinaryOperator, (left: number, right: number) => number>>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '//': (left, right) => Math.floor(left / right),
  '**': (left, right) => left ** right,
};

const FUNCTIONS: Readonly<Record<string, (...sizes: number[]) => number>> = { max: Math.max, min: Math.min };

function valueOf(node: Expression, values: Values): number | undefined {
  switch (node.kind) {
    case 'number':
      return node.value;
    case 'name':
      return Object.hasOwn(values, node.name) ? values[node.name] : undefined;
    case 'unary': {
      const operand = valueOf(node.operand, values);
      return operand === undefined || node.operator !== '-' ? undefined : -operand;
    }
    case 'binary': {
      const [left, right] = [valueOf(node.left, values), valueOf(node.right, values)];
      return left === undefined || right === undefined ? undefined : OPERATIONS[node.operator]?.(left, right);
    }
    case 'call': {
      const given = node.arguments.flatMap(({ value }) => valueOf(value, values) ?? []);
      const act = node.callee.kind === 'name' ? FUNCTIONS[node.callee.name] : undefined;
      return given.length === node.arguments.length ? act?.(...given) : undefined;
    }
    default:
      return undefined;
  }
}
