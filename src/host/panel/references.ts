import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import type { InspectorDocument } from '../../core/state/document';
import type { EngineClient } from '../../engine/client';
import { type Choice, loadAgain } from '../files/loadTensor';
import { sourceOf } from '../files/openFile';

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

  private all(): Kept {
    return this.store.get<Kept>(KEY) ?? [];
  }
}

/** Reads a reference as its file has it now. Rejects where it is not there any more. */
export async function readReference(
  engine: EngineClient,
  document: InspectorDocument,
  { uri, choice }: Reference,
): Promise<Tensor> {
  const { value } = await loadAgain(engine, await sourceOf(vscode.Uri.parse(uri)), document, choice);
  return value;
}

/** How a document is looked at, with the reference that was picked for it where the document itself says none. */
export function withReference(view: unknown, reference: Reference | undefined): unknown {
  if (!reference) return view;
  const { upsampling, ...rest } = (view ?? {}) as { readonly upsampling?: { readonly file?: unknown } };
  if (typeof upsampling?.file === 'string' && upsampling.file !== '') return view;
  return { ...rest, upsampling: { ...upsampling, against: 'given', file: reference.name } };
}
