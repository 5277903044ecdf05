import * as vscode from 'vscode';
import { npy, writeNpy } from '../../core/formats/npy';
import type { Tensor } from '../../core/operation';
import { ProblemError } from '../../core/problem';
import { deserialize } from '../../core/state/deserialize';
import type { InspectorDocument } from '../../core/state/document';
import { serialize } from '../../core/state/serialize';
import { memoryLimit } from '../memory';

const { fs } = vscode.workspace;
const beside = (uri: vscode.Uri, name: string): vscode.Uri => vscode.Uri.joinPath(uri, '..', name);
const nameOf = (uri: vscode.Uri): string => uri.path.slice(uri.path.lastIndexOf('/') + 1);

async function readAttachment(uri: vscode.Uri, limit: number): Promise<Tensor | undefined> {
  // A file that is missing or cannot be read is reported later, with its name, when the document is put together.
  const bytes = await Promise.resolve(fs.readFile(uri)).catch(() => undefined);
  return bytes && npy.read(bytes, { limit })[0]?.load();
}

/** Reads a `.tconv.json` file and the `.npy` files beside it. Rejects with a ProblemError that names the place. */
export async function readDocument(uri: vscode.Uri): Promise<InspectorDocument> {
  const limit = memoryLimit();
  const draft = deserialize(new TextDecoder().decode(await fs.readFile(uri)), limit);
  if (!draft.ok) throw new ProblemError(draft.problems);
  const loaded = new Map<string, Tensor>();
  for (const { file } of draft.value.files) {
    const tensor = await readAttachment(beside(uri, file), limit);
    if (tensor) loaded.set(file, tensor);
  }
  const document = draft.value.complete(loaded);
  if (!document.ok) throw new ProblemError(document.problems);
  return document.value;
}

/**
 * Writes the document, but first the files of its tensors beside it, so that it never names a file that is not there.
 * Answers all files that were written.
 */
export async function writeDocument(uri: vscode.Uri, document: InspectorDocument): Promise<readonly vscode.Uri[]> {
  const { text, attachments } = serialize(document, nameOf(uri));
  const written: vscode.Uri[] = [];
  for (const { file, tensor } of attachments) {
    written.push(beside(uri, file));
    await fs.writeFile(written[written.length - 1], writeNpy(tensor));
  }
  await fs.writeFile(uri, new TextEncoder().encode(text));
  return [...written, uri];
}

/** Deletes files that may be gone already. */
export async function removeFiles(uris: readonly vscode.Uri[]): Promise<void> {
  await Promise.allSettled(uris.map((uri) => fs.delete(uri)));
}
