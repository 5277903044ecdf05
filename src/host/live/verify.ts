import * as vscode from 'vscode';
import type { Tensor } from '../../core/operation';
import { statisticsOf } from '../../core/tensor/statistics';
import { changeBetween, difference } from '../../live/change';
import { documentOfLayer, documentOfTensor } from '../../live/document';
import { refusal } from '../../live/sentences';
import type { EngineClient } from '../../engine/client';
import type { DocumentEditor } from '../documents/editor';
import { memoryLimit } from '../memory';
import type { Place } from './place';
import { unlessGivenUp, withProgress } from './reading';

/** How our output and the program's differ. */
export interface Verified {
  readonly theirs: Tensor;
  readonly ours: Tensor;
  readonly largest: number;
  readonly at: readonly number[];
}

const sizesOf = ({ shape }: Tensor): string => `(${shape.join(', ')})`;

/** What is run in the program: the layer's own code on the tensor, without gradients and without the layer's hooks. */
export const ranBy = (layer: string, input: string): string => `type(${layer}).forward(${layer}, ${input})`;

/**
 * Runs a layer of the program on a tensor of the program, there, and here. Rejects with a ProblemError where either
 * cannot be.
 */
export async function verify(
  engine: EngineClient,
  { reader, program }: Place,
  layer: string,
  input: string,
  signal?: AbortSignal,
): Promise<Verified> {
  const [read, given] = [await reader.read(program, layer, { signal }), await reader.read(program, input, { signal })];
  if (read.kind !== 'layer') throw refusal('no-layer', layer);
  if (given.kind !== 'tensor') throw refusal('no-tensor', input, given.type);
  if (given.plan === 'overview' || read.weight.plan === 'overview') throw refusal('too-large');
  const ran = await reader.ran(program, layer, input, { signal });
  if (ran.plan === 'overview') throw refusal('too-large');
  const { op, input: x, weight, bias } = documentOfLayer(read, layer, given.values);
  const ours = await engine.compute({ op, input: x, weight, bias, limit: memoryLimit() }, signal);
  const change = changeBetween(ours, ran.values);
  if (!change) throw refusal('other-output', sizesOf(ours), sizesOf(ran.values));
  return { theirs: ran.values, ours, largest: change.largest, at: change.at };
}

async function askToRun(layer: string, input: string): Promise<boolean> {
  const run = vscode.l10n.t('Run');
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t('Run the layer in the stopped program, and compare its output with ours?'),
    { modal: true, detail: ranBy(layer, input) },
    run,
  );
  return answer === run;
}

/** Shows the program's output beside ours, and tells how far they are apart. */
export async function verifyAndShow(
  { engine, editor }: { readonly engine: EngineClient; readonly editor: Pick<DocumentEditor, 'create'> },
  place: Place,
  layer: string,
  input: string,
): Promise<void> {
  if (!vscode.workspace.isTrusted) throw refusal('restricted');
  if (!(await askToRun(layer, input))) return;
  const title = vscode.l10n.t('Running {0} …', layer);
  const verified = await unlessGivenUp(
    withProgress(title, ({ signal }) => verify(engine, place, layer, input, signal)),
  );
  if (!verified) return;
  await tellDifference(editor, layer, verified);
}

/** Tells how far a tensor of the program and ours are apart, and shows where, if the user wants that. */
async function tellDifference(
  editor: Pick<DocumentEditor, 'create'>,
  name: string,
  { theirs, ours, largest, at }: Verified,
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

/** Compares a tensor of the program with the output of the open inspector. Throws where their shapes differ. */
export async function compareWithOutput(
  editor: Pick<DocumentEditor, 'create' | 'current'>,
  name: string,
  theirs: Tensor,
): Promise<void> {
  const ours = editor.current?.home.session.output;
  if (!ours) throw refusal('no-output');
  const change = changeBetween(ours, theirs);
  if (!change) throw refusal('other-output', sizesOf(ours), sizesOf(theirs));
  await tellDifference(editor, name, { theirs, ours, largest: change.largest, at: change.at });
}
