import * as vscode from 'vscode';
import type { TensorRole } from '../../core/state/document';
import { translated } from '../translate';
import { biasOf, type Entry, groupOf } from './layers';
import type { OpenFile } from './openFile';
import { previewOf } from './preview';
import { readingText, shapeText } from './words';

interface Item extends vscode.QuickPickItem {
  /** Its place in the file; missing for what cannot be opened. */
  readonly at?: number;
}

/** A reason is read of a few; of more it is only counted. */
const MOST_LEFT = 100;

const separator = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });

/** A tensor with its shape and type, with the bias that is taken along, and with the layer of a graph that it is of. */
function itemOf(entries: readonly Entry[], at: number, bias: number | undefined): Item {
  const { name, alias, shape, source, layer } = entries[at];
  const besides =
    bias === undefined ? [] : [`+ ${entries[bias].name.split(/[./]/).at(-1) ?? ''} ${shapeText(entries[bias].shape)}`];
  const of = layer ? [`· ${layer.op.kind === 'conv' ? 'Conv' : 'ConvTranspose'} ${layer.name}`] : [];
  const also = alias === undefined ? [] : [`· ${alias}`];
  return {
    label: readingText(name),
    description: [shapeText(shape), ...besides, source, ...of, ...also].join(' '),
    at,
  };
}

/**
 * All tensors in the order of the file, under the module that they belong to; what cannot be opened at the end. Where a
 * kernel is wanted, its bias comes with it and is not listed by itself.
 */
function itemsOf({ entries, left }: Pick<OpenFile, 'entries' | 'left'>, role: TensorRole): Item[] {
  const items: Item[] = [];
  const biases = new Map(
    role === 'weight'
      ? entries.flatMap((_, at) => [[at, biasOf(entries, at)] as const]).filter(([, bias]) => bias !== undefined)
      : [],
  );
  const taken = new Set(biases.values());
  let group: string | undefined;
  entries.forEach(({ name }, at) => {
    if (taken.has(at)) return;
    const own = groupOf(name);
    if (own !== group && own !== name) items.push(separator(own));
    group = own;
    items.push(itemOf(entries, at, biases.get(at)));
  });
  if (left.length === 0) return items;
  return [
    ...items,
    separator(vscode.l10n.t('Not to be opened: {0}', left.length)),
    ...left.slice(0, MOST_LEFT).map(({ name, why }) => ({ label: `$(circle-slash) ${name}`, detail: translated(why) })),
  ];
}

/** So many values tell what a tensor is like. */
const MOST_PREVIEWED = 65_536;

/** The beginning of a tensor: whole axes from the last one on, as far as there is room. */
function beginning(shape: readonly number[]): { readonly begin: number[]; readonly size: number[] } {
  let room = MOST_PREVIEWED;
  const size = shape.toReversed().map((length) => {
    const taken = Math.max(1, Math.min(length, room));
    room = Math.floor(room / taken);
    return taken;
  });
  return { begin: shape.map(() => 0), size: size.reverse() };
}

/** Tells in the title what the values of the tensor under the cursor are like, while it stays there. */
function previewing(pick: vscode.QuickPick<Item>, { entries, read }: OpenFile, title: string): vscode.Disposable {
  let latest = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const tell = async (at: number, mine: number): Promise<void> => {
    const { name, shape } = entries[at];
    // A tensor that cannot be read says so when it is chosen.
    const part = await read(at, { window: beginning(shape) }).catch(() => undefined);
    if (mine === latest && part) pick.title = `${name}  ·  ${previewOf(part.data)}`;
  };
  const hear = ([item]: readonly Item[]): void => {
    const mine = ++latest;
    clearTimeout(timer);
    pick.title = title;
    const at = item?.at;
    if (at !== undefined) timer = setTimeout(() => void tell(at, mine), 60);
  };
  const heard = pick.onDidChangeActive(hear);
  hear(pick.activeItems);
  return {
    dispose() {
      latest++;
      clearTimeout(timer);
      heard.dispose();
    },
  };
}

/**
 * Lets the user say which of a file's tensors is meant, by its position. A single one is not asked about, unless there
 * is something else in the file, which may be what is meant. Nothing when they say none.
 */
export async function chooseEntry(
  file: OpenFile,
  name: string,
  role: TensorRole,
  fits: (entry: Entry) => boolean,
): Promise<number | undefined> {
  const { entries, left } = file;
  if (entries.length === 1 && left.length === 0) return 0;
  const title = vscode.l10n.t('Which tensor of {0}?', name);
  const pick = vscode.window.createQuickPick<Item>();
  pick.title = title;
  pick.placeholder = vscode.l10n.t('{0} tensors: filter by name, shape or type', entries.length);
  pick.matchOnDescription = true;
  pick.items = itemsOf(file, role);
  // What can be what is wanted is under the cursor, if anything can.
  const first = entries.findIndex(fits);
  pick.activeItems = pick.items.filter((item) => item.at === Math.max(0, first) && item.kind === undefined);
  const preview = previewing(pick, file, title);
  try {
    return await new Promise<number | undefined>((resolve) => {
      pick.onDidAccept(() => {
        const at = pick.activeItems[0]?.at;
        if (at !== undefined) resolve(at);
      });
      pick.onDidHide(() => {
        resolve(undefined);
      });
      pick.show();
    });
  } finally {
    preview.dispose();
    pick.dispose();
  }
}
