import type { Tensor } from '../../core/operation';
import type { Entry } from '../../live/answer';
import { enters } from '../../live/document';
import type { LiveLayer } from '../../live/reader';
import { refusal } from '../../live/sentences';
import type { DocumentEditor } from '../documents/editor';
import { askInput, type Candidate } from './asking';
import { frameTensors } from './frameTensors';
import { LiveItem, type Source } from './item';
import type { LiveItems } from './items';
import type { Place } from './place';
import { readChosen } from './reading';
import { chooseRole, type Roles } from './roles';
import type { SessionPlace } from './sessions';
import { show, tellNotes } from './showing';
import { compareWithOutput } from './verify';

export interface Rooms {
  readonly editor: DocumentEditor;
  readonly items: LiveItems;
  readonly roles: Roles;
}

/** Where something is inspected. */
export interface Somewhere {
  readonly place: Place | SessionPlace;
  readonly source: Source;
}

/** The tensors at hand that can enter a layer: their names from the debugger, their shapes from the program. */
async function candidates(layer: LiveLayer, { place }: Somewhere): Promise<readonly Candidate[]> {
  if (!('session' in place)) return [];
  const variables = await frameTensors(place.session, place.frameId);
  if (variables.length === 0) return [];
  const all = variables.map(({ expression }, at) => `"${at}": ${expression}`).join(', ');
  const { entries = [] } = (await place.reader.read(place.program, `{${all}}`)) as {
    readonly entries?: readonly Entry[];
  };
  return entries.flatMap(({ name, shape }) =>
    shape && enters(layer, shape) ? [{ ...variables[Number(name)], shape }] : [],
  );
}

/** What a layer is applied to, as it was chosen before or as the user chooses now; `null` for random numbers. */
async function inputOf(
  { roles }: Rooms,
  somewhere: Somewhere,
  name: string,
  layer: LiveLayer,
  again: boolean,
): Promise<string | null | undefined> {
  const remembered = again ? undefined : roles.inputOf(name);
  if (remembered !== undefined) return remembered;
  const chosen = await askInput(name, await candidates(layer, somewhere));
  if (chosen !== undefined) await roles.rememberInput(name, chosen);
  return chosen;
}

async function readInput({ reader, program }: Place, expression: string, layer: LiveLayer): Promise<Tensor> {
  const read = await reader.read(program, expression);
  if (read.kind !== 'tensor') throw refusal('no-tensor', expression, read.type);
  if (read.plan === 'overview') throw refusal('too-large');
  if (!enters(layer, read.shape)) throw refusal('does-not-enter', expression, `(${read.shape.join(', ')})`);
  return read.values;
}

/**
 * Reads what an expression stands for, and shows it where the user says that it belongs, which is asked once and kept.
 * `again` asks anew.
 */
export async function inspect(rooms: Rooms, somewhere: Somewhere, asked: string, again = false): Promise<void> {
  const { editor, items, roles } = rooms;
  const { place, source } = somewhere;
  const found = await readChosen(place, asked);
  if (!found) return;
  const { expression, read } = found;
  const open = editor.current?.home.session.name;
  const layer = read.kind === 'layer' ? read : undefined;
  const known = again ? undefined : items.find(expression, source);
  if (known?.inspector.isOpen) {
    // It is on show: what it is now takes the place of what it was.
    items.note(known, known.followed.add(read, await place.where()));
    known.inspector.reveal();
    return;
  }
  const remembered = again || open === undefined ? undefined : roles.of(expression);
  const role = layer ? 'new' : (remembered ?? (await chooseRole(expression, open)));
  const input = layer ? await inputOf(rooms, somewhere, expression, layer, again) : null;
  if (!role || input === undefined) return;
  if (open !== undefined && !layer) await roles.remember(expression, role);
  if (role === 'compare') {
    if (read.kind === 'tensor') await compareWithOutput(editor, expression, read.values);
    return;
  }
  const entered = layer && input !== null ? await readInput(place, input, layer) : undefined;
  const shown = await show(editor, found, role, entered);
  if (!shown) return;
  const item = new LiveItem(expression, source, role, shown.inspector, shown.layout);
  item.input = input ?? undefined;
  item.followed.add(read, await place.where());
  items.add(item);
  tellNotes(read);
}
