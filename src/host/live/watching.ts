import * as vscode from 'vscode';
import { documentOfLayer } from '../../live/document';
import { refusal } from '../../live/sentences';
import { lastCall, unwatchCalls, watchCalls } from '../../live/watched';
import type { DocumentEditor } from '../documents/editor';
import type { LiveItem } from './item';
import type { Place } from './place';

/** Sets a hook on the layer of an item, which keeps its last call in the program until it is removed. */
export async function watchLayer(item: LiveItem, { reader, program }: Place): Promise<void> {
  await watchCalls(reader, program, item.expression);
  item.isWatched = true;
}

export async function unwatchLayer(item: LiveItem, { reader, program }: Place): Promise<void> {
  await unwatchCalls(reader, program, item.expression);
  item.isWatched = false;
}

/** Shows what entered the layer in its last call, with the parameters of then, and its own output beside ours. */
export async function showLastCall(
  editor: Pick<DocumentEditor, 'create'>,
  { expression, followed }: LiveItem,
  { reader, program }: Place,
): Promise<void> {
  const read = followed.last?.read;
  if (read?.kind !== 'layer') throw refusal('no-layer', expression);
  const { input, weight, bias, output } = await lastCall(reader, program, expression);
  const name = vscode.l10n.t('Last call of {0}', expression);
  const { home } = await editor.create(documentOfLayer({ stated: read.stated, weight, bias }, name, input.values));
  home.session.holdAgainst({ tensor: 'output', values: output, name, marks: false });
}
