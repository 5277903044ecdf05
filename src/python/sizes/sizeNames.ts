import { namesInTerm, substitute } from './print';
import { equal, named, type Size } from './size';

/** The names that stand for sizes in an analysis: whose each one is, and which of them a use may still pin down. */
export class SizeNames {
  /** Names that outlast an entry point. */
  private lasting: ReadonlySet<string> = new Set();
  /** The owners of names that a person wrote. */
  private words = new Map<string, object>();
  private names = new Set<string>();
  private owned = new Map<object, string>();
  /**
   * How many names of a stem are taken in a row. Trying each of them anew took two thirds of the time of a long
   * undecided loop.
   */
  private taken = new Map<string, number>();
  /** Names of values that may be no sizes at all, and no whole numbers. */
  private loose = new Set<string>();
  /** Names of sizes that a use may still pin down. */
  private soft = new Set<string>();
  /** What those names were found to be. */
  bindings = new Map<string, Size>();
  /** What names of results most likely stand for; nothing is concluded from it. Each leads only to older names. */
  private likely = new Map<string, Size>();

  /** Names start afresh for each entry point, but for those that were kept. */
  begin(): void {
    this.names = new Set(this.lasting);
    this.owned = new Map();
    this.taken = new Map();
    this.words = new Map();
    this.soft = new Set();
    this.loose = new Set([...this.loose].filter((name) => this.lasting.has(name)));
    this.bindings = new Map();
    this.likely = new Map();
  }

  /** How many names have been given to sizes. */
  get claimed(): number {
    return this.names.size;
  }

  /** Keeps the names claimed until now for good: values of the module's top level carry them. */
  keep(): void {
    this.lasting = new Set(this.names);
  }

  /** The one name of an owner: the wished one, or with a number behind it. */
  claim(wish: string, owner: object): string {
    let name = this.owned.get(owner);
    if (name === undefined) this.owned.set(owner, (name = this.claimNew(wish)));
    return name;
  }

  /** A name that stands for one thing only, which nobody will ask for again. */
  claimNew(wish: string): string {
    const stem = wish.replace(/\W+/g, '_').replace(/^(?=\d)/, '_') || 'n';
    for (let suffix = this.taken.get(stem) ?? 0; ; suffix++) {
      const name = suffix === 0 ? stem : `${stem}_${suffix + 1}`;
      if (this.names.has(name)) continue;
      this.names.add(name);
      this.taken.set(stem, suffix + 1);
      return name;
    }
  }

  /** A size of which nothing is known: a name of its own. */
  fresh(stem: string): Size {
    return named(this.claimNew(stem));
  }

  /**
   * A size of its own that a use may pin down without saying anything of another, and that is told as `likely` where
   * none does: of two unknown sizes that are broadcast either may be 1, and hardly ever is.
   */
  freshLike(stem: string, likely: Size): Size {
    const name = this.claimNew(stem);
    this.soft.add(name);
    this.likely.set(name, likely);
    return named(name);
  }

  /** What there is to put in for names once a run has ended: what they were found to be, or else most likely are. */
  told(): ReadonlyMap<string, Size> {
    if (this.likely.size === 0) return this.bindings;
    const told = new Map<string, Size>();
    for (const [name, likely] of this.likely) {
      const size = substitute(this.bindings.get(name) ?? likely, told);
      if (size !== 1 || this.bindings.has(name)) told.set(name, size);
    }
    for (const [name, size] of this.bindings) told.set(name, substitute(size, told));
    return told;
  }

  /** Whether a use may still pin down this size. */
  isFree(size: Size): boolean {
    return this.freeName(size) !== undefined;
  }

  /** One owner for a name that a person wrote: the same word is the same size wherever it stands. */
  sharedName(word: string): object {
    let owner = this.words.get(word);
    if (!owner) this.words.set(word, (owner = {}));
    return owner;
  }

  /** Lets a use pin down the size of this name. */
  markSoft(name: string): void {
    this.soft.add(name);
  }

  /** Of a value of which nothing is known but that the program computes with it. */
  markLoose(name: string): void {
    this.loose.add(name);
  }

  /**
   * Whether a number is surely whole: of several values that may be fractions not even the sum is, and a fraction is
   * carried through by a product.
   */
  isWhole(size: Size): boolean {
    if (typeof size === 'number' || this.loose.size === 0) return true;
    const doubtful = size.terms.filter((each) => [...namesInTerm(each)].some((name) => this.loose.has(name)));
    if (doubtful.length === 0) return true;
    const [{ atoms, coefficient }, more] = doubtful;
    return !more && atoms.length === 1 && coefficient === 1;
  }

  /** Two sizes that the program needs to be equal: whether they are, pinning down a size that is still free. */
  unify(left: Size, right: Size): boolean | undefined {
    const same = equal(left, right);
    if (same !== undefined) return same;
    const free = [left, right].find((size) => this.freeName(size) !== undefined);
    if (free !== undefined) {
      const other = free === left ? right : left;
      const name = this.freeName(free)!;
      if (!this.bindings.has(name) && !(typeof other !== 'number' && other.key.includes(name)))
        this.bindings.set(name, other);
      return true;
    }
    return undefined;
  }

  private freeName(size: Size): string | undefined {
    if (typeof size === 'number' || size.terms.length !== 1 || size.terms[0].coefficient !== 1) return undefined;
    const [atom, more] = size.terms[0].atoms;
    return !more && atom.kind === 'name' && this.soft.has(atom.key) ? atom.key : undefined;
  }
}
