import type * as vscode from 'vscode';
import type { Choice } from '../files/loadTensor';
import { type Renamed, renamed } from '../renamed';

/** Where a picture is against which ways to make larger are held, and what of that file it is. */
export interface Reference {
  readonly uri: string;
  readonly name: string;
  readonly choice: Choice;
}

const KEY = 'upsampling.references';
/** Of so many documents; the one that was picked first is forgotten first. */
const MOST = 50;

type Kept = readonly (readonly [document: string, reference: Reference])[];

/**
 * Which reference each document was held against last. Kept by VS Code for the workspace, and not in the document:
 * where a user's pictures lie is nobody else's business, and a document that came from elsewhere has no files read.
 */
export class References {
  constructor(private readonly store: Pick<vscode.Memento, 'get' | 'update'>) {}

  of(document: vscode.Uri): Reference | undefined {
    return this.all().find(([each]) => each === document.toString())?.[1];
  }

  async keep(document: vscode.Uri, reference: Reference): Promise<void> {
    const name = document.toString();
    const others = this.all().filter(([each]) => each !== name);
    await this.store.update(KEY, [...others, [name, reference]].slice(-MOST));
  }

  /** The document is there under another address as well: a copy, or one that has only now got a file. */
  async carry(from: vscode.Uri, to: vscode.Uri): Promise<void> {
    const reference = this.of(from);
    await (reference ? this.keep(to, reference) : this.forget(to));
  }

  /** Files have other addresses now, or the folders in which they are: documents, and what they were held against. */
  async follow(files: readonly Renamed[]): Promise<void> {
    const moved = (address: string): string => files.reduce((now, file) => renamed(now, file) ?? now, address);
    const before = this.all();
    const after = before.map(
      ([document, reference]) => [moved(document), { ...reference, uri: moved(reference.uri) }] as const,
    );
    if (JSON.stringify(after) !== JSON.stringify(before)) await this.store.update(KEY, after);
  }

  /** An address that another document may get. */
  async forget(document: vscode.Uri): Promise<void> {
    const others = this.all().filter(([each]) => each !== document.toString());
    if (others.length < this.all().length) await this.store.update(KEY, others);
  }

  private all(): Kept {
    return this.store.get<Kept>(KEY) ?? [];
  }
}

/** How a document is looked at, with the reference that was picked for it where the document itself says none. */
export function withReference(view: unknown, reference: Reference | undefined): unknown {
  if (!reference) return view;
  const { upsampling, ...rest } = (view ?? {}) as { readonly upsampling?: { readonly file?: unknown } };
  if (typeof upsampling?.file === 'string' && upsampling.file !== '') return view;
  return { ...rest, upsampling: { ...upsampling, against: 'given', file: reference.name } };
}
