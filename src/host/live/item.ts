import type * as vscode from 'vscode';
import type { Part } from '../../live/expression';
import { Followed } from '../../live/followed';
import type { Layout } from '../../live/layout';
import type { ReadOptions } from '../../live/reader';
import type { Window } from '../../live/window';
import type { Inspector } from '../panel/inspector';
import type { Role } from './roles';

/** What an item is read from: a debug session where it stands, or the kernel of a notebook. */
export type Source =
  | { readonly kind: 'session'; readonly session: vscode.DebugSession }
  | { readonly kind: 'notebook'; readonly notebook: vscode.Uri };

/** What a program held before values were put there. */
export interface Before {
  readonly expression: string;
  readonly window: Window;
  readonly values: Float32Array | Float64Array;
}

/** An expression that was inspected: what is read of it, what it has been, and where it is shown. */
export class LiveItem {
  readonly followed = new Followed();
  /** Whether it is read again at each stop. */
  isPinned = false;
  window: Window | undefined;
  part: Part | undefined;
  /** Why it could not be read at the last stop. */
  trouble: string | undefined;
  before: Before | undefined;
  /** Limits and mean of all of it, as they were counted last. */
  counted: string | undefined;
  /** Whether our hook is set on it, as far as is known here. */
  isWatched = false;
  /** Of a layer: the tensor that it is applied to. */
  input: string | undefined;

  constructor(
    readonly expression: string,
    readonly source: Source,
    readonly role: Exclude<Role, 'compare'>,
    public inspector: Inspector,
    /** How a tensor became the document's; a layer's weight is as it is. */
    public layout: Layout | undefined,
  ) {}

  get options(): ReadOptions {
    return { window: this.window, part: this.part };
  }

  isOf(source: Source): boolean {
    if (this.source.kind === 'session')
      return source.kind === 'session' && source.session.id === this.source.session.id;
    return source.kind === 'notebook' && source.notebook.toString() === this.source.notebook.toString();
  }
}
