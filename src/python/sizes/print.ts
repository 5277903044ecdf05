import type { Dim } from '../report';
import { add, type Atom, extreme, floorDivide, multiply, named, type Size, type Term, TooComplex } from './size';

/** A size in Python's syntax: a number, or a string such as `2*H - 1` or `(W - 1)//2 + 1`. */
export function print(size: Size): Dim {
  return typeof size === 'number' ? size : (size.text ??= printSum(size.terms));
}

/**
 * Rounding up is written `(W - 1)//2 + 1`, as the size formula of a convolution has it, not `(W + 1)//2`, which the
 * normal form would give.
 */
function asCeilings(terms: readonly Term[]): readonly Term[] {
  let constant = 0;
  const shown = terms.map((each): Term => {
    const [atom, more] = each.atoms;
    if (
      !atom ||
      more ||
      atom.kind !== 'floor' ||
      typeof atom.divisor !== 'number' ||
      typeof atom.numerator === 'number'
    )
      return each;
    const last = atom.numerator.terms.at(-1)!;
    if (last.atoms.length > 0 || last.coefficient !== atom.divisor - 1) return each;
    constant += each.coefficient;
    return { ...each, atoms: [{ ...atom, numerator: add(atom.numerator, -atom.divisor) }] };
  });
  if (constant === 0) return shown;
  const given = shown.find((each) => each.atoms.length === 0)?.coefficient ?? 0;
  const symbolic = shown.filter((each) => each.atoms.length > 0);
  return given + constant === 0 ? symbolic : [...symbolic, { coefficient: given + constant, atoms: [], key: '' }];
}

function printSum(normal: readonly Term[]): string {
  const terms = asCeilings(normal);
  // The constant stands last in the normal form; a leading minus is avoided where another term can go first.
  const ordered = [...terms].sort(
    (a, b) => Number(a.coefficient < 0 && a.atoms.length > 0) - Number(b.coefficient < 0 && b.atoms.length > 0),
  );
  const constantLast = [
    ...ordered.filter((each) => each.atoms.length > 0),
    ...ordered.filter((each) => each.atoms.length === 0),
  ];
  if (
    constantLast[0].coefficient < 0 &&
    constantLast.at(-1)!.atoms.length === 0 &&
    constantLast.at(-1)!.coefficient > 0
  ) {
    constantLast.unshift(constantLast.pop()!);
  }
  return constantLast
    .map((each, index) => {
      const text = printProduct(Math.abs(each.coefficient), each.atoms, index === 0 && each.coefficient < 0);
      if (index === 0) return each.coefficient < 0 ? `-${text}` : text;
      return each.coefficient < 0 ? ` - ${text}` : ` + ${text}`;
    })
    .join('');
}

function printProduct(coefficient: number, atoms: readonly Atom[], negated: boolean): string {
  if (atoms.length === 0) return String(coefficient);
  const alone = coefficient === 1 && atoms.length === 1 && !negated;
  const factors = coefficient === 1 ? [] : [String(coefficient)];
  for (let at = 0; at < atoms.length;) {
    let power = 1;
    while (atoms[at + power]?.key === atoms[at].key) power++;
    const text = printAtom(atoms[at]);
    const base = atoms[at].kind === 'floor' && !isWholePart(atoms[at]) && !(alone && power === 1) ? `(${text})` : text;
    factors.push(power === 1 ? base : `${base}**${power}`);
    at += power;
  }
  return factors.join('*');
}

const isWholePart = (atom: Atom): boolean => atom.kind === 'floor' && atom.divisor === 1;

function printAtom(atom: Atom): string {
  switch (atom.kind) {
    case 'name':
      return atom.key;
    case 'floor':
      if (isWholePart(atom)) return `int(${print(atom.numerator)})`;
      return `${operand(atom.numerator)}//${operand(atom.divisor)}`;
    case 'max':
    case 'min':
      return `${atom.kind}(${print(atom.left)}, ${print(atom.right)})`;
    default:
      return atom satisfies never;
  }
}

function operand(size: Size): string {
  const text = String(print(size));
  return /^[A-Za-z_0-9]+$/.test(text) ? text : `(${text})`;
}

/** The names that a size depends on. */
export function namesIn(size: Size, found = new Set<string>()): Set<string> {
  if (typeof size === 'number') return found;
  for (const each of size.terms) for (const atom of each.atoms) namesInAtom(atom, found);
  return found;
}

export function namesInTerm(term: Term): Set<string> {
  const found = new Set<string>();
  for (const atom of term.atoms) namesInAtom(atom, found);
  return found;
}

function namesInAtom(atom: Atom, found: Set<string>): void {
  switch (atom.kind) {
    case 'name':
      found.add(atom.key);
      return;
    case 'floor':
      namesIn(atom.numerator, found);
      namesIn(atom.divisor, found);
      return;
    case 'max':
    case 'min':
      namesIn(atom.left, found);
      namesIn(atom.right, found);
      return;
    default:
      atom satisfies never;
  }
}

/**
 * Puts sizes in the place of names; names that are not bound stay. A size that would outgrow its normal form stays as
 * it is, which is as true: this runs when an entry has ended, where nothing could take its place.
 */
export function substitute(size: Size, bindings: ReadonlyMap<string, Size>): Size {
  try {
    return replaced(size, bindings);
  } catch (error) {
    if (error instanceof TooComplex) return size;
    throw error;
  }
}

function replaced(size: Size, bindings: ReadonlyMap<string, Size>): Size {
  if (typeof size === 'number') return size;
  return size.terms.reduce<Size>(
    (sum, each) =>
      add(
        sum,
        each.atoms.reduce<Size>((all, atom) => multiply(all, substituteAtom(atom, bindings)), each.coefficient),
      ),
    0,
  );
}

function substituteAtom(atom: Atom, bindings: ReadonlyMap<string, Size>): Size {
  switch (atom.kind) {
    case 'name':
      return bindings.get(atom.key) ?? named(atom.key);
    case 'floor':
      return floorDivide(replaced(atom.numerator, bindings), replaced(atom.divisor, bindings));
    case 'max':
    case 'min':
      return extreme(atom.kind, replaced(atom.left, bindings), replaced(atom.right, bindings));
    default:
      return atom satisfies never;
  }
}
