import type { ShapeNote, Statement } from './ast';

/** What a top-level statement was found to be. */
export interface Reading {
  readonly statement: Statement;
  readonly text: string;
  /** Shapes that comments before it and beside it state. */
  readonly notes: readonly ShapeNote[];
  readonly hasError: boolean;
}

let count = 0;

/**
 * One top-level statement of a file with its text. A chunk whose text an edit left alone is kept as the same object,
 * with everything that was derived from it; only `base` moves.
 */
export class Chunk implements Reading {
  readonly statement: Statement;
  readonly text: string;
  readonly notes: readonly ShapeNote[];
  readonly hasError: boolean;
  /** No other has it. */
  readonly number = ++count;
  /** How often it has been put elsewhere. */
  moves = 0;
  /** The text that stands in the chunk's place, or near it, does not parse: the chunk is the last good answer. */
  stale = false;
  /** Whether anybody has asked for the body of a function in it: until then it counts for what it defines alone. */
  entered = false;
  /** Set when the text has changed inside the chunk, so that its base alone does not tell where its parts stand. */
  moved?: (offset: number) => number;
  private found?: ReadonlySet<string>;

  constructor(
    readonly path: string,
    /** Offset of the chunk in the current text of the file. */
    public base: number,
    read: (chunk: Chunk) => Reading,
  ) {
    ({ statement: this.statement, text: this.text, notes: this.notes, hasError: this.hasError } = read(this));
  }

  /** Every word of the text. */
  get words(): ReadonlySet<string> {
    return (this.found ??= new Set(this.text.match(/[A-Za-z_]\w*/g)));
  }

  /** Says where it stands now. */
  place(base: number, stale = false, moved?: (offset: number) => number): void {
    if (base === this.base && stale === this.stale && moved === this.moved) return;
    this.base = base;
    this.stale = stale;
    this.moved = moved;
    this.moves++;
  }

  /** Where a relative offset stands in the current text. */
  absolute = (offset: number): number => (this.moved ? this.moved(this.base + offset) : this.base + offset);
}
