import type { Value } from '../model/value';

type Kind = Value['kind'];

/** Kinds of values of which it is known what Python's abstract classes say; a class or an instance may be anything. */
const PLAIN: ReadonlySet<Kind> = new Set<Kind>(
  'number string bool none list tuple set dict range shape layer container function method builtin partial'.split(
    ' ',
  ) as Kind[],
);

interface Abstract {
  readonly holds: readonly Kind[];
  /** Kinds of which some are and some are not: `Sequential` finds no item by `in`, `ModuleDict` does. */
  readonly open?: readonly Kind[];
}

const SEQUENCES: readonly Kind[] = ['list', 'tuple', 'string', 'range', 'shape'];
const COLLECTIONS: readonly Kind[] = [...SEQUENCES, 'dict', 'set'];
const CALLABLES: readonly Kind[] = ['layer', 'container', 'function', 'method', 'builtin', 'partial'];
const NUMBERS: readonly Kind[] = ['number', 'bool'];

const ABSTRACT: Readonly<Record<string, Abstract>> = {
  'collections.abc.Iterable': { holds: [...COLLECTIONS, 'container'] },
  'collections.abc.Collection': { holds: COLLECTIONS, open: ['container'] },
  'collections.abc.Container': { holds: COLLECTIONS, open: ['container'] },
  'collections.abc.Sized': { holds: [...COLLECTIONS, 'container'] },
  'collections.abc.Reversible': { holds: [...SEQUENCES, 'dict'], open: ['container'] },
  'collections.abc.Sequence': { holds: SEQUENCES },
  'collections.abc.MutableSequence': { holds: ['list'] },
  'collections.abc.Mapping': { holds: ['dict'] },
  'collections.abc.MutableMapping': { holds: ['dict'] },
  'collections.abc.Set': { holds: ['set'] },
  // A set that is frozen can be hashed.
  'collections.abc.Hashable': {
    holds: [...NUMBERS, ...CALLABLES, 'string', 'none', 'tuple', 'range', 'shape'],
    open: ['set'],
  },
  'collections.abc.Callable': { holds: CALLABLES },
  // Of a dictionary it is not kept whether it is an ordered one.
  'collections.OrderedDict': { holds: [], open: ['dict'] },
  'numbers.Number': { holds: NUMBERS },
  'numbers.Real': { holds: NUMBERS },
  'enum.EnumMeta': { holds: [] },
  'enum.EnumType': { holds: [] },
};

/** What a class is itself, when it has no metaclass: something that can be called and hashed. */
const OF_CLASSES: ReadonlySet<string> = new Set(['collections.abc.Callable', 'collections.abc.Hashable']);

/** Whether a class is itself, as a value, of one of Python's abstract classes: only a metaclass makes it iterable. */
export function isClassOfAbstractClass(name: string): boolean | undefined {
  return Object.hasOwn(ABSTRACT, name) ? OF_CLASSES.has(name) : undefined;
}

/** Whether a value is of one of Python's abstract classes, or of those of its library that no such value is of. */
export function isOfAbstractClass(value: Value, name: string): boolean | undefined {
  const found = Object.hasOwn(ABSTRACT, name) ? ABSTRACT[name] : undefined;
  if (!found || !PLAIN.has(value.kind) || found.open?.includes(value.kind)) return undefined;
  return found.holds.includes(value.kind);
}
