/**
 * Sizes as exact expressions. A `Size` is a plain number whenever it is known; otherwise a polynomial with integer
 * coefficients over named sizes, floor divisions and extremes, kept in a normal form so that two ways of computing one
 * size compare equal (`H − 2·(H//2)` and `H % 2` are one key). Fractional coefficients appear only in values that
 * Python itself holds as floats (`H / 2`), until `truncate` makes them sizes again.
 *
 * Chosen over a general algebra library (nerdamer, mathjs: 150 KB and more, none of them normalises floor division).
 */
export type Size = number | Poly;

export interface Poly {
  readonly terms: readonly Term[];
  readonly key: string;
  /** As printed, once it has been. */
  text?: string;
}

export interface Term {
  readonly coefficient: number;
  /** Sorted by key; a power is the atom repeated. Empty for the constant term. */
  readonly atoms: readonly Atom[];
  readonly key: string;
}

export type Atom =
  | { readonly kind: 'name'; readonly key: string }
  | { readonly kind: 'floor'; readonly numerator: Size; readonly divisor: Size; readonly key: string }
  | { readonly kind: 'max' | 'min'; readonly left: Size; readonly right: Size; readonly key: string };

/** More terms than this are not worth normalising, nor reading. */
const MOST_TERMS = 48;
/**
 * A term may hold floors of sums of floors: its key doubles with each, and a product of a few such fills the memory.
 */
const LONGEST_KEY = 4_096;

/** Thrown when an expression outgrows these; whoever evaluates falls back to a fresh name. */
export class TooComplex extends Error {}

export function keyOf(size: Size): string {
  return typeof size === 'number' ? String(size) : size.key;
}

export function isKnown(size: Size): size is number {
  return typeof size === 'number';
}

const NO_ATOMS: readonly Atom[] = [];

function term(coefficient: number, atoms: readonly Atom[]): Term {
  return { coefficient, atoms, key: atoms.map((atom) => atom.key).join('*') };
}

function fromTerms(terms: Iterable<Term>): Size {
  const byKey = new Map<string, Term>();
  for (const each of terms) {
    const same = byKey.get(each.key);
    byKey.set(each.key, same ? { ...each, coefficient: each.coefficient + same.coefficient } : each);
  }
  const kept = [...byKey.values()].filter((each) => each.coefficient !== 0);
  if (kept.length === 0) return 0;
  if (kept.length === 1 && kept[0].atoms.length === 0) return kept[0].coefficient;
  if (kept.length > MOST_TERMS) throw new TooComplex();
  if (kept.some((each) => each.key.length > LONGEST_KEY)) throw new TooComplex();
  kept.sort((a, b) => b.atoms.length - a.atoms.length || (a.key < b.key ? -1 : 1));
  return ordered(kept);
}

/** Of terms that are each another one, none of them zero and not all of them constant, in their order. */
function ordered(terms: readonly Term[]): Poly {
  if (terms.length > MOST_TERMS) throw new TooComplex();
  let key = '';
  for (const each of terms) key += `${key === '' ? '' : '+'}${each.coefficient}·${each.key}`;
  return { terms, key };
}

/** A constant term stands last: nearly every sum of a formula only changes that. */
function shifted(size: Poly, by: number): Poly {
  if (by === 0) return size;
  const { terms } = size;
  const last = terms[terms.length - 1];
  const rest = last.atoms.length === 0 ? terms.slice(0, -1) : terms;
  const sum = last.atoms.length === 0 ? last.coefficient + by : by;
  return ordered(sum === 0 ? rest : [...rest, term(sum, NO_ATOMS)]);
}

export function termsOf(size: Size): readonly Term[] {
  if (typeof size !== 'number') return size.terms;
  return size === 0 ? [] : [term(size, [])];
}

export function named(name: string): Poly {
  return { terms: [term(1, [{ kind: 'name', key: name }])], key: `1·${name}` };
}

export function add(left: Size, right: Size): Size {
  if (typeof left === 'number') return typeof right === 'number' ? left + right : shifted(right, left);
  if (typeof right === 'number') return shifted(left, right);
  return fromTerms([...termsOf(left), ...termsOf(right)]);
}

export function scale(size: Size, factor: number): Size {
  // Adding zero keeps −0 out.
  if (typeof size === 'number') return size * factor + 0;
  if (factor === 1) return size;
  const terms = size.terms.map(({ coefficient, atoms, key }) => ({ coefficient: coefficient * factor, atoms, key }));
  return terms.some(({ coefficient }) => coefficient === 0) ? fromTerms(terms) : ordered(terms);
}

export function subtract(left: Size, right: Size): Size {
  if (typeof right === 'number') return add(left, right * -1 + 0);
  return add(left, scale(right, -1));
}

export function multiply(left: Size, right: Size): Size {
  if (typeof left === 'number') return scale(right, left);
  if (typeof right === 'number') return scale(left, right);
  if (left.terms.length * right.terms.length > 4 * MOST_TERMS) throw new TooComplex();
  return fromTerms(
    left.terms.flatMap((a) =>
      right.terms.map((b) => {
        const atoms = [...a.atoms, ...b.atoms].sort((x, y) => (x.key < y.key ? -1 : x.key > y.key ? 1 : 0));
        return term(a.coefficient * b.coefficient, atoms);
      }),
    ),
  );
}

export function product(sizes: readonly Size[]): Size {
  return sizes.reduce<Size>((all, size) => multiply(all, size), 1);
}

/**
 * `size / divisor` when that is exact whatever the names stand for (the divisor a single term); otherwise `undefined`.
 */
export function divideExactly(size: Size, divisor: Size): Size | undefined {
  if (divisor === 0) return undefined;
  if (typeof size === 'number' && typeof divisor === 'number')
    return Number.isInteger(size / divisor) ? size / divisor + 0 : undefined;
  if (typeof size !== 'number' && typeof divisor === 'number') {
    if (size.terms.some(({ coefficient }) => !Number.isInteger(coefficient / divisor))) return undefined;
    if (divisor === 1) return size;
    return ordered(
      size.terms.map(({ coefficient, atoms, key }) => ({ coefficient: coefficient / divisor, atoms, key })),
    );
  }
  if (keyOf(size) === keyOf(divisor)) return 1;
  const by = termsOf(divisor);
  if (by.length !== 1) return undefined;
  const quotient: Term[] = [];
  for (const each of termsOf(size)) {
    const coefficient = each.coefficient / by[0].coefficient;
    if (!Number.isInteger(coefficient)) return undefined;
    const atoms = [...each.atoms];
    for (const atom of by[0].atoms) {
      const at = atoms.findIndex((candidate) => candidate.key === atom.key);
      if (at < 0) return undefined;
      atoms.splice(at, 1);
    }
    quotient.push(term(coefficient, atoms));
  }
  return fromTerms(quotient);
}

const gcd = (a: number, b: number): number => (b === 0 ? Math.abs(a) : gcd(b, a % b));

/**
 * `⌊size / divisor⌋` as Python's `//`. Every atom stands for a whole number, which is what makes the rules below valid.
 */
export function floorDivide(size: Size, divisor: Size): Size {
  if (typeof size === 'number' && typeof divisor === 'number') return Math.floor(size / divisor);
  const exact = divideExactly(size, divisor);
  if (exact !== undefined) return exact;
  if (typeof divisor !== 'number' || !Number.isInteger(divisor) || divisor <= 0) return floorAtom(size, divisor);
  if (termsOf(size).some((each) => !Number.isInteger(each.coefficient))) return floorAtom(size, divisor);
  return floorByNumber(size, divisor);
}

function floorAtom(numerator: Size, divisor: Size): Size {
  return fromTerms([term(1, [{ kind: 'floor', numerator, divisor, key: `⌊${keyOf(numerator)}/${keyOf(divisor)}⌋` }])]);
}

/** `(n·Q + R)//n = Q + R//n`; `(P//a + c)//b = (P + a·c)//(a·b)`; `(g·R + c)//n = (R + c//g)//(n/g)`. */
function floorByNumber(size: Size, divisor: number): Size {
  if (divisor === 1) return size;
  const whole: Term[] = [];
  const rest: Term[] = [];
  for (const each of termsOf(size)) {
    const out = Math.floor(each.coefficient / divisor);
    const left = each.coefficient - out * divisor;
    whole.push({ ...each, coefficient: out });
    if (left !== 0) rest.push({ ...each, coefficient: left });
  }
  const symbolic = rest.filter((each) => each.atoms.length > 0);
  if (symbolic.length === 0) return fromTerms(whole);
  const constant = rest.find((each) => each.atoms.length === 0)?.coefficient ?? 0;
  const outer = fromTerms(whole);
  const [only] = symbolic;
  const inner = only.atoms[0];
  if (
    symbolic.length === 1 &&
    only.coefficient === 1 &&
    only.atoms.length === 1 &&
    inner.kind === 'floor' &&
    typeof inner.divisor === 'number' &&
    inner.divisor > 1
  ) {
    return add(outer, floorDivide(add(inner.numerator, inner.divisor * constant), inner.divisor * divisor));
  }
  const common = symbolic.reduce((all, each) => gcd(all, each.coefficient), divisor);
  if (common > 1) {
    const reduced = fromTerms([
      ...symbolic.map((each) => ({ ...each, coefficient: each.coefficient / common })),
      term(Math.floor(constant / common), []),
    ]);
    return add(outer, floorDivide(reduced, divisor / common));
  }
  return add(outer, floorAtom(fromTerms(rest), divisor));
}

export function modulo(size: Size, divisor: Size): Size {
  return subtract(size, multiply(divisor, floorDivide(size, divisor)));
}

export function ceilDivide(size: Size, divisor: Size): Size {
  if (typeof divisor === 'number' && divisor > 0) return floorDivide(add(size, divisor - 1), divisor);
  return scale(floorDivide(scale(size, -1), divisor), -1);
}

/** The larger or smaller of two sizes; an atom unless their difference is a number. */
export function extreme(kind: 'max' | 'min', left: Size, right: Size): Size {
  const difference = subtract(left, right);
  if (typeof difference === 'number') return difference >= 0 === (kind === 'max') ? left : right;
  if (neverNegative(difference)) return kind === 'max' ? left : right;
  if (neverNegative(scale(difference, -1))) return kind === 'max' ? right : left;
  const [first, second] = keyOf(left) < keyOf(right) ? [left, right] : [right, left];
  return fromTerms([term(1, [{ kind, left: first, right: second, key: `${kind}(${keyOf(first)},${keyOf(second)})` }])]);
}

/** Whether a size cannot be below zero when every name stands for a size of at least zero; `false` says nothing. */
export function neverNegative(size: Size): boolean {
  if (typeof size === 'number') return size >= 0;
  // ⌊P/n⌋ lies between (P − n + 1)/n and P/n: each floor gives way to the bound that makes the sum least. Of n = 1, P
  // may be no whole number.
  const least = size.terms.reduce<Size>((sum, each) => {
    const [atom, more] = each.atoms;
    if (!atom || more || atom.kind !== 'floor' || typeof atom.divisor !== 'number' || atom.divisor <= 1)
      return add(sum, fromTerms([each]));
    const bound = each.coefficient < 0 ? atom.numerator : subtract(atom.numerator, atom.divisor - 1);
    return add(sum, scale(bound, each.coefficient / atom.divisor));
  }, 0);
  return termsOf(least).every((each) => each.coefficient >= 0 && each.atoms.every((atom) => atom.kind === 'name'));
}

/**
 * A Python float made a size again: `int(x)` for `x ≥ 0`, as `⌊·⌋`. `undefined` when the coefficients are no fractions
 * that can be told.
 */
export function truncate(size: Size): Size | undefined {
  if (typeof size === 'number') return Math.trunc(size);
  for (let denominator = 1; denominator <= 64; denominator++) {
    if (size.terms.every((each) => Number.isInteger(each.coefficient * denominator))) {
      return floorDivide(scale(size, denominator), denominator);
    }
  }
  return undefined;
}

/** `int(x)` of what may be no whole number: an atom of its own, of which nothing is concluded. */
export const wholePart = (size: Size): Size => (typeof size === 'number' ? Math.trunc(size) : floorAtom(size, 1));

/** Whether two sizes are the same: certain either way, or `undefined`. */
export function equal(left: Size, right: Size): boolean | undefined {
  if (typeof left === 'number' && typeof right === 'number') return left === right;
  if (keyOf(left) === keyOf(right)) return true;
  const difference = subtract(left, right);
  return typeof difference === 'number' ? difference === 0 : undefined;
}
