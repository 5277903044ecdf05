import { FALSE, NONE, TRUE, number, string, tuple, unknown } from './make';
import type { Signature } from './library';
import type { Arguments, Value } from './value';

/** What libraries take beside what decides a shape, under the same names everywhere. */
const HARMLESS =
  'device dtype layout requires_grad pin_memory memory_format generator out name names non_blocking copy inplace training ' +
  'seed trainable activity_regularizer kernel_initializer bias_initializer kernel_regularizer bias_regularizer ' +
  'kernel_constraint bias_constraint weights autocast precision preferred_element_type rngs rng key deterministic ' +
  'fill_value align_corners antialias count_include_pad divisor_override alpha dropout_p';
const NO_OTHER_NAMES: Signature['alsoNamed'] = new Map();
const harmlessNames: ReadonlySet<string> = new Set(HARMLESS.split(' '));

/**
 * Reads a signature as the framework's documentation prints it: `in_channels, kernel_size, stride=1, bias=True`.
 * `*name` collects positional values, a bare `*` makes the rest keyword-only. `~` stands before a parameter that does
 * not matter to shapes. At the end `**name` collects further keywords for the rule, `**~` says that none of them
 * matters, and `**` that they are not modelled: a call that gives one has an unknown result.
 */
export function signature(text: string): Signature {
  const names: string[] = [];
  const defaults = new Map<string, Value>();
  const harmless = new Set<string>();
  let rest: string | undefined;
  let positional: number | undefined;
  let further: Signature['further'] = 'refused';
  for (const part of text.split(/,\s*(?![^(]*\))/).map((each) => each.trim())) {
    if (part === '') continue;
    if (part.startsWith('**')) further = part === '**' ? 'unmodelled' : part === '**~' ? 'harmless' : 'collected';
    else if (part.startsWith('*')) {
      positional = names.length;
      rest = part.replace(/^\*~?/, '') || undefined;
      if (rest !== undefined && part.includes('~')) harmless.add(rest);
    } else {
      const [name, initial] = part.replace(/^~/, '').split('=');
      names.push(name);
      if (part.startsWith('~') || harmlessNames.has(name)) harmless.add(name);
      if (initial !== undefined) defaults.set(name, readDefault(initial));
    }
  }
  const index = new Map(names.map((name, at) => [name, at]));
  return {
    names,
    index,
    defaults,
    rest,
    positional: positional ?? names.length,
    further,
    harmless,
    alsoNamed: NO_OTHER_NAMES,
  };
}

/** The same signature, of a function that takes keywords under other names, too, or refuses them. */
export function alsoNamed(form: Signature, names: Signature['alsoNamed']): Signature {
  return { ...form, alsoNamed: names };
}

function readDefault(text: string): Value {
  if (text === 'None') return NONE;
  if (text === 'True') return TRUE;
  if (text === 'False') return FALSE;
  if (text.startsWith("'")) return string(text.slice(1, -1));
  if (text.startsWith('('))
    return tuple(
      text
        .slice(1, -1)
        .split(',')
        .filter((each) => each.trim() !== '')
        .map((each) => number(Number(each))),
    );
  return number(Number(text), /[.e]/.test(text));
}

/**
 * The values that a call binds to a signature. Slots by parameter, with the defaults left where they are: a copy of the
 * defaults as a Map for every layer that is made was a tenth of the garbage of a reading.
 */
export class BoundValues implements ReadonlyMap<string, Value> {
  constructor(
    private readonly form: Signature,
    private readonly slots: readonly (Value | undefined)[],
    /** What was given under names that the signature does not have, and what it collects. */
    private readonly more: ReadonlyMap<string, Value>,
    /** What an unknown *args or **kwargs gives may replace any default. */
    private readonly open: boolean,
    /** Whether somebody wants to know which of the parameters a rule asks for. */
    private readonly watched: boolean,
    /** Says in Python's words why the call does not fit, if it does not. */
    readonly misfit?: string,
  ) {}

  /** Names that a rule has asked for. */
  private asked: Set<string> | undefined;

  get(name: string): Value | undefined {
    const index = this.form.index.get(name);
    if (index === undefined ? this.more.size > 0 : this.watched) (this.asked ??= new Set()).add(name);
    if (index === undefined) return this.more.get(name);
    return this.slots[index] ?? (this.open ? undefined : this.form.defaults.get(name));
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  isGiven(name: string): boolean {
    this.get(name);
    return this.gives(name);
  }

  /** Whether the call gives something that no rule has asked for, and that may matter: the result is then unknown. */
  hasUnread(): boolean {
    const { names, harmless } = this.form;
    for (let index = 0; index < names.length; index++)
      if (this.slots[index] && !harmless.has(names[index]) && !this.asked?.has(names[index])) return true;
    return this.hasUnmodelled();
  }

  /** Whether it gives something that the signature does not name, that may matter and that no rule has asked for. */
  hasUnmodelled(): boolean {
    if (this.more.size === 0) return false;
    const { harmless } = this.form;
    for (const [name, value] of this.more) {
      const empty = name === this.form.rest && value.kind === 'tuple' && value.items.length === 0 && !value.open;
      const ignored = name !== this.form.rest && (this.form.further !== 'unmodelled' || harmlessNames.has(name));
      if (!empty && !ignored && !this.asked?.has(name) && !harmless.has(name)) return true;
    }
    return false;
  }

  /** The result of a rule, or an unknown value where the call gives what the rule did not ask for. */
  sound(result: Value): Value {
    // A result of which nothing is known claims nothing: rules that look no further leave arguments unread.
    const claims = result.kind === 'tensor' ? result.cell.shape !== undefined : result.kind !== 'unknown';
    return claims && this.hasUnread() ? unknown() : result;
  }

  /** The given values as one text, when `keyOf` has one for each, and nothing that the signature does not name. */
  plainKey(keyOf: (value: Value) => string | undefined): string | undefined {
    if (this.open) return undefined;
    for (const [name, value] of this.more)
      if (name !== this.form.rest || value.kind !== 'tuple' || value.open || value.items.length > 0) return undefined;
    let text = '';
    for (const value of this.slots) {
      const key = value ? keyOf(value) : '';
      if (key === undefined) return undefined;
      text += `${key},`;
    }
    return text;
  }

  /** The same binding of other values. */
  mapped(change: (value: Value) => Value): BoundValues {
    const slots = Array.from(this.slots, (value) => value && change(value));
    return new BoundValues(this.form, slots, this.more, this.open, this.watched);
  }

  /** The same binding with other values for some parameters. */
  replacing(others: ReadonlyMap<string, Value>): BoundValues {
    const slots = this.form.names.map((name, index) => others.get(name) ?? this.slots[index]);
    return new BoundValues(this.form, slots, this.more, this.open, this.watched);
  }

  private gives(name: string): boolean {
    const index = this.form.index.get(name);
    return index === undefined ? this.more.has(name) : this.slots[index] !== undefined;
  }

  *entries(): MapIterator<[string, Value]> {
    for (const name of this.form.names) {
      const value = this.get(name);
      if (value) yield [name, value];
    }
    for (const [name, value] of this.more) {
      (this.asked ??= new Set()).add(name);
      yield [name, value];
    }
  }

  [Symbol.iterator](): MapIterator<[string, Value]> {
    return this.entries();
  }

  *keys(): MapIterator<string> {
    for (const [name] of this.entries()) yield name;
  }

  *values(): MapIterator<Value> {
    for (const [, value] of this.entries()) yield value;
  }

  forEach(act: (value: Value, name: string, map: ReadonlyMap<string, Value>) => void): void {
    for (const [name, value] of this.entries()) act(value, name, this);
  }

  get size(): number {
    return [...this.entries()].length;
  }
}

const NOTHING_MORE: ReadonlyMap<string, Value> = new Map();

/**
 * Values by position and keyword under the names of a signature; `watched`: for a rule that must ask for all of them.
 * `own` is how many values Python itself gives first, and counts: `self` of a method.
 */
export function bind(form: Signature, args: Arguments, watched: boolean, own = 0): BoundValues {
  const { positional, keywords, open } = args;
  const direct = Math.min(positional.length, form.positional);
  const slots = new Array<Value | undefined>(form.names.length);
  for (let index = 0; index < direct; index++) slots[index] = positional[index];
  let misfit: string | undefined;
  let more: Map<string, Value> | undefined;
  if (form.rest !== undefined)
    more = new Map([[form.rest, { kind: 'tuple', items: positional.slice(form.positional), open }]]);
  for (const [given, value] of keywords) {
    const name = form.index.has(given) ? given : (form.alsoNamed.get(given) ?? given);
    const index = form.index.get(name);
    if (index !== undefined) {
      if (slots[index]) misfit ??= `got multiple values for argument '${name}'`;
      slots[index] = value;
    } else {
      const refused = form.further === 'refused' || form.alsoNamed.has(name);
      if (name !== form.rest && refused) misfit ??= `got an unexpected keyword argument '${name}'`;
      (more ??= new Map()).set(name, value);
    }
  }
  // Python looks at the keywords first, then counts.
  if (form.rest === undefined && positional.length > form.positional)
    misfit ??= tooMany(form, slots, positional.length, own);
  if (!open) misfit ??= missing(form, slots);
  return new BoundValues(form, slots, more ?? NOTHING_MORE, open, watched, misfit);
}

/** Python's words, of `too_many_positional` in its `ceval.c`. */
function tooMany(form: Signature, slots: readonly (Value | undefined)[], given: number, own: number): string {
  const most = form.positional + own;
  const optional = form.names.slice(0, form.positional).filter((name) => form.defaults.has(name)).length;
  const takes = optional > 0 ? `from ${most - optional} to ${most}` : String(most);
  const named = slots.slice(form.positional).filter((value) => value !== undefined).length;
  const all = given + own;
  const besides =
    named > 0 ? ` positional argument${plural(all)} (and ${named} keyword-only argument${plural(named)})` : '';
  const were = all === 1 && named === 0 ? 'was' : 'were';
  return `takes ${takes} positional argument${optional > 0 ? 's' : plural(most)} but ${all}${besides} ${were} given`;
}

/** Python's words, of `missing_arguments`: what may be given by position first, and only then the rest. */
function missing(form: Signature, slots: readonly (Value | undefined)[]): string | undefined {
  let lacking: string[] | undefined;
  let kind = 'positional';
  for (let index = 0; index < slots.length; index++) {
    if (index === form.positional) {
      if (lacking) break;
      kind = 'keyword-only';
    }
    if (!slots[index] && !form.defaults.has(form.names[index])) (lacking ??= []).push(`'${form.names[index]}'`);
  }
  if (!lacking) return undefined;
  return `missing ${lacking.length} required ${kind} argument${plural(lacking.length)}: ${listed(lacking)}`;
}

const plural = (count: number): string => (count === 1 ? '' : 's');

/** `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`. */
const listed = (names: readonly string[]): string =>
  names.length < 3 ? names.join(' and ') : `${names.slice(0, -1).join(', ')}, and ${names.at(-1)}`;
