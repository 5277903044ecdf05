import type { Resolution } from '../evaluate/modules';
import type { Chunk } from '../syntax/chunk';
import { boundBy } from './dependencies';
import type { Memo } from './memo';

/** A statement that changes more when it runs than its own words name, such as a list in a function. */
export interface Stirring {
  /** The mark of what it depends on, when it was run. */
  readonly depends: number;
  readonly settings: string;
}

/**
 * What may hold something else than in the last reading though no word says so: `fill(5)` has become `fill(3)`, and
 * what `fill` appends to is mentioned there by nobody. Whether a statement changes anything that was there before is
 * seen when it runs; what it changes is taken to be all that its words lead to.
 */
export class Unsettled {
  private readonly chunks = new Set<Chunk>();
  private readonly current: ReadonlySet<Chunk>;
  /** Those of the last reading that are in the text no more. */
  private readonly gone: readonly Chunk[];
  private readonly last: ReadonlyMap<Chunk, Stirring>;
  /** Which of them each was, in the order in which they ran, and the latest of those that have run by now. */
  private readonly order: ReadonlyMap<Chunk, number>;
  private latest = -1;
  private newest: Chunk | undefined;
  private binders: ReadonlyMap<string, readonly Chunk[]> | undefined;

  constructor(
    private readonly path: string,
    now: readonly Chunk[],
    private readonly before: Pick<Memo, 'parsed' | 'stirring' | 'resolutions'> | undefined,
    /** What imports have been found to mean by now. */
    private readonly resolutions: () => readonly Resolution[],
    /** The statements of this reading that have changed something, in the order in which they ran. */
    private readonly stirring: Map<Chunk, Stirring>,
  ) {
    this.newest = [...stirring.keys()].at(-1);
    this.current = new Set(now);
    this.last = before?.stirring ?? new Map<Chunk, Stirring>();
    this.order = new Map([...this.last.keys()].map((chunk, index) => [chunk, index]));
    this.gone = before?.parsed.chunks.filter((each) => !this.current.has(each)) ?? [];
    for (const chunk of this.gone) if (this.last.has(chunk)) this.add(chunk);
  }

  /** A statement has run: `stirring`, if it changed anything that was there before. */
  ran(chunk: Chunk, stirring: Stirring | undefined): void {
    const before = this.last.get(chunk);
    if (!stirring && !before) return;
    if (stirring) {
      this.stirring.set(chunk, stirring);
      this.newest = chunk;
    }
    const same = before?.depends === stirring?.depends && before?.settings === stirring?.settings;
    const at = this.order.get(chunk) ?? this.latest;
    if (!same || at < this.latest || this.concerns(chunk)) this.add(chunk);
    this.latest = Math.max(this.latest, at);
  }

  /** What tells those that have changed something by now from others, or from the same in another order. */
  get state(): string {
    return `${this.stirring.size} ${this.newest?.number ?? ''}`;
  }

  /** Those that the next reading has to know of. */
  get remembered(): ReadonlyMap<Chunk, Stirring> {
    return new Map([...this.stirring].filter(([chunk]) => this.current.has(chunk)));
  }

  /** Whether a statement may come to something else for it. */
  concerns(chunk: Chunk): boolean {
    if (this.chunks.size === 0) return false;
    for (const each of this.reachedFrom(chunk)) if (this.chunks.has(each)) return true;
    return false;
  }

  private add(chunk: Chunk): void {
    for (const each of this.reachedFrom(chunk)) this.chunks.add(each);
  }

  /** The statements that bind what a statement mentions, and so on; those that are gone among them. */
  private reachedFrom(chunk: Chunk): ReadonlySet<Chunk> {
    this.binders ??= this.bindersIn([...this.current, ...this.gone]);
    const reached = new Set([chunk]);
    const words = new Set<string>();
    for (const each of reached)
      for (const word of each.words) {
        if (words.has(word)) continue;
        words.add(word);
        for (const binder of this.binders.get(word) ?? []) reached.add(binder);
      }
    return reached;
  }

  /** By word: who binds it. What a library's module is has no part that a program changes. */
  private bindersIn(chunks: readonly Chunk[]): ReadonlyMap<string, readonly Chunk[]> {
    const binders = new Map<string, Chunk[]>();
    const found = [...(this.before?.resolutions ?? []), ...this.resolutions()]
      .filter(({ from, path }) => from === this.path && path !== undefined)
      .map(({ module }) => module.split('.'));
    const isOfProject = ({ words }: Chunk): boolean =>
      found.some((parts) => parts.every((part) => part === '' || words.has(part)));
    for (const chunk of chunks) {
      const { kind } = chunk.statement;
      if ((kind === 'import' || kind === 'from') && !isOfProject(chunk)) continue;
      for (const word of boundBy(chunk)) {
        const known = binders.get(word);
        if (known) known.push(chunk);
        else binders.set(word, [chunk]);
      }
    }
    return binders;
  }
}

/** The names that a statement binds, where it is one that defines something, else all that it mentions. */
export function bindsAtMost({ statement, words }: Chunk): readonly string[] {
  return statement.kind === 'function' || statement.kind === 'class' ? [statement.name] : [...words];
}
