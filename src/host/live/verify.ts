import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import type { InspectorDocument } from '../../core/state/document';
import { changeBetween, difference } from '../../core/tensor/change';
import { statisticsOf } from '../../core/tensor/statistics';
import type { EngineClient } from '../../engine/client';
import { documentOfLayer, documentOfTensor } from '../../live/document';
import { channelsFirst } from '../../live/layer';
import { ranBy } from '../../live/ran';
import type { LiveLayer } from '../../live/reader';
import { refusal } from '../../live/sentences';
import type { DocumentEditor } from '../documents/editor';
import { memoryLimit } from '../memory';
import type { Inspector } from '../panel/inspector';
import type { Place } from './place';
import { unlessGivenUp, withProgress } from './reading';

type Editor = Pick<DocumentEditor, 'create' | 'current'>;

/** How our output and the program's differ. */
export interface Verified {
  readonly document: InspectorDocument;
  readonly theirs: Tensor;
  readonly ours: Tensor;
  readonly largest: number;
  readonly at: readonly number[];
}

const sizesOf = ({ shape }: Tensor): string => `(${shape.join(', ')})`;

/** A tensor of the program's as one of the document's type. */
const like = (theirs: Tensor, { dtype }: Tensor): Tensor =>
  theirs.dtype === dtype
    ? theirs
    : {
        ...theirs,
        dtype,
        data: dtype === 'float32' ? Float32Array.from(theirs.data) : Float64Array.from(theirs.data),
      };

/** How far a tensor of the program's is from ours. Throws where their shapes are others. */
export function compared(document: InspectorDocument, ours: Tensor, theirs: Tensor): Verified {
  const given = like(theirs, ours);
  const change = changeBetween(ours, given);
  if (!change) throw refusal('other-output', sizesOf(ours), sizesOf(theirs));
  return { document, theirs: given, ours, largest: change.largest, at: change.at };
}

async function readLayer(
  { reader, program }: Place,
  layer: string,
  signal: AbortSignal | undefined,
): Promise<LiveLayer> {
  const read = await reader.read(program, layer, { signal });
  if (read.kind !== 'layer') throw refusal('no-layer', layer);
  return read;
}

/**
 * Runs a layer of the program on a tensor of the program, there, and here. Rejects with a ProblemError where either
 * cannot be.
 */
export async function verify(
  engine: EngineClient,
  place: Place,
  layer: string,
  input: string,
  signal?: AbortSignal,
): Promise<Verified> {
  const { reader, program } = place;
  const read = await readLayer(place, layer, signal);
  const given = await reader.read(program, input, { signal });
  if (given.kind !== 'tensor') throw refusal('no-tensor', input, given.type);
  if (given.plan === 'overview' || read.weight.plan === 'overview') throw refusal('too-large');
  const ran = await reader.ran(program, layer, input, { signal });
  const document = documentOfLayer(read, layer, given.values);
  const { op, input: x, weight, bias } = document;
  const ours = await engine.compute({ op, input: x, weight, bias, limit: memoryLimit() }, signal);
  return compared(document, ours, channelsFirst(read.stated, ran.values));
}

/** Whether the user lets something run that they are shown. */
export async function askToRun(question: string, detail: string): Promise<boolean> {
  const run = vscode.l10n.t('Run');
  return (await vscode.window.showInformationMessage(question, { modal: true, detail }, run)) === run;
}

/**
 * What is run to have a layer's output stay in the program, where it is too large to be compared here: an expression
 * whose value can be looked at by its overview and by windows. Nothing when the user does not want it.
 */
export async function askToLookThere(place: Place, layer: string, input: string): Promise<string | undefined> {
  const expression = ranBy(await readLayer(place, layer, undefined), layer, input);
  const question = vscode.l10n.t(
    'This is too large to be compared here. Run the layer in the stopped program each time that its output is looked at there?',
  );
  return (await askToRun(question, expression)) ? expression : undefined;
}

/** Runs a layer in the program, after the user has seen how, and shows the program's output beside ours. */
export async function verifyAndShow(
  { engine, editor }: { readonly engine: EngineClient; readonly editor: Editor },
  place: Place,
  layer: string,
  input: string,
): Promise<void> {
  const question = vscode.l10n.t('Run the layer in the stopped program, and compare its output with ours?');
  const title = vscode.l10n.t('Running {0} …', layer);
  const read = await readLayer(place, layer, undefined);
  if (!(await askToRun(question, ranBy(read, layer, input)))) return;
  const verified = await unlessGivenUp(
    withProgress(title, ({ signal }) => verify(engine, place, layer, input, signal)),
  );
  if (!verified) return;
  const { home } = await editor.create(verified.document);
  const name = `${layer}(${input})`;
  home.session.holdAgainst({ tensor: 'output', values: verified.theirs, name, marks: false });
  await tellDifference(editor, layer, verified);
}

/** Compares a tensor of the program with the output of the open inspector. Throws where their shapes differ. */
export async function compareWithOutput(editor: Editor, name: string, theirs: Tensor): Promise<void> {
  const session = editor.current?.home.session;
  const ours = session?.output;
  if (!session || !ours) throw refusal('no-output');
  await showBeside(editor, session, name, compared(session.document, ours, theirs));
}

/** Shows a tensor of the program's beside the output of an inspector, and tells how far they are apart. */
export async function showBeside(
  editor: Editor,
  session: Inspector['home']['session'],
  name: string,
  verified: Verified,
): Promise<void> {
  session.holdAgainst({ tensor: 'output', values: verified.theirs, name, marks: false });
  await tellDifference(editor, name, verified);
}

/** Tells how far a tensor of the program and ours are apart; a map of it can be had in an inspector of its own. */
async function tellDifference(
  editor: Editor,
  name: string,
  { theirs, ours, largest, at }: Pick<Verified, 'theirs' | 'ours' | 'largest' | 'at'>,
): Promise<void> {
  const { min, max } = statisticsOf(ours.data);
  const show = vscode.l10n.t('Show the difference');
  const text =
    largest === 0
      ? vscode.l10n.t('{0}: the program’s output and ours are the same, to the last bit.', name)
      : vscode.l10n.t(
          '{0}: the program’s output and ours differ by at most {1}, at [{2}]; the largest output is {3}.',
          name,
          largest.toPrecision(3),
          at.join(', '),
          Math.max(-min, max).toPrecision(3),
        );
  if ((await vscode.window.showInformationMessage(text, show)) !== show) return;
  const title = vscode.l10n.t('{0}, theirs − ours', name);
  await editor.create(documentOfTensor(difference(theirs, ours), title));
}
