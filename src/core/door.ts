import { ProblemError, type ProblemField, problem } from './problem';

function describe(value: unknown): string {
  if (value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 40)}…` : value);
  if (typeof value === 'number' || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (ArrayBuffer.isView(value)) return value.constructor.name;
  return value === undefined ? 'missing' : `a ${typeof value}`;
}

/** Every typed array of numbers; those of 64-bit integers hold bigints. */
export type NumericArray =
  | Int8Array
  | Uint8Array
  | Uint8ClampedArray
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array;

export function isNumericArray(value: unknown): value is NumericArray {
  return (
    ArrayBuffer.isView(value) &&
    !(value instanceof DataView) &&
    !(value instanceof BigInt64Array) &&
    !(value instanceof BigUint64Array)
  );
}

/**
 * A value from outside with the path at which it stands, such as `operation.stride[1]`. Every reading method checks,
 * and throws a ProblemError that names the path, what was wanted and what was found.
 */
export class Door {
  constructor(
    readonly value: unknown,
    readonly path: string,
    private readonly problemField: ProblemField = 'document',
  ) {}

  /** The rejection of this value. `wanted` may hold `{2}`, `{3}` …, for `args`. */
  refuse(wanted: string, ...args: (string | number)[]): ProblemError {
    return new ProblemError([
      problem({
        code: 'malformed',
        field: this.problemField,
        template: `{0} must be ${wanted}, but is {1}.`,
        args: [this.path, describe(this.value), ...args],
      }),
    ]);
  }

  private within(value: unknown, step: string): Door {
    return new Door(value, this.path === '' ? step.replace(/^\./, '') : `${this.path}${step}`, this.problemField);
  }

  /** A property, present or not. Only own properties count: `__proto__` and `constructor` are nobody's. */
  at(name: string): Door {
    const { value } = this;
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw this.refuse('an object');
    return this.within(Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined, `.${name}`);
  }

  optional<Result>(name: string, read: (door: Door) => Result): Result | undefined {
    const door = this.at(name);
    return door.value === undefined ? undefined : read(door);
  }

  items(most: number): readonly Door[] {
    if (!Array.isArray(this.value)) throw this.refuse('a list');
    if (this.value.length > most) throw this.refuse('a list of at most {2}', most);
    return Array.from(this.value, (item: unknown, index) => this.within(item, `[${index}]`));
  }

  finite(): number {
    if (typeof this.value !== 'number' || !Number.isFinite(this.value)) throw this.refuse('a finite number');
    return this.value === 0 ? 0 : this.value;
  }

  integer(least: number, most: number): number {
    const { value } = this;
    if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < least || value > most) {
      throw this.refuse('a whole number from {2} to {3}', least, most);
    }
    return value === 0 ? 0 : value;
  }

  boolean(): boolean {
    if (typeof this.value !== 'boolean') throw this.refuse('true or false');
    return this.value;
  }

  text(longest: number): string {
    if (typeof this.value !== 'string') throw this.refuse('a text');
    if (this.value.length > longest) throw this.refuse('a text of at most {2} characters', longest);
    return this.value;
  }

  oneOf<Name extends string>(...names: readonly Name[]): Name {
    const found = names.find((name) => name === this.value);
    if (found === undefined) throw this.refuse('one of {2}', names.join(', '));
    return found;
  }

  /**
   * A typed array, or a list of numbers. `null`, which is what JSON makes of NaN, is not a number; `named` reads the
   * texts that may stand for one. Lists are long, so a door is made only for an entry that is refused.
   */
  numbers(most: number, named: (text: string) => number | undefined = () => undefined): ArrayLike<number> {
    const { value } = this;
    if (isNumericArray(value)) {
      if (value.length > most) throw this.refuse('at most {2} numbers', most);
      return value;
    }
    if (!Array.isArray(value)) throw this.refuse('a list of numbers');
    if (value.length > most) throw this.refuse('a list of at most {2}', most);
    const numbers = new Float64Array(value.length);
    for (let at = 0; at < numbers.length; at++) {
      const item: unknown = value[at];
      const number = typeof item === 'string' ? named(item) : item;
      if (typeof number !== 'number') throw this.within(item, `[${at}]`).refuse('a number');
      numbers[at] = number;
    }
    return numbers;
  }
}

export type Checked<Value> =
  { readonly ok: true; readonly value: Value } | { readonly ok: false; readonly problems: ProblemError['problems'] };

/**
 * Runs a reader that throws a ProblemError; the problems come back as a value. Any other error is a defect, and passes.
 */
export function check<Value>(read: () => Value): Checked<Value> {
  try {
    return { ok: true, value: read() };
  } catch (error) {
    if (error instanceof ProblemError) return { ok: false, problems: error.problems };
    throw error;
  }
}
