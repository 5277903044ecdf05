/** Why a text is no arithmetic, and the piece of it that says so. */
export interface ArithmeticFault {
  readonly code: 'ends' | 'name' | 'unexpected' | 'bracket' | 'arguments' | 'undefined' | 'long';
  readonly at: string;
}

export type Arithmetic =
  { readonly ok: true; readonly value: number } | { readonly ok: false; readonly fault: ArithmeticFault };

/** Nobody types more into a cell; and what is nested has an end. */
const LONGEST = 1000;
const DEEPEST = 64;

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ['pi', Math.PI],
  ['π', Math.PI],
  ['tau', 2 * Math.PI],
  ['e', Math.E],
  ['inf', Infinity],
  ['infinity', Infinity],
  ['∞', Infinity],
  ['nan', NaN],
]);

/** Half to even, as Python's and PyTorch's `round`. */
function round(value: number): number {
  const down = Math.floor(value);
  if (value - down !== 0.5) return Math.round(value);
  return down % 2 === 0 ? down : down + 1;
}

type Fun = readonly [count: number | 'many', apply: (...values: readonly number[]) => number];

const one = (apply: (value: number) => number): Fun => [1, apply];
/** Names as Python's `math` and PyTorch have them: `log` is the natural one. */
const FUNCTIONS: ReadonlyMap<string, Fun> = new Map<string, Fun>([
  ...(['sqrt', 'cbrt', 'exp', 'log', 'log2', 'log10', 'sin', 'cos', 'tan'] as const).map(
    (name) => [name, one(Math[name])] as const,
  ),
  ...(['asin', 'acos', 'atan', 'sinh', 'cosh', 'tanh', 'abs', 'floor', 'ceil'] as const).map(
    (name) => [name, one(Math[name])] as const,
  ),
  ['ln', one(Math.log)],
  ['round', one(round)],
  ['pow', [2, (base, exponent) => base ** exponent]],
  ['min', ['many', Math.min]],
  ['max', ['many', Math.max]],
]);

const SPACE = /\s*/y;
const NUMBER = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y;
/** Outside of a function's brackets a comma can only be a decimal mark. */
const WITH_COMMA = /(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?/y;
const NAME = /[\p{L}_][\p{L}\p{N}_]*|∞/uy;
const SIGN = /\*\*|./uy;

/** The signs of mathematics as a keyboard has them. */
const PLAIN: Readonly<Record<string, string>> = { '−': '-', '–': '-', '×': '*', '·': '*', '÷': '/', '**': '^' };

class Fault extends Error {
  constructor(readonly fault: ArithmeticFault) {
    super(fault.code);
  }
}

/**
 * Reads one expression: sums, products, powers (`^` or `**`, from the right, and binding tighter than a sign before
 * them, as in Python: `-2^2` is −4), brackets, the functions above.
 */
class Reader {
  private position = 0;
  private depth = 0;
  /** Function brackets around the position. */
  private calls = 0;
  /** Whether infinity or NaN was named, and may come out. */
  private named = false;

  constructor(
    private readonly text: string,
    private readonly decimalComma: boolean,
  ) {}

  whole(): number {
    if (this.peek() === '=') this.position += 1;
    const value = this.sum();
    if (this.position < this.text.length) throw this.unexpected();
    return value;
  }

  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0];
    if (found) this.position += found.length;
    return found;
  }

  /** The sign that comes next, left where it is. */
  private peek(): string {
    this.match(SPACE);
    SIGN.lastIndex = this.position;
    const sign = SIGN.exec(this.text)?.[0] ?? '';
    return PLAIN[sign] ?? sign;
  }

  private take(...signs: readonly string[]): string | undefined {
    const sign = this.peek();
    if (!signs.includes(sign)) return undefined;
    return this.match(SIGN) && sign;
  }

  private unexpected(): Fault {
    const rest = this.text.slice(this.position).trim();
    return new Fault(rest === '' ? { code: 'ends', at: this.text.trim() } : { code: 'unexpected', at: rest });
  }

  /** Every step is looked at, not only the last: `max(1/0, 2)` is 1/0's mistake still. */
  private made(value: number): number {
    if (Number.isFinite(value) || this.named) return value;
    throw new Fault({ code: 'undefined', at: this.text.trim() });
  }

  private sum(): number {
    if (++this.depth > DEEPEST) throw new Fault({ code: 'long', at: this.text });
    let value = this.product();
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-'))
      value = this.made(sign === '+' ? value + this.product() : value - this.product());
    this.depth--;
    return value;
  }

  private product(): number {
    let value = this.signed();
    for (let sign = this.take('*', '/'); sign; sign = this.take('*', '/'))
      value = this.made(sign === '*' ? value * this.signed() : value / this.signed());
    return value;
  }

  private signed(): number {
    let negative = false;
    for (let sign = this.take('+', '-'); sign; sign = this.take('+', '-')) negative = negative !== (sign === '-');
    const value = this.power();
    return negative ? -value : value;
  }

  private power(): number {
    const base = this.atom();
    if (!this.take('^')) return base;
    if (++this.depth > DEEPEST) throw new Fault({ code: 'long', at: this.text });
    const exponent = this.signed();
    this.depth--;
    return this.made(base ** exponent);
  }

  private atom(): number {
    this.match(SPACE);
    if (this.take('(')) return this.closed(this.sum());
    const number = this.match(this.decimalComma && this.calls === 0 ? WITH_COMMA : NUMBER);
    if (number !== undefined) return this.made(Number(number.replace(',', '.')));
    const name = this.match(NAME);
    if (name === undefined) throw this.unexpected();
    if (this.peek() === '(') return this.call(name);
    const constant = CONSTANTS.get(name.toLowerCase());
    if (constant === undefined) throw new Fault({ code: 'name', at: name });
    this.named ||= !Number.isFinite(constant);
    return constant;
  }

  private call(name: string): number {
    const fun = FUNCTIONS.get(name.toLowerCase());
    if (!fun) throw new Fault({ code: 'name', at: name });
    this.take('(');
    this.calls++;
    const values = this.peek() === ')' ? [] : [this.sum()];
    while (this.take(',', ';')) values.push(this.sum());
    this.calls--;
    const [count, apply] = fun;
    if (count === 'many' ? values.length === 0 : values.length !== count)
      throw new Fault({ code: 'arguments', at: name });
    return this.closed(this.made(apply(...values)));
  }

  private closed(value: number): number {
    if (this.take(')')) return value;
    throw this.position < this.text.length ? this.unexpected() : new Fault({ code: 'bracket', at: this.text.trim() });
  }
}

/**
 * The value of what was typed: `1/16`, `2*pi`, `=sqrt(2)/2`, `-(2^3)`. It is read, never run, so that a text can do
 * nothing but name numbers. A result that is infinite or not a number is refused unless `inf` or `nan` was written: who
 * types `1/0` has made a mistake. Without `decimalComma`, a comma outside of a function is refused.
 */
export function arithmetic(text: string, decimalComma = true): Arithmetic {
  if (text.length > LONGEST) return { ok: false, fault: { code: 'long', at: text.slice(0, 20) } };
  const reader = new Reader(text, decimalComma);
  try {
    return { ok: true, value: reader.whole() };
  } catch (error) {
    if (error instanceof Fault) return { ok: false, fault: error.fault };
    throw error;
  }
}
