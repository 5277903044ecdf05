import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import { ProblemError } from '../../core/problem';
import { difference } from '../../core/tensor/change';
import { documentOfTensor } from '../../live/document';
import { mainExpression, mainTensor } from '../../live/followed';
import { refusal } from '../../live/sentences';
import { barsOf, countWhole } from '../../live/statistics';
import { askInput, askPart, askWindow } from './asking';
import { inspect, type Rooms } from './inspect';
import type { LiveItem } from './item';
import type { Place } from './place';
import { putBack, takeBack } from './putBack';
import { unlessGivenUp, withProgress } from './reading';
import { showAgain, showStop, tellNotes } from './showing';
import { isRow, type Row } from './tree';
import { askToLookThere, verifyAndShow } from './verify';
import { showLastCall, unwatchLayer, watchLayer } from './watching';

/** What the commands of a line of the view work with. */
export interface ItemRooms extends Rooms {
  readonly engine: EngineClient;
  /** Has a notebook's kernel asked while it runs cells, or not any more. Answers whether the user lets it. */
  connectAside(notebook: vscode.Uri): Promise<boolean>;
  closeAside(notebook: vscode.Uri): Promise<void>;
  isAside(notebook: vscode.Uri): boolean;
  /** Where an item's program stands now. Rejects with why it stands nowhere. */
  placeOf(item: LiveItem): Promise<Place>;
}

/** Reads an item again, and shows it and what has to be known of it. */
async function readAgain({ editor, items, placeOf }: ItemRooms, item: LiveItem): Promise<void> {
  const place = await placeOf(item);
  const title = vscode.l10n.t('Reading {0} …', item.expression);
  await unlessGivenUp(withProgress(title, (watched) => items.again(item, place, watched)));
  const { last } = item.followed;
  if (!last) return;
  if (!item.inspector.isOpen) await showAgain(editor, item, last.read);
  tellNotes(last.read);
}

async function chooseWindow(rooms: ItemRooms, item: LiveItem): Promise<void> {
  const { last } = item.followed;
  if (last?.read.kind !== 'tensor') return;
  const window = await askWindow(last.read, item.expression);
  if (!window) return;
  const before = item.window;
  item.window = window;
  try {
    await readAgain(rooms, item);
  } catch (error) {
    item.window = before;
    throw error;
  }
}

async function choosePart(rooms: ItemRooms, item: LiveItem): Promise<void> {
  item.part = (await askPart(item.expression)) ?? item.part;
  await readAgain(rooms, item);
}

async function showDifference({ editor }: ItemRooms, { item, stop }: Row): Promise<void> {
  const { number } = stop ?? item.followed.last ?? { number: 0 };
  const pair = item.followed.pair(number);
  if (!pair) throw refusal('no-stop-before');
  const [before, after] = pair;
  const values = difference(mainTensor(after.read).values, mainTensor(before.read).values);
  const title = vscode.l10n.t('{0}, stop {1} − stop {2}', item.expression, after.number, before.number);
  await editor.create(documentOfTensor(values, title));
}

/** Counts all of a tensor where it lies: what is shown of a large one is a part. */
async function count({ items, placeOf }: ItemRooms, item: LiveItem): Promise<void> {
  const { last } = item.followed;
  if (!last) return;
  const tensor = mainTensor(last.read);
  const expression = mainExpression(item.expression, last.read);
  const { reader, program } = await placeOf(item);
  const title = vscode.l10n.t('Counting {0} …', expression);
  const counted = await unlessGivenUp(
    withProgress(title, (watched) => countWhole(reader, program, expression, tensor, watched)),
  );
  if (!counted) return;
  const { min, max, mean, finite } = counted;
  const [least, most, middle] = [min, max, mean].map((value) => String(Number(value.toPrecision(6))));
  const limits = vscode.l10n.t('{0} … {1}, mean {2}, {3} not finite', least, most, middle, counted.count - finite);
  item.counted = finite > 0 ? `${limits} ▏${barsOf(counted.histogram)}▕` : limits;
  items.tell();
  const elements = counted.count.toLocaleString();
  const text = vscode.l10n.t(
    '{0}: {1}; all of {2} elements were counted in the program.',
    expression,
    item.counted,
    elements,
  );
  void vscode.window.showInformationMessage(text);
}

async function write(rooms: ItemRooms, item: LiveItem): Promise<void> {
  const place = await rooms.placeOf(item);
  if (await putBack(item, place)) await rooms.items.again(item, place);
}

async function takeBackOf(rooms: ItemRooms, item: LiveItem): Promise<void> {
  const place = await rooms.placeOf(item);
  await takeBack(item, place);
  await rooms.items.again(item, place);
}

const isTooLarge = (error: unknown): boolean =>
  error instanceof ProblemError && error.problems.some(({ code }) => code === 'live-too-large');

async function verifyItem(rooms: ItemRooms, item: LiveItem): Promise<void> {
  const { expression, source } = item;
  const place = await rooms.placeOf(item);
  const input = item.input ?? (await askInput(expression, []));
  if (typeof input !== 'string') return;
  try {
    await verifyAndShow(rooms, place, expression, input);
  } catch (error) {
    if (!isTooLarge(error)) throw error;
    const output = await askToLookThere(place, expression, input);
    if (output !== undefined) await inspect(rooms, { place, source }, output);
  }
}

/** What is done with an item where its program stands, after which its line may look otherwise. */
async function at(
  { items, placeOf }: ItemRooms,
  item: LiveItem,
  act: (item: LiveItem, place: Place) => Promise<void>,
): Promise<void> {
  await act(item, await placeOf(item));
  items.tell();
}

/** Follows an item while cells run; or, where its kernel is asked then already, asks it no more. */
async function whileRunning(rooms: ItemRooms, item: LiveItem): Promise<void> {
  if (item.source.kind !== 'notebook') return;
  const { notebook } = item.source;
  if (item.isPinned && rooms.isAside(notebook)) await rooms.closeAside(notebook);
  else if (await rooms.connectAside(notebook)) item.isPinned = true;
  rooms.items.tell();
}

async function remove(rooms: ItemRooms, item: LiveItem): Promise<void> {
  rooms.items.remove(item);
  // No hook stays behind, if the program can be asked.
  if (item.isWatched) await at(rooms, item, unwatchLayer);
}

/** The commands of the view's lines, by their names; each takes a line. */
export function itemCommands(rooms: ItemRooms): Readonly<Record<string, (argument: unknown) => Promise<void>>> {
  const { editor, items } = rooms;
  const on =
    (act: (row: Row) => unknown) =>
    async (argument: unknown): Promise<void> => {
      // From the palette there is no line: the last expression that was inspected is meant.
      const row = isRow(argument) ? argument : items.items[0] && { item: items.items[0] };
      if (!row) throw refusal('nothing-inspected');
      await act(row);
    };
  const pin = (isPinned: boolean) =>
    on(({ item }) => {
      item.isPinned = isPinned;
      items.tell();
    });
  return {
    'transposedConv.live.pin': pin(true),
    'transposedConv.live.unpin': pin(false),
    'transposedConv.live.readAgain': on(({ item }) => readAgain(rooms, item)),
    'transposedConv.live.showStop': on(({ item, stop }) => stop && showStop(editor, item, stop)),
    'transposedConv.live.showDifference': on((row) => showDifference(rooms, row)),
    'transposedConv.live.window': on(({ item }) => chooseWindow(rooms, item)),
    'transposedConv.live.part': on(({ item }) => choosePart(rooms, item)),
    'transposedConv.live.count': on(({ item }) => count(rooms, item)),
    'transposedConv.live.verify': on(({ item }) => verifyItem(rooms, item)),
    'transposedConv.live.putBack': on(({ item }) => write(rooms, item)),
    'transposedConv.live.takeBack': on(({ item }) => takeBackOf(rooms, item)),
    'transposedConv.live.watch': on(({ item }) => at(rooms, item, watchLayer)),
    'transposedConv.live.unwatch': on(({ item }) => at(rooms, item, unwatchLayer)),
    'transposedConv.live.lastCall': on(({ item }) => at(rooms, item, (_, place) => showLastCall(editor, item, place))),
    'transposedConv.live.whileRunning': on(({ item }) => whileRunning(rooms, item)),
    'transposedConv.live.remove': on(({ item }) => remove(rooms, item)),
  };
}
