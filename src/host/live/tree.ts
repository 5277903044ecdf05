import * as vscode from 'vscode';
import { mainTensor, type Stop } from '../../live/followed';
import type { LiveItem } from './item';
import type { LiveItems } from './items';

/** One line of the view: an expression, or what it was at a stop. */
export type Row = { readonly item: LiveItem; readonly stop?: Stop };

export const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && 'item' in value;

const sizes = (shape: readonly number[]): string => `(${shape.join(', ')})`;

function changeText({ change, number }: Stop): string {
  if (!change) return number === 1 ? '' : vscode.l10n.t('another shape');
  if (change.changed === 0) return vscode.l10n.t('unchanged');
  const largest = Number(change.largest.toPrecision(4));
  return vscode.l10n.t(
    '{0} of {1} changed, by at most {2} at [{3}]',
    change.changed,
    change.of,
    largest,
    change.at.join(', '),
  );
}

function itemOf(item: LiveItem): vscode.TreeItem {
  const { last, stops } = item.followed;
  const row = new vscode.TreeItem(
    item.expression,
    stops.length > 1 ? vscode.TreeItemCollapsibleState.Expanded : vscode.TreeItemCollapsibleState.Collapsed,
  );
  const tensor = last && mainTensor(last.read);
  row.description =
    item.trouble ??
    (tensor
      ? `${tensor.dtype} ${sizes(tensor.shape)} · ${tensor.device}${item.counted === undefined ? '' : ` · ${item.counted}`}`
      : '');
  row.tooltip = item.trouble ?? (last && [last.place, last.read.type, item.counted].filter(Boolean).join('\n'));
  row.iconPath = new vscode.ThemeIcon(
    item.trouble === undefined ? (item.isPinned ? 'pinned' : 'symbol-array') : 'warning',
  );
  // What the menus of the line ask for.
  row.contextValue = [
    item.isPinned ? 'pinned' : 'loose',
    last?.read.kind ?? 'tensor',
    ...(item.before ? ['written'] : []),
    ...(last?.read.kind === 'layer' && last.read.stated.framework === 'torch' ? ['torchLayer'] : []),
    ...(item.isWatched ? ['watched'] : []),
    ...(tensor?.complex ? ['complex'] : []),
    ...(item.source.kind === 'notebook' ? ['notebook'] : []),
  ].join(' ');
  return row;
}

function stopOf({ item, stop }: Row & { readonly stop: Stop }): vscode.TreeItem {
  const row = new vscode.TreeItem(vscode.l10n.t('Stop {0}', stop.number));
  row.description = [changeText(stop), stop.place].filter(Boolean).join(' · ');
  row.tooltip = row.description;
  row.iconPath = new vscode.ThemeIcon(stop.change?.changed === 0 ? 'circle-outline' : 'circle-filled');
  row.contextValue = stop.change ? 'stop changed' : 'stop';
  row.command = { command: 'transposedConv.live.showStop', title: vscode.l10n.t('Show'), arguments: [{ item, stop }] };
  return row;
}

/** Expressions that were inspected, and below each of them what it was from stop to stop, the last one first. */
class LiveTree implements vscode.TreeDataProvider<Row> {
  private readonly changed = new vscode.EventEmitter<undefined>();
  private readonly rows = new WeakMap<LiveItem, Row>();
  readonly onDidChangeTreeData = this.changed.event;

  constructor(private readonly items: LiveItems) {
    items.onDidChange(() => {
      this.changed.fire(undefined);
    });
  }

  /** Lines are known to the view by their identity. */
  rowOf(item: LiveItem): Row {
    const row = this.rows.get(item) ?? { item };
    this.rows.set(item, row);
    return row;
  }

  getParent({ item, stop }: Row): Row | undefined {
    return stop && this.rowOf(item);
  }

  getTreeItem({ item, stop }: Row): vscode.TreeItem {
    return stop ? stopOf({ item, stop }) : itemOf(item);
  }

  getChildren(row?: Row): Row[] {
    if (!row) return this.items.items.map((item) => this.rowOf(item));
    const { item, stop } = row;
    return stop ? [] : item.followed.stops.map((each) => ({ item, stop: each })).toReversed();
  }
}

/** The view; it unfolds when the first expression is inspected, and is the user's to fold from then on. */
export function registerLiveTree(items: LiveItems): vscode.Disposable {
  const tree = new LiveTree(items);
  const view = vscode.window.createTreeView('transposedConv.live', { treeDataProvider: tree });
  let isKnown = false;
  const listening = items.onDidChange(() => {
    const [first] = items.items;
    if (isKnown || !first) return;
    isKnown = true;
    // A view that is hidden elsewhere stays there.
    Promise.resolve(view.reveal(tree.rowOf(first), { select: false, focus: false, expand: true })).catch(
      () => undefined,
    );
  });
  return vscode.Disposable.from(view, listening);
}
