import type { Frame } from '../model/frame';
import { iterate } from '../model/iterate';
import type { Machine } from '../model/machine';
import { dict, keyOfValue, list, unknown } from '../model/make';
import type { ClassValue, Value } from '../model/value';
import type { Pattern } from '../syntax/ast';
import { isInstance } from './isInstance';
import { assignName } from './scope';

/** Whether a value fits a pattern, when it can be told. */
export function matches(machine: Machine, frame: Frame, pattern: Pattern, value: Value): boolean | undefined {
  switch (pattern.kind) {
    case 'wildcard':
    case 'capture':
    case 'rest':
      return true;
    case 'value':
      return machine.compare('==', value, machine.evaluate(frame, pattern.value));
    case 'as':
      return matches(machine, frame, pattern.pattern, value);
    case 'or':
      return anyOf(pattern.options.map((option) => matches(machine, frame, option, value)));
    default: {
      const { fits, parts } = takeApart(machine, frame, pattern, value);
      if (fits === false) return false;
      return allOf([fits, ...parts.map(([inner, part]) => matches(machine, frame, inner, part))]);
    }
  }
}

/** Binds the names of a pattern that a value fits, or may fit. */
export function bindPattern(machine: Machine, frame: Frame, pattern: Pattern, value: Value): void {
  switch (pattern.kind) {
    case 'wildcard':
    case 'value':
      return;
    case 'capture':
    case 'rest':
      if (pattern.name !== undefined) assignName(machine, frame.scope, pattern.name, value);
      return;
    case 'as':
      bindPattern(machine, frame, pattern.pattern, value);
      assignName(machine, frame.scope, pattern.name, value);
      return;
    case 'or': {
      const fits = pattern.options.map((option) => matches(machine, frame, option, value));
      const first = fits.findIndex((each) => each !== false);
      // Which of them it is decides what the names are.
      const option = pattern.options[Math.max(0, first)];
      bindPattern(machine, frame, option, fits[first] === true ? value : unknown());
      return;
    }
    default: {
      const { parts } = takeApart(machine, frame, pattern, value);
      for (const [inner, part] of parts) bindPattern(machine, frame, inner, part);
      if (pattern.kind === 'mapping' && pattern.rest !== undefined)
        assignName(machine, frame.scope, pattern.rest, restOf(machine, frame, pattern, value));
    }
  }
}

const anyOf = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(true) ? true : parts.includes(undefined) ? undefined : false;

const allOf = (parts: readonly (boolean | undefined)[]): boolean | undefined =>
  parts.includes(false) ? false : parts.includes(undefined) ? undefined : true;

type Composed = Pattern & { kind: 'sequence' | 'mapping' | 'class' };

/** Whether the value is of the pattern's kind, and what of it stands for which of its parts. */
interface Parts {
  readonly fits: boolean | undefined;
  readonly parts: readonly (readonly [Pattern, Value])[];
}

function takeApart(machine: Machine, frame: Frame, pattern: Composed, value: Value): Parts {
  if (pattern.kind === 'sequence') return sequenceParts(pattern.items, value);
  return pattern.kind === 'mapping'
    ? mappingParts(machine, frame, pattern, value)
    : classParts(machine, frame, pattern, value);
}

const untold = (patterns: readonly Pattern[], fits: boolean | undefined): Parts => ({
  fits,
  parts: patterns.map((pattern) => [pattern, unknown()] as const),
});

/** What can be nothing else, and so fits neither a sequence nor a mapping that it is not. */
const SETTLED: ReadonlySet<Value['kind']> = new Set<Value['kind']>([
  'number',
  'string',
  'bool',
  'none',
  'list',
  'tuple',
  'set',
  'dict',
  'range',
  'function',
  'class',
  'layer',
]);
const SEQUENCES: ReadonlySet<Value['kind']> = new Set<Value['kind']>(['list', 'tuple', 'range', 'shape']);

function sequenceParts(patterns: readonly Pattern[], value: Value): Parts {
  if (!SEQUENCES.has(value.kind)) return untold(patterns, SETTLED.has(value.kind) ? false : undefined);
  const items = iterate(value);
  if (!items) return untold(patterns, undefined);
  const star = patterns.findIndex((each) => each.kind === 'rest');
  const tail = patterns.length - star - 1;
  if (star < 0 ? items.length !== patterns.length : items.length < patterns.length - 1) return untold(patterns, false);
  const parts = patterns.map((pattern, index): readonly [Pattern, Value] => {
    if (index === star) return [pattern, list(items.slice(star, items.length - tail))];
    return [pattern, items[star >= 0 && index > star ? items.length - patterns.length + index : index]];
  });
  return { fits: true, parts };
}

function mappingParts(machine: Machine, frame: Frame, pattern: Pattern & { kind: 'mapping' }, value: Value): Parts {
  const inner = pattern.entries.map(([, each]) => each);
  if (value.kind !== 'dict') return untold(inner, SETTLED.has(value.kind) ? false : undefined);
  let fits: boolean | undefined = true;
  const parts = pattern.entries.map(([key, each]): readonly [Pattern, Value] => {
    const text = keyOfValue(machine.evaluate(frame, key));
    const found = text === undefined ? undefined : value.entries.get(text);
    if (!found) fits = fits === false || (text !== undefined && !value.open) ? false : undefined;
    return [each, found?.[1] ?? unknown()];
  });
  return { fits, parts };
}

function restOf(machine: Machine, frame: Frame, pattern: Pattern & { kind: 'mapping' }, value: Value): Value {
  if (value.kind !== 'dict') return unknown();
  const taken = new Set(pattern.entries.map(([key]) => keyOfValue(machine.evaluate(frame, key))));
  const left = [...value.entries].filter(([key]) => !taken.has(key)).map(([, pair]) => pair);
  return dict(left, value.open || taken.has(undefined));
}

/** Types whose only positional pattern is for the value itself. */
const ITSELF = new Set(['bool', 'bytes', 'dict', 'float', 'frozenset', 'int', 'list', 'set', 'str', 'tuple']);

function classParts(machine: Machine, frame: Frame, pattern: Pattern & { kind: 'class' }, value: Value): Parts {
  const type = machine.evaluate(frame, pattern.type);
  const names = pattern.keywords.map(([name, each]): readonly [Pattern, Value] => [
    each,
    value.kind === 'unknown' ? unknown() : machine.attribute(value, name),
  ]);
  const fits = isInstance(machine, value, type);
  if (pattern.positional.length === 0) return { fits, parts: names };
  if (type.kind === 'builtin' && ITSELF.has(type.name))
    return { fits, parts: [...pattern.positional.map((each) => [each, value] as const), ...names] };
  const fields = type.kind === 'class' ? positionalFields(type) : undefined;
  const parts = pattern.positional.map((each, index): readonly [Pattern, Value] => {
    const field = fields?.[index];
    return [each, field === undefined ? unknown() : machine.attribute(value, field)];
  });
  const told = fields !== undefined && pattern.positional.length <= fields.length;
  return { fits: told || fits === false ? fits : undefined, parts: [...parts, ...names] };
}

/** `__match_args__`, which a data class or a named tuple has by its fields. */
function positionalFields(type: ClassValue): readonly string[] | undefined {
  const given = type.members.get('__match_args__');
  if (!given) return type.fields.length > 0 ? type.fields.map(([name]) => name) : undefined;
  const names = iterate(given);
  return names?.every((each) => each.kind === 'string') ? names.map((each) => each.value) : undefined;
}
