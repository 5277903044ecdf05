import { FALSE, NONE, TRUE, number, string, tuple, unknown } from './make';
import type { Signature } from './library';
import type { Arguments, Value } from './value';

/** What libraries take beside what decides a shape, under the same names everywhere. */
const HARMLESS =
  'device dtype layout requires_grad pin_memory memory_format generator out name names non_blocking copy inplace training ' +
  'seed trainable activity_regularizer kernel_initializer bias_initializer kernel_regularizer bias_regularizer ' +
  'kernel_constraint bias_constraint weights autocast precision preferred_element_type rngs rng key deterministic ' +
  'fill_value align_corners antialias count_include_pad divisor_override alpha dropout_p';
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
  return { names, index, defaults, rest, positional: positional ?? names.length, further, harmless };
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

  /**
   * Whether the call gives something that no rule has asked for and that may matter: what it makes is then not known.
   * `further`: looks only at what the signature does not name, of which alone is known what was asked for where nobody
   * watches.
   */
  hasUnread(further = false): boolean {
    const { names, harmless } = this.form;
    const matters = (name: string): boolean => !this.asked?.has(name) && !harmless.has(name) && this.gives(name);
    if (!further && names.some(matters)) return true;
    for (const [name, value] of this.more) {
      const empty = name === this.form.rest && value.kind === 'tuple' && value.items.length === 0 && !value.open;
      const ignored = name !== this.form.rest && (this.form.further !== 'unmodelled' || harmlessNames.has(name));
      if (!empty && !ignored && !this.asked?.has(name) && !harmless.has(name)) return true;
    }
    return false;
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

/** The values of a construction with others in the place of some: what was assigned to the layer's attributes. */
export class OverriddenValues extends Map<string, Value> {
  private readonly asked = new Set<string>();

  constructor(
    values: ReadonlyMap<string, Value>,
    private readonly others: ReadonlyMap<string, Value>,
  ) {
    super([...values, ...others]);
  }

  override get(name: string): Value | undefined {
    this.asked.add(name);
    return super.get(name);
  }

  /** Whether something was assigned that no rule has asked for. */
  hasUnread(): boolean {
    return [...this.others.keys()].some((name) => !this.asked.has(name) && !harmlessNames.has(name) && name !== 'bias');
  }
}

const NOTHING_MORE: ReadonlyMap<string, Value> = new Map();

/** A call that has been bound; `misfit` says in Python's words why it does not fit, if it does not. */
export interface Binding {
  readonly values: BoundValues;
  readonly isGiven: (name: string) => boolean;
  readonly misfit?: string;
  /** The result of a rule, or an unknown value where the call gives what the rule did not ask for. */
  readonly sound: (result: Value) => Value;
}

/**
 * Values by position and keyword under the names of a signature; `watched`: for a rule that must ask for all of them.
 */
export function bind(form: Signature, args: Arguments, watched: boolean): Binding {
  const { positional, keywords, open } = args;
  const direct = Math.min(positional.length, form.positional);
  const slots = new Array<Value | undefined>(form.names.length);
  for (let index = 0; index < direct; index++) slots[index] = positional[index];
  let misfit: string | undefined;
  let more: Map<string, Value> | undefined;
  if (form.rest !== undefined)
    more = new Map([[form.rest, { kind: 'tuple', items: positional.slice(form.positional), open }]]);
  else if (positional.length > form.positional)
    misfit = `takes ${form.positional} positional arguments but ${positional.length} were given`;
  for (const [name, value] of keywords) {
    const index = form.index.get(name);
    if (index !== undefined) {
      if (slots[index]) misfit = `got multiple values for argument '${name}'`;
      slots[index] = value;
    } else {
      if (name !== form.rest && form.further === 'refused') misfit = `got an unexpected keyword argument '${name}'`;
      (more ??= new Map()).set(name, value);
    }
  }
  if (!open && !misfit) {
    const missing = form.names.find((name, index) => !slots[index] && !form.defaults.has(name));
    if (missing !== undefined) misfit = `missing a required argument: '${missing}'`;
  }
  const values = new BoundValues(form, slots, more ?? NOTHING_MORE, open, watched);
  // A result of which nothing is known claims nothing: rules that look no further leave arguments unread.
  const claims = (result: Value): boolean =>
    result.kind === 'tensor' ? result.cell.shape !== undefined : result.kind !== 'unknown';
  const sound = (result: Value): Value => (claims(result) && values.hasUnread() ? unknown() : result);
  return { values, isGiven: (name) => values.isGiven(name), misfit, sound };
}
