import type { SyntaxNode } from '@lezer/common';
import type { Statement } from './ast';
import { lowerStatement } from './lowerStatement';
import type { ShapeNote } from './ast';

/**
 * One top-level statement of a file with its text. A chunk whose text an edit left alone is kept as the same object,
 * with everything that was derived from it; only `base` moves.
 */
export class Chunk {
  /** Offset of the chunk in the current text of the file. */
  base: number;
  /** How often it has been put elsewhere. */
  moves = 0;
  private lowered?: Statement;
  private found?: ReadonlySet<string>;
  private readonly treeBase: number;

  constructor(
    private node: SyntaxNode | undefined,
    readonly text: string,
    readonly path: string,
    readonly notes: readonly ShapeNote[],
    readonly hasError: boolean,
  ) {
    this.treeBase = node?.from ?? 0;
    this.base = this.treeBase;
  }

  get statement(): Statement {
    if (!this.lowered) {
      this.lowered = { ...this.lower(this.node!), notes: this.notes.length > 0 ? this.notes : undefined };
    }
    return this.lowered;
  }

  private lower(node: SyntaxNode): Statement {
    try {
      return lowerStatement(node, this);
    } catch (error) {
      // Nested deeper than the stack: no program that a person wrote.
      if (!(error instanceof RangeError)) throw error;
      return { kind: 'unreadable', start: this.relative(node.from), end: this.relative(node.to) };
    }
  }

  /** Every word of the text. */
  get words(): ReadonlySet<string> {
    return (this.found ??= new Set(this.text.match(/[A-Za-z_]\w*/g)));
  }

  textOf(node: { readonly from: number; readonly to: number }): string {
    return this.text.slice(node.from - this.treeBase, node.to - this.treeBase);
  }

  relative(offset: number): number {
    return offset - this.treeBase;
  }

  /** The text that stands in the chunk's place, or near it, does not parse: the chunk is the last good answer. */
  stale = false;
  /** Set when the text has changed inside the chunk, so that its base alone does not tell where its parts stand. */
  moved?: (offset: number) => number;

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
