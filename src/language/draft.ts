import type { Operation } from '../core/operation';
import { canonicalUse } from '../python/canonicalUse';
import type { Dim, Report, Use } from '../python';
import { shapeOf } from '../core/shape';
import type { Origin, ViewState } from '../core/state/document';
import { refusedSizes } from './refusedUse';

/**
 * What the inspector is asked to open: an operation on tensors of these shapes, and the call in the code that it comes
 * from, if there is one.
 */
export interface CodeDraft {
  readonly title: string;
  readonly op: Operation;
  readonly inputShape: readonly number[];
  readonly weightShape: readonly number[];
  /** Whether the layer has a bias. */
  readonly bias?: boolean;
  readonly origin?: Extract<Origin, { kind: 'python' }>;
  /** What it is shown with at first; else as any document. */
  readonly view?: ViewState;
}

export type LinkedDraft = CodeDraft & Required<Pick<CodeDraft, 'origin'>>;

/** An axis of unknown size gets the first of these that is legal. Small ones come first, since every cell is drawn. */
const TRIED: readonly number[] = [4, 8, 16, 32, 64, 128, 256];

const isKnown = (dims: readonly Dim[]): dims is readonly number[] => dims.every((dim) => typeof dim === 'number');

/** Whether the inspector can show a use. */
export const canOpen = (report: Report, use: Use): boolean => sizesOf(report, use) !== undefined;

type Sizes = Pick<CodeDraft, 'op' | 'inputShape' | 'weightShape'>;

const sizesOf = (report: Report, use: Use): Sizes | undefined =>
  report.uses.includes(use) ? sizes(report, use) : refusedSizes(report, use, TRIED[0]);

function sizes(report: Report, use: Use): Sizes | undefined {
  const known = canonicalUse(report, use);
  if (!known) return undefined;
  const { op, inputShape, outputShape, weightShape } = known;
  const batched = inputShape.length === report.rank + 2;
  for (const size of TRIED) {
    const shape = inputShape.map((dim, axis) => (typeof dim === 'number' ? dim : batched && axis === 0 ? 1 : size));
    const { problems, outputShape: made } = shapeOf(op, shape, weightShape);
    // The inspector must show the output size that the hover tells. Where they differ, the layer does more than this.
    const differs = made?.some(
      (dim, axis) =>
        typeof outputShape[axis] === 'number' && axis > 0 && isKnown(inputShape.slice(1)) && outputShape[axis] !== dim,
    );
    if (problems.length === 0) return differs ? undefined : { op, inputShape: shape, weightShape };
    if (isKnown(inputShape)) break;
  }
  return undefined;
}

/** The draft of one use of a layer; nothing when its parameters are not all known numbers. */
export function draftOf(
  report: Report,
  use: Use,
  uri: { toString(): string },
  range: LinkedDraft['origin']['range'],
): LinkedDraft | undefined {
  const known = sizesOf(report, use);
  if (!known) return undefined;
  return { ...known, bias: hasBias(report, use), ...placed(report, uri, range) };
}

/** What the document is called, and where it comes from. */
function placed(
  report: Report,
  uri: { toString(): string },
  range: LinkedDraft['origin']['range'],
): Pick<LinkedDraft, 'title' | 'origin'> {
  const name = report.mentions.find(({ role }) => role === 'definition')?.name;
  return {
    title: name ?? report.callee.split('.').pop() ?? report.callee,
    origin: {
      kind: 'python',
      uri: uri.toString(),
      callee: report.callee,
      range: {
        start: { line: range.start.line, character: range.start.character },
        end: { line: range.end.line, character: range.end.character },
      },
    },
  };
}

/**
 * Whether the operation has a bias. A layer has one if there are more parameters than its weight has; a function if it
 * is given one.
 */
function hasBias({ callee, argumentSpans, parameters }: Report, { weightShape, parameterCount }: Use): boolean {
  const weight = weightShape?.reduce<number>((product, dim) => product * Number(dim), 1);
  if (typeof parameterCount === 'number' && weight !== undefined) return parameterCount > weight;
  return /\.[a-z]\w*$/.test(callee) && argumentSpans.bias !== undefined && parameters.bias !== null;
}
