import { mentionUse } from '../findings/mentions';
import { holding, numbersOf } from '../model/contents';
import { doubting } from '../model/doubt';
import { type Frame, placeOf } from '../model/frame';
import type { Machine } from '../model/machine';
import { dict, FALSE, list, NO_ARGUMENTS, NO_KEYWORDS, NONE, number, string, TRUE, unknown } from '../model/make';
import { forgotten } from '../model/tensor';
import { formattedText, reprOf, textOf } from '../model/text';
import { truthOf, truthValue } from '../model/truth';
import { type Arguments, type CallPlace, type DictValue, Scope, type Value } from '../model/value';
import { broadcast, withAnything } from '../shapes/elementwise';
import { combined, OPERATIONS } from '../shapes/numbers';
import type { CompareOperator, Argument, Call, Comprehension, Expression } from '../syntax/ast';
import { variablesOf } from './attributes';
import { makeLambda } from './functions';
import { runLazily } from './generators';
import { goThrough, iterator, setOf } from './iteration';
import { join } from './join';
import { alsoStirring } from '../model/staleness';
import { followingNames } from './staleness';
import { assignedIn, makesFunctions, namesOf, namesWithin } from './names';
import { unary } from './operators';
import { refuse } from '../shapes/problems';
import { misfitOf } from './ownArguments';
import { assignName, lookUpOrUnknown } from './scope';
import { truthIn } from './truthiness';
import { either } from './undecided';

/** The value of an expression; `unknown` where it cannot be told, never a guess. */
export function evaluate(machine: Machine, frame: Frame, node: Expression): Value {
  return machine.witness
    ? machine.witness.follow(frame, node, () => valueOf(machine, frame, node))
    : valueOf(machine, frame, node);
}

function valueOf(machine: Machine, frame: Frame, node: Expression): Value {
  machine.step();
  // The commonest kinds first: that is the order in which they are compared.
  switch (node.kind) {
    case 'name':
      return lookUpOrUnknown(machine, frame.scope, node.name);
    case 'call':
      return evaluateCall(machine, frame, node);
    case 'attribute':
      return machine.attribute(evaluate(machine, frame, node.object), node.name);
    case 'number':
      // An imaginary number has no place in a size.
      return Number.isNaN(node.value) ? unknown() : number(node.value, node.float);
    case 'string':
      return string(node.value);
    case 'constant':
      return node.value === null ? NONE : node.value ? TRUE : FALSE;
    case 'ellipsis':
      return { kind: 'ellipsis' };
    case 'fstring':
      return formatted(machine, frame, node.parts);
    case 'template':
      formatted(machine, frame, node.parts);
      return unknown();
    case 'formatted':
      return formattedPart(machine, frame, node);
    case 'tuple':
    case 'list':
    case 'set': {
      const { items, open } = spread(machine, frame, node.items);
      return made(machine, node.kind === 'set' ? setOf(open ? undefined : items) : { kind: node.kind, items, open });
    }
    case 'dict':
      return made(machine, dictionary(machine, frame, node.entries));
    case 'subscript':
      return machine.subscript(
        evaluate(machine, frame, node.object),
        evaluate(machine, frame, node.index),
        placeOf(node, frame),
      );
    case 'slice': {
      const part = (each: Expression | undefined): Value => (each ? evaluate(machine, frame, each) : NONE);
      return { kind: 'slice', lower: part(node.lower), upper: part(node.upper), step: part(node.step) };
    }
    case 'unary':
      return unary(machine, node.operator, evaluate(machine, frame, node.operand));
    case 'binary':
      return machine.binary(
        node.operator,
        evaluate(machine, frame, node.left),
        evaluate(machine, frame, node.right),
        placeOf(node, frame),
      );
    case 'logic':
      return logic(machine, frame, node.operator, node.left, node.right);
    case 'compare':
      return comparison(machine, frame, node.first, node.rest);
    case 'conditional': {
      const test = evaluate(machine, frame, node.test);
      const truth = truthIn(machine, test);
      if (truth !== undefined) return evaluate(machine, frame, truth ? node.then : node.otherwise);
      return either(
        machine,
        () => evaluate(machine, frame, node.then),
        () => evaluate(machine, frame, node.otherwise),
      );
    }
    case 'lambda':
      return makeLambda(machine, frame, node);
    case 'comprehension':
      return made(machine, comprehension(machine, frame, node));
    case 'starred':
      return evaluate(machine, frame, node.value);
    case 'named': {
      const value = evaluate(machine, frame, node.value);
      machine.assign(frame, node.target, value);
      return value;
    }
    case 'yield': {
      const value = node.value ? evaluate(machine, frame, node.value) : NONE;
      frame.yields ??= [];
      // How often it comes here is not known.
      if (machine.mode.forked) frame.open = true;
      const before = frame.yields.length;
      if (node.from) frame.yields.push(...(goThrough(machine, value) ?? [unknown()]));
      else if (frame.entered) frame.entered(value);
      else frame.yields.push(value);
      frame.yielded?.(frame.yields.length - before, node.from);
      return unknown();
    }
    case 'unreadable':
      return unknown();
    default:
      return node satisfies never;
  }
}

function made<Made extends Value>(machine: Machine, value: Made): Made {
  machine.noteMade(value);
  return value;
}

function spread(machine: Machine, frame: Frame, nodes: readonly Expression[]): { items: Value[]; open: boolean } {
  if (!nodes.some(({ kind }) => kind === 'starred'))
    return { items: nodes.map((node) => evaluate(machine, frame, node)), open: false };
  const items: Value[] = [];
  let open = false;
  for (const node of nodes) {
    const value = evaluate(machine, frame, node);
    if (node.kind !== 'starred') items.push(value);
    else {
      const inner = goThrough(machine, value);
      if (inner) items.push(...inner);
      else open = true;
    }
  }
  return { items, open };
}

function dictionary(
  machine: Machine,
  frame: Frame,
  entries: readonly (readonly [Expression | undefined, Expression])[],
): DictValue {
  const pairs: (readonly [Value, Value])[] = [];
  let open = false;
  for (const [key, node] of entries) {
    const value = evaluate(machine, frame, node);
    if (key) pairs.push([evaluate(machine, frame, key), value]);
    else if (value.kind === 'dict') {
      pairs.push(...value.entries.values());
      open ||= value.open;
    } else open = true;
  }
  return dict(pairs, open);
}

function formatted(machine: Machine, frame: Frame, parts: readonly (string | Expression)[]): Value {
  const pieces = parts.map((part) => (typeof part === 'string' ? part : textOf(evaluate(machine, frame, part))));
  return pieces.includes(undefined) ? unknown() : string(pieces.join(''));
}

/** `{value!r:>10}` */
function formattedPart(machine: Machine, frame: Frame, node: Expression & { kind: 'formatted' }): Value {
  const value = evaluate(machine, frame, node.value);
  const spec = formatted(machine, frame, node.spec);
  if (spec.kind !== 'string') return unknown();
  const isPlain = value.kind !== 'string' || node.conversion === undefined || node.conversion === 's';
  if (spec.value !== '') {
    const wide = node.conversion === undefined ? formattedText(value, spec.value) : undefined;
    return wide === undefined ? unknown() : string(wide);
  }
  if (isPlain) return value;
  const text = reprOf(value);
  return text === undefined ? unknown() : string(text);
}

/** The arguments of most calls, by position alone: a list of just their number, which does not have to grow. */
function plainArguments(machine: Machine, frame: Frame, nodes: readonly Argument[]): Arguments | undefined {
  if (nodes.length === 0) return NO_ARGUMENTS;
  for (const { name, star } of nodes) if (name !== undefined || star) return undefined;
  return { positional: nodes.map(({ value }) => evaluate(machine, frame, value)), keywords: NO_KEYWORDS, open: false };
}

export function evaluateArguments(machine: Machine, frame: Frame, nodes: readonly Argument[]): Arguments {
  const plain = plainArguments(machine, frame, nodes);
  if (plain) return plain;
  const positional: Value[] = [];
  let keywords: Map<string, Value> | undefined;
  let open = false;
  for (const { name, star, value: node } of nodes) {
    const value = evaluate(machine, frame, node);
    if (star === '*') {
      const items = goThrough(machine, value);
      if (items) positional.push(...items);
      else open = true;
    } else if (star === '**') {
      if (value.kind === 'dict')
        for (const [key, each] of value.entries.values())
          if (key.kind === 'string') (keywords ??= new Map()).set(key.value, each);
      open ||= value.kind !== 'dict' || value.open;
    } else if (name !== undefined) (keywords ??= new Map()).set(name, value);
    else positional.push(value);
  }
  return { positional, keywords: keywords ?? NO_KEYWORDS, open };
}

/** What calls without arguments give that are about the place where they stand. */
function aboutFrame(frame: Frame, name: string): Value | undefined {
  switch (name) {
    case 'super':
      return frame.self && frame.owner ? { kind: 'super', self: frame.self, after: frame.owner } : unknown();
    case 'locals':
    case 'vars':
      return dict([...frame.scope.variables].map(([each, value]) => [string(each), value] as const));
    case 'globals':
      return variablesOf(frame.scope.module.scope.variables);
    default:
      return undefined;
  }
}

/** `exec(text)` may set every variable that it names, and anything in the dictionary that it is given. */
function executed(machine: Machine, frame: Frame, { positional: [text, variables] }: Arguments): void {
  if (variables?.kind === 'dict') {
    machine.touch(variables);
    variables.entries.clear();
    variables.open = true;
  } else if (text?.kind === 'string' && frame.scope === frame.scope.module.scope)
    for (const [name] of text.value.matchAll(/[^\W\d]\w*/gu))
      if (frame.scope.variables.has(name)) assignName(machine, frame.scope, name, unknown(name));
}

function evaluateCall(machine: Machine, frame: Frame, node: Call): Value {
  const ofFrame = node.arguments.length === 0 && node.callee.kind === 'name' && aboutFrame(frame, node.callee.name);
  if (ofFrame) return ofFrame;
  const callee = evaluate(machine, frame, node.callee);
  const args = evaluateArguments(machine, frame, node.arguments);
  mentionUse(machine, callee, node, frame);
  if (node.callee.kind === 'name' && node.callee.name === 'exec') executed(machine, frame, args);
  const misfit = misfitOf(machine, callee, args, node);
  return misfit ? refuse(machine, node, misfit) : machine.call(callee, args, node);
}

function logic(machine: Machine, frame: Frame, operator: 'and' | 'or', left: Expression, right: Expression): Value {
  const first = evaluate(machine, frame, left);
  const truth = truthIn(machine, first);
  if (truth !== undefined) return truth === (operator === 'or') ? first : evaluate(machine, frame, right);
  let second: Value | undefined;
  const other = either(
    machine,
    () => (second = evaluate(machine, frame, right)),
    () => first,
  );
  const joined = join(machine, first, other);
  if (!second || truthOf(second) !== (operator === 'or')) return joined;
  // `unknown and False` is false whatever the first is. `unknown or 3` is true, and yet may be another number.
  if (second.kind === 'bool') return truthValue(operator === 'or');
  return joined.kind === 'unknown' ? { ...joined, truth: operator === 'or' } : joined;
}

function comparison(
  machine: Machine,
  frame: Frame,
  first: Expression,
  rest: readonly (readonly [CompareOperator, Expression])[],
): Value {
  let left = evaluate(machine, frame, first);
  let all: boolean | undefined = true;
  for (const [operator, node] of rest) {
    const right = evaluate(machine, frame, node);
    if (rest.length === 1 && (left.kind === 'tensor' || right.kind === 'tensor') && !operator.includes('is')) {
      return compared(machine, operator, left, right, placeOf({ start: first.start, end: node.end }, frame));
    }
    const result = machine.compare(operator, left, right);
    if (result === false) return FALSE;
    if (result === undefined) all = undefined;
    left = right;
  }
  return truthValue(all);
}

/** A comparison of tensors, element by element. */
function compared(machine: Machine, operator: CompareOperator, left: Value, right: Value, at: CallPlace): Value {
  const both = left.kind === 'tensor' && right.kind === 'tensor' && !operator.includes('in');
  const one = left.kind === 'tensor' ? left : right;
  const other = one === left ? right : left;
  const shape = both
    ? doubting(machine, { ...NO_ARGUMENTS, positional: [left, right] }, () => broadcast(machine, [left, right], at))
    : one.kind === 'tensor' && other.kind === 'unknown'
      ? withAnything(machine, one)
      : one;
  if (shape.kind !== 'tensor') return shape.kind === 'unknown' && shape.failed ? shape : unknown();
  const [a, b] = [left, right].map(numbersOf);
  const name = OPERATIONS[operator];
  return holding(forgotten(shape), a && b && name ? combined(name, a, b) : undefined);
}

/** The scope of a comprehension, which Python gives to each. */
function innerScope(machine: Machine, { scope }: Frame): Scope {
  const inner = new Scope(scope.module, scope);
  machine.noteLocals(inner.variables);
  return inner;
}

/**
 * Comprehensions see the surrounding scope, and leave no names behind; their few names are set aside and put back. Only
 * a function that one makes goes on seeing them.
 */
function comprehension(machine: Machine, outer: Frame, node: Comprehension): Value {
  const frame = makesFunctions(node) ? { ...outer, scope: innerScope(machine, outer) } : outer;
  const items: Value[] = [];
  const pairs: (readonly [Value, Value])[] = [];
  const sources: Value[] = [];
  let open = false;
  const kept = new Map<string, Value | undefined>();
  for (const clause of node.clauses)
    for (const name of namesOf(clause.target)) kept.set(name, frame.scope.variables.get(name));
  const run = (depth: number, given?: () => void): void => {
    const clause = node.clauses[depth];
    if (!clause) {
      if (node.key) pairs.push([evaluate(machine, frame, node.key), evaluate(machine, frame, node.element)]);
      else if (node.result === 'dict') {
        const made = dictionary(machine, frame, [[node.key, node.element]]);
        pairs.push(...made.entries.values());
        open ||= made.open;
      } else if (node.element.kind !== 'starred') items.push(evaluate(machine, frame, node.element));
      else {
        const made = spread(machine, frame, [node.element]);
        items.push(...made.items);
        open ||= made.open;
      }
      given?.();
      return;
    }
    const source = evaluate(machine, depth === 0 ? outer : frame, clause.iterable);
    const values = goThrough(machine, source, node.result === 'generator');
    if (depth === 0 || node.result === 'generator') sources.push(source);
    if (!values) open = true;
    for (const value of values ?? [unknown()]) {
      machine.assign(frame, clause.target, value);
      if (clause.conditions.length > 0) {
        const tests = clause.conditions.map((condition) => truthOf(evaluate(machine, frame, condition)));
        if (tests.includes(false)) continue;
        if (tests.includes(undefined)) open = true;
      }
      run(depth + 1, given);
    }
  };
  let lazy: ReturnType<typeof runLazily> | undefined;
  if (node.result === 'generator') {
    const own = new Set([...kept.keys(), ...assignedIn(node)]);
    const around = { here: [frame.scope], scope: frame.scope, own };
    lazy = runLazily(machine, around, (given) => {
      run(0, given);
    });
  } else run(0);
  if (frame !== outer)
    for (const name of assignedIn(node)) {
      const value = frame.scope.variables.get(name);
      if (value) assignName(machine, outer.scope, name, value);
    }
  // A generator runs as far as it is asked to: what it assigns on its way may be what it was before.
  if (node.result === 'generator')
    for (const name of assignedIn(node)) assignName(machine, outer.scope, name, unknown(name));
  for (const [name, value] of frame === outer ? kept : []) {
    if (value) assignName(machine, frame.scope, name, value);
    else machine.removeVariable(frame.scope.variables, name);
  }
  if (node.result === 'dict') return dict(pairs, open);
  if (node.result === 'set') return setOf(open ? undefined : items);
  if (node.result === 'list') return list(open ? [] : items, open);
  const names = namesWithin(node).filter((name) => !kept.has(name));
  return alsoStirring(
    followingNames(iterator(open ? undefined : items), frame.scope, names, sources, lazy?.isOwn),
    lazy?.stirs,
  );
}
