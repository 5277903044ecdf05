import type { Expression, Statement } from '../syntax/ast';

/** Methods of a module or of what it holds that change which modules there are, or what they do. */
const CHANGING = new RegExp(
  '^(add_module|add_sublayer|register_\\w+|append|extend|insert|update|pop|popitem|setdefault|clear|__setattr__|' +
    '__setitem__|__delattr__|apply|train|eval|resize_\\w*|set_)$',
);

const known = new WeakMap<object, boolean>();

/**
 * Whether running this for each module of a network can change no module and no variable: so are the loops that give
 * weights their first values. They are worth telling apart, since a network has hundreds of modules.
 */
export function leavesModules(body: readonly Statement[] | Expression): boolean {
  let answer = known.get(body);
  if (answer === undefined) known.set(body, (answer = leaves(body)));
  return answer;
}

/** All statements but `if`, `for`, `with` and expressions, and the expressions that assign. */
const CHANGING_KINDS = new Set(
  (
    'assign update return while try import from delete scope assert match type raise break continue function class ' +
    'unreadable named yield'
  ).split(' '),
);

function leaves(node: unknown): boolean {
  if (Array.isArray(node)) return node.every(leaves);
  if (typeof node !== 'object' || node === null) return true;
  const { kind } = node as { kind?: unknown };
  if (typeof kind === 'string') {
    if (CHANGING_KINDS.has(kind)) return false;
    if (kind === 'call' && !isHarmless((node as Expression & { kind: 'call' }).callee)) return false;
  }
  return Object.entries(node).every(([key, part]) => key === 'chunk' || leaves(part));
}

const HARMLESS = /^(isinstance|issubclass|hasattr|getattr|print|len|type|str|int|float)$/;

/** Functions of the program may do anything; those of frameworks and tensors under other names change values only. */
function isHarmless(callee: Expression): boolean {
  if (callee.kind === 'name') return HARMLESS.test(callee.name);
  const ofSelf = callee.kind === 'attribute' && callee.object.kind === 'name' && callee.object.name === 'self';
  return callee.kind === 'attribute' && !CHANGING.test(callee.name) && !ofSelf;
}
