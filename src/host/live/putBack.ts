import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import { changeBetween } from '../../core/tensor/change';
import { mainExpression, mainTensor } from '../../live/followed';
import { givenBack } from '../../live/layout';
import { canPut, putWindow } from '../../live/put';
import type { LiveTensor } from '../../live/reader';
import { refusal } from '../../live/sentences';
import { isWhole, windowText } from '../../live/window';
import type { LiveItem } from './item';
import type { Place } from './place';

/** What the document holds now, in the shape that the program's tensor has. Throws where it has become another one. */
function editedOf(item: LiveItem, shown: LiveTensor, isLayer: boolean): Tensor {
  const { document } = item.inspector.home.session;
  const role = isLayer ? 'weight' : item.role === 'new' ? 'input' : item.role;
  const held = document[role];
  if (!held) throw refusal('not-the-same');
  const { shape } = shown.values;
  const given = isLayer
    ? String(held.shape) === String(shape)
      ? held
      : undefined
    : item.layout && givenBack(held, shape, item.layout);
  if (!given) throw refusal('not-the-same');
  return given;
}

/**
 * Writes what was edited into the program, after the user has seen what will be written. What stood there is kept, for
 * `takeBack`. Answers whether anything was written.
 */
export async function putBack(item: LiveItem, { reader, program }: Place, ask = askToWrite): Promise<boolean> {
  const { last } = item.followed;
  if (!last || !item.inspector.isOpen) throw refusal('not-the-same');
  const isLayer = last.read.kind === 'layer';
  const shown = mainTensor(last.read);
  if (!canPut(shown)) throw refusal('not-writable', shown.dtype);
  // Other frameworks keep a kernel in another order of axes, in arrays that do not change.
  if (last.read.kind === 'layer' && last.read.stated.framework !== 'torch')
    throw refusal('not-writable', last.read.type);
  const expression = mainExpression(item.expression, last.read);
  const edited = editedOf(item, shown, isLayer);
  // What stands there now, which may not be what was shown.
  const now = await reader.window(program, expression, shown, shown.window);
  const change = changeBetween(now.values, edited);
  if (!change || change.changed === 0) throw refusal('nothing-to-put');
  const place = isWhole(shown.window, shown.shape)
    ? expression
    : `${expression}[${windowText(shown.window, shown.shape)}]`;
  if (!(await ask(place, change.changed, shown))) return false;
  await putWindow(reader, program, expression, shown.window, edited.data);
  item.before = { expression, window: shown.window, values: now.values.data };
  return true;
}

async function askToWrite(place: string, count: number, { dtype, device }: LiveTensor): Promise<boolean> {
  const write = vscode.l10n.t('Write');
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t('Write {0} changed values into the stopped program?', count),
    { modal: true, detail: vscode.l10n.t('{0} = … ({1}, {2}), in place.', place, dtype, device) },
    write,
  );
  return answer === write;
}

/** Writes what stood in the program before `putBack`. */
export async function takeBack(item: LiveItem, { reader, program }: Place): Promise<void> {
  const { before } = item;
  if (!before) throw refusal('nothing-to-take-back');
  await putWindow(reader, program, before.expression, before.window, before.values);
  item.before = undefined;
}
