import * as vscode from 'vscode';
import {
  type Interpretation,
  interpretations,
  type OtherRank,
  otherRanks,
  type Target,
  toldBy,
} from '../../core/formats/axes';
import type { LayerOf } from '../../core/formats/layer';
import type { Part } from '../../core/formats/part';
import { TENSOR_EXTENSIONS } from '../../core/formats/registry';
import { overviewWithin, parseSlices, slicesWithin } from '../../core/formats/slices';
import { ProblemError, problem } from '../../core/problem';
import { type InspectorDocument, spatialRank, type TensorRole } from '../../core/state/document';
import { describeBytes } from '../../core/tensor/bytes';
import { bytesPerElement, elementCount } from '../../core/tensor/tensor';
import type { Converted, TensorCall } from '../../protocol/engine';
import { memoryLimit } from '../memory';
import { chooseEntry } from './chooseEntry';
import { biasOf, type Entry } from './layers';
import { type FileEngine, type OpenFile, type Source, withFile } from './openFile';
import { readingText, shapeText } from './words';

/** A tensor of a file as one of the document's; of a layer's kernel its bias besides. */
export interface Loaded {
  readonly value: Converted;
  readonly bias?: Converted;
  /** The rank that the document takes on with it, if that is another one. */
  readonly rank?: number;
  /** The layer of a graph is meant, as a document of its own, and not only its kernel in this one. */
  readonly layer?: LayerOf;
  /** What was chosen, by which the same is read again. */
  readonly choice?: Choice;
  /** It is a colour picture, from 0 to 255. */
  readonly isColour?: boolean;
}

/** What was chosen of a file; text and numbers alone, so that it can be kept. */
export interface Choice {
  /** The tensor's name and shape, by which it is found again. */
  readonly entry: Pick<Entry, 'name' | 'shape'>;
  readonly how: Pick<TensorCall, 'as' | 'dtype' | 'reading' | 'window'>;
  readonly withBias: boolean;
}

/** Asks of a layer's kernel whether the layer itself is meant. */
async function chooseLayer(layer: LayerOf): Promise<'layer' | 'kernel' | undefined> {
  const { kind, stride, groups } = layer.op;
  const type = kind === 'conv' ? 'Conv' : 'ConvTranspose';
  const picked = await vscode.window.showQuickPick(
    [
      {
        label: vscode.l10n.t('Open the layer as a document'),
        description: `${type}, stride ${stride.join('×')}${groups === 1 ? '' : `, groups ${groups}`}`,
        what: 'layer' as const,
      },
      { label: vscode.l10n.t('Load only its kernel here'), what: 'kernel' as const },
    ],
    { title: vscode.l10n.t('This is the kernel of {0}', layer.name) },
  );
  return picked?.what;
}

/**
 * Asks which axis is which where neither the shape nor the format tells. Throws a ProblemError when none can fit.
 *
 * @param others what documents of other ranks would make of it; offered where it is asked, and where nothing else fits
 */
export async function chooseAxes(
  entry: Parameters<typeof toldBy>[0],
  shape: readonly number[],
  target: Target,
  name: string,
  others: readonly OtherRank[] = [],
): Promise<(Interpretation & Partial<OtherRank>) | undefined> {
  const all = interpretations(shape, target);
  if (all.length === 0 && others.length === 0) {
    throw new ProblemError([
      problem({
        code: 'file-axes',
        field: 'file',
        template: 'A tensor of shape {0} has too many axes for this document.',
        args: [shapeText(shape)],
      }),
    ]);
  }
  const told = toldBy(entry, all, target);
  if (told || all.length === 1) return told ?? all[0];
  const here = all.map((way) => ({ ...way, rank: undefined }));
  // Where the file tells axes that this document has not, another rank is the likelier one.
  const isTold = entry.axes !== undefined && others.some((way) => way.axes.endsWith(entry.axes ?? ''));
  const picked = await vscode.window.showQuickPick(
    (isTold ? [...others, ...here] : [...here, ...others]).map(({ rank, ...way }) => ({
      label: [...way.axes].join(' × '),
      description: [
        rank === undefined ? undefined : vscode.l10n.t('makes the document {0}-D', rank),
        way.framework,
        way.flipped ? vscode.l10n.t('flipped in space') : undefined,
      ]
        .filter(Boolean)
        .join(', '),
      detail: vscode.l10n.t('becomes {0}', shapeText(way.shape)),
      way: { ...way, ...(rank !== undefined && { rank }) },
    })),
    { title: vscode.l10n.t('Which axis is which in {0}, of shape {1}?', name, shapeText(shape)) },
  );
  return picked?.way;
}

/** Asks what the values are where the file leaves it open; nothing when the user breaks off. */
async function chooseReading({ readings = [], source }: Entry, name: string): Promise<string | undefined> {
  if (readings.length <= 1) return readings[0] ?? '';
  const picked = await vscode.window.showQuickPick(
    readings.map((reading) => ({ label: readingText(reading), reading })),
    { title: vscode.l10n.t('The file says no more of {0} than {1}. What is to be read?', name, source) },
  );
  return picked?.reading;
}

/** Asks for a part of a tensor that is larger than the limit. Nothing when the user breaks off. */
async function chooseWindow(
  shape: readonly number[],
  document: InspectorDocument,
  name: string,
  role: TensorRole,
): Promise<Part | 'all' | undefined> {
  const each = bytesPerElement(document.dtype);
  const limit = memoryLimit();
  const bytes = elementCount(shape) * each;
  if (bytes <= limit) return 'all';
  // The output and its derivations need room, too. A picture is known by an overview, a kernel by some of its channels.
  const some = (role === 'input' ? overviewWithin : slicesWithin)(shape, limit / each / 4);
  const fits = (text: string): boolean => {
    const window = parseSlices(text, shape);
    return window !== undefined && elementCount(window.size) * each <= limit;
  };
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t(
      '{0} takes {1}, the limit is {2}. Which part?',
      name,
      describeBytes(bytes),
      describeBytes(limit),
    ),
    prompt: vscode.l10n.t(
      'A slice for each axis of {0}, as in NumPy: 0:64 is the first 64, ::4 every fourth',
      shapeText(shape),
    ),
    value: some,
    validateInput: (typed) =>
      fits(typed) ? undefined : vscode.l10n.t('This is no part of {0} that is within the limit.', shapeText(shape)),
  });
  return text === undefined ? undefined : parseSlices(text, shape);
}

/** A kernel's bias, read with it when it has one value for each of the kernel's outputs. */
async function biasWith(
  { entries, read }: OpenFile,
  at: number,
  outputs: number,
  { dtype }: InspectorDocument,
): Promise<Converted | undefined> {
  const bias = biasOf(entries, at);
  if (bias === undefined || entries[bias].shape[0] !== outputs) return undefined;
  return read(bias, { dtype });
}

/** A layer with its kernel in PyTorch's order, and its bias. */
async function readLayer({ entries, read }: OpenFile, at: number, layer: LayerOf): Promise<Loaded> {
  const bias = biasOf(entries, at);
  const { storedAs } = layer;
  const value = await read(at, storedAs && { as: { storedAs } });
  return { value, layer, ...(bias !== undefined && { bias: await read(bias) }) };
}

/**
 * The tensor of a file or of pasted text that the user means, laid out as the document needs it; nothing when they
 * break off. Everything is asked before any values are read, and axes are put in order where the values are: in the
 * compute thread. Rejects with what is wrong with the file.
 *
 * @param keepsRank whether it is not for the document itself, which cannot become of another rank for it
 */
export function loadTensor(
  engine: FileEngine,
  source: Source,
  document: InspectorDocument,
  role: TensorRole,
  keepsRank = false,
): Promise<Loaded | undefined> {
  const target: Target = { role, kind: document.op.kind, rank: spatialRank(document) };
  const othersOf = (shape: readonly number[]): readonly OtherRank[] => (keepsRank ? [] : otherRanks(shape, target));
  return withFile(engine, source, async (file) => {
    const { entries } = file;
    const at = await chooseEntry(
      file,
      source.name,
      role,
      ({ shape }) => interpretations(shape, target).length + othersOf(shape).length > 0,
    );
    if (at === undefined) return undefined;
    const entry = entries[at];
    const name = entry.name === '' ? source.name : entry.name;
    if (entry.layer && role === 'weight') {
      const what = await chooseLayer(entry.layer);
      if (what === undefined) return undefined;
      if (what === 'layer') return readLayer(file, at, entry.layer);
    }
    const reading = await chooseReading(entry, name);
    if (reading === undefined) return undefined;
    const window = await chooseWindow(entry.shape, document, name, role);
    if (window === undefined) return undefined;
    const shape = window === 'all' ? entry.shape : window.size;
    const chosen = await chooseAxes(entry, shape, target, name, othersOf(shape));
    if (!chosen) return undefined;
    const { rank, ...way } = chosen;
    const how = {
      as: { way, target: rank === undefined ? target : { ...target, rank } },
      dtype: document.dtype,
      ...(window !== 'all' && { window }),
      ...(reading !== '' && { reading }),
    };
    const withBias = role === 'weight' && window === 'all';
    const { name: entryName, shape: entryShape } = entry;
    const choice = { entry: { name: entryName, shape: entryShape }, how, withBias };
    const loaded = await readChoice(file, at, choice, document);
    const isColour = entry.isColour === true && loaded.value.shape.at(-3) === 3;
    return { ...loaded, isColour, ...(rank !== undefined && { rank }) };
  });
}

/** Reads what was chosen, where it stands in the file. */
async function readChoice(file: OpenFile, at: number, choice: Choice, document: InspectorDocument): Promise<Loaded> {
  const value = await file.read(at, choice.how);
  const { kind, groups = 1 } = document.op;
  const outputs = kind === 'conv' ? value.shape[0] : value.shape[1] * groups;
  return { value, choice, ...(choice.withBias && { bias: await biasWith(file, at, outputs, document) }) };
}

/** Reads what was chosen of a file as it is there now, and asks nothing. Rejects where it is not there any more. */
export const loadAgain = (
  engine: FileEngine,
  source: Source,
  document: InspectorDocument,
  choice: Choice,
): Promise<Loaded> =>
  withFile(engine, source, async (file) => {
    const { name, shape } = choice.entry;
    const found = file.entries.findIndex((each) => each.name === name && each.shape.join() === shape.join());
    if (found >= 0) return readChoice(file, found, choice, document);
    throw new ProblemError([
      problem({
        code: 'file-changed',
        field: 'file',
        template: 'The file {0} has no tensor {1} of shape {2} any more.',
        args: [source.name, name, shapeText(shape)],
      }),
    ]);
  });

/** Lets the user pick a file with tensors. */
export async function pickFile(title: string): Promise<vscode.Uri | undefined> {
  const picked = await vscode.window.showOpenDialog({
    title,
    openLabel: vscode.l10n.t('Open'),
    filters: { [vscode.l10n.t('Tensors and pictures')]: [...TENSOR_EXTENSIONS], [vscode.l10n.t('All files')]: ['*'] },
  });
  return picked?.[0];
}
