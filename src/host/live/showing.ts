import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import { spatialRank, type TensorRole } from '../../core/state/document';
import { documentOfLayer, documentOfTensor } from '../../live/document';
import type { Stop } from '../../live/followed';
import { inputLayout, type Layout, laidOut, layoutAgain } from '../../live/layout';
import type { LiveTensor } from '../../live/reader';
import { windowText } from '../../live/window';
import type { DocumentEditor } from '../documents/editor';
import { isDirty } from '../documents/tabs';
import { chooseAxes } from '../files/loadTensor';
import type { Inspector } from '../panel/inspector';
import { translated } from '../translate';
import type { LiveItem } from './item';
import type { Found, Read } from './reading';
import type { Role } from './roles';

type Editor = Pick<DocumentEditor, 'create' | 'current'>;

const sizes = (shape: readonly number[]): string => `(${shape.join(', ')})`;

/** What must be known of a tensor to read what is shown of it: one text, or none. */
function noteOf({ plan, notes, shape, window, complex }: LiveTensor): string | undefined {
  const told = [
    ...(plan === 'overview'
      ? [
          vscode.l10n.t(
            'An overview of {0}: [{1}]. Choose a window to see all of a part.',
            sizes(shape),
            windowText(window, shape),
          ),
        ]
      : []),
    ...(complex ? [vscode.l10n.t('Complex numbers: one real number of each is shown, at first the real part.')] : []),
    ...notes.map(translated),
  ];
  return told.length === 0 ? undefined : told.join(' ');
}

/** Says what has to be known beside the picture. */
export function tellNotes(read: Read): void {
  const tensors = read.kind === 'layer' ? [read.weight, ...(read.bias ? [read.bias] : [])] : [read];
  const told = new Set(tensors.map(noteOf).filter((note) => note !== undefined));
  for (const note of told) void vscode.window.showInformationMessage(note);
}

/** How a tensor fits a document; the user is asked for its axes where they are not clear. */
async function chooseLayout(
  { shape }: Tensor,
  { home }: Inspector,
  role: TensorRole,
  name: string,
): Promise<Layout | undefined> {
  const { document } = home.session;
  const target = { role, kind: document.op.kind, rank: spatialRank(document) };
  const way = await chooseAxes({}, shape.length === 0 ? [1] : shape, target, name);
  return way && { target, way };
}

/** Where something is shown, and how it became the document's. */
export interface Shown {
  readonly inspector: Inspector;
  readonly layout: Layout | undefined;
}

/** Shows what was read where it belongs; nothing when the user breaks off. `input` is what a layer is applied to. */
export async function show(
  editor: Editor,
  { expression, read }: Found,
  role: Exclude<Role, 'compare'>,
  input?: Tensor,
): Promise<Shown | undefined> {
  if (read.kind === 'layer')
    return { inspector: await editor.create(documentOfLayer(read, expression, input)), layout: undefined };
  const { values } = read;
  const { current } = editor;
  if (role === 'new' || !current) {
    const inspector = await editor.create(documentOfTensor(values, expression));
    return { inspector, layout: inputLayout(values.shape) };
  }
  const layout = await chooseLayout(values, current, role, expression);
  if (!layout) return undefined;
  const value = laidOut(values, layout);
  current.home.session.apply({ kind: 'replaceTensor', tensor: role, value, label: expression });
  return { inspector: current, layout };
}

/** The tensors of a document that an item's are. */
function tensorsOf(item: LiveItem, read: Read): readonly (readonly [TensorRole, Tensor])[] {
  if (read.kind === 'layer')
    return [['weight', read.weight.values], ...(read.bias ? ([['bias', read.bias.values]] as const) : [])];
  const layout = item.layout && layoutAgain(read.values.shape, item.layout);
  if (!layout) return [];
  item.layout = layout;
  return [[item.role === 'new' ? 'input' : item.role, laidOut(read.values, layout)]];
}

/**
 * Puts what was read again where the item is shown. What the user has not changed follows the program; what they have
 * is replaced as by an edit, which can be undone.
 */
export async function showAgain(editor: Editor, item: LiveItem, read: Read): Promise<void> {
  if (!item.inspector.isOpen) {
    const document =
      read.kind === 'layer' ? documentOfLayer(read, item.expression) : documentOfTensor(read.values, item.expression);
    item.inspector = await editor.create(document);
    if (read.kind === 'tensor') item.layout = inputLayout(read.values.shape);
    return;
  }
  const { session, uri } = item.inspector.home;
  const how = isDirty(uri) ? 'edit' : 'follow';
  for (const [tensor, value] of tensorsOf(item, read))
    session.apply({ kind: 'replaceTensor', tensor, value, label: item.expression }, how);
}

/** Shows what an item was at a stop, and marks what has changed since the one before. */
export async function showStop(editor: Editor, item: LiveItem, stop: Stop): Promise<void> {
  await showAgain(editor, item, stop.read);
  // Of another shape there is no difference.
  const before = stop.change && item.followed.pair(stop.number)?.[0];
  const { session } = item.inspector.home;
  const [first] = before ? tensorsOf(item, before.read) : [];
  // A bias has no grid.
  if (!before || !first || first[0] === 'bias') session.holdAgainst(undefined);
  else session.holdAgainst({ tensor: first[0], values: first[1], name: stopName(before), marks: true });
}

const stopName = ({ number, place }: Stop): string =>
  [vscode.l10n.t('Stop {0}', number), place].filter(Boolean).join(' · ');
