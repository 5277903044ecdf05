import * as vscode from 'vscode';
import type { ReadFile } from '../../language/agents/answers';
import type { LineAsked } from '../../language/agents/tools';
import type { Span } from '../../python';
import { lineAt } from '../../python/syntax/ignores';
import type { Snapshot } from '../language/analyses';
import { located, notebookOf, offsetAt } from '../language/documents';

/** Why an agent gets no answer: a sentence that it can act upon. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
}

/** The address of a path as a model writes it: absolute, or from one of the workspace's folders. */
async function addressOf(path: string): Promise<vscode.Uri> {
  const folders = (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri);
  const absolute = /^(?:\/|[A-Za-z]:[\\/])/.test(path);
  const file = vscode.Uri.file(path);
  const candidates = absolute
    ? [...folders.map((folder) => folder.with({ path: file.path })), file]
    : folders.map((folder) => vscode.Uri.joinPath(folder, path));
  for (const each of candidates) {
    try {
      await vscode.workspace.fs.stat(each);
      return each;
    } catch {
      // It may stand in the next folder.
    }
  }
  throw new NoAnswer(`There is no file ${path} in the workspace.`);
}

/** The document of a file, or the first Python cell of a notebook; it is opened, and not shown. */
export async function documentAt(path: string): Promise<vscode.TextDocument> {
  const uri = await addressOf(path);
  if (!uri.path.endsWith('.ipynb')) return vscode.workspace.openTextDocument(uri);
  const notebook = await vscode.workspace.openNotebookDocument(uri);
  const cell = notebook.getCells().find(({ document }) => document.languageId === 'python');
  if (!cell) throw new NoAnswer(`${path} has no cell of Python.`);
  return cell.document;
}

/** What was read, with its places as an agent is told them. */
export function asReadFile(path: string, { analysis, source }: Snapshot): ReadFile {
  return {
    file: path,
    analysis,
    at: (offset) => {
      const place = located(source, { start: offset, end: offset });
      if (!place) return '?';
      const { line, character } = place.range.start;
      const cells = notebookOf(place.document)?.getCells() ?? [];
      const cell = cells.findIndex(({ document }) => document === place.document);
      return [...(cell < 0 ? [] : [`cell ${cell + 1}`]), line + 1, character + 1].join(':');
    },
    setting: (key) =>
      `Or the user sets it: Set Input Shape, on a layer that derives from ${key}; or pyproject.toml does.`,
  };
}

/** From where to where a line goes in what was read. */
export function lineIn({ source }: Snapshot, { line, cell, path }: LineAsked): Span {
  const [first] = source.parts;
  const document = cell === undefined ? first?.document : notebookOf(first.document)?.getCells()[cell - 1]?.document;
  const offset =
    document && line <= document.lineCount ? offsetAt(source, document, new vscode.Position(line - 1, 0)) : undefined;
  if (offset === undefined) throw new NoAnswer(`${path} has no such line.`);
  return lineAt(source.text, offset);
}
