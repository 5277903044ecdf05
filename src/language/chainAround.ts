import { planAxis } from '../core/axis';
import { layerLine } from '../core/chain/layer';
import { MOST_STAGES } from '../core/chain/stage';
import type { Dim, Report, Use } from '../python';
import { type CanonicalUse, canonicalUse } from '../python/canonicalUse';
import { convField, fieldSizes } from '../python/findings/field';

/** A chain of layers as the view of fields takes it: a line for each, and the size of its input. */
export type ChainDraft = Readonly<{ lines: readonly string[]; input: number }>;

interface Link {
  readonly report: Report;
  readonly use: Use;
  readonly known: CanonicalUse;
}

const isSame = (one: readonly Dim[], other: readonly Dim[]): boolean =>
  one.length === other.length && one.every((dim, at) => typeof dim === 'number' && dim === other[at]);

/** Channels and spatial axes: a batch may have no number. */
const withoutBatch = (shape: readonly Dim[], rank: number): readonly Dim[] => shape.slice(-rank - 1);

/** All applications of known layers of one rank, in the order in which the text has them run. */
function linksOf(reports: readonly Report[], rank: number): readonly Link[] {
  return reports
    .filter((report) => report.rank === rank)
    .flatMap((report) =>
      report.uses.flatMap((use): readonly Link[] => {
        const known = canonicalUse(report, use);
        const isPlain = known && (known.op.paddingMode ?? 'zeros') === 'zeros' && use.span !== undefined;
        return isPlain ? [{ report, use, known }] : [];
      }),
    )
    .sort(
      (one, other) =>
        // Of calls within one another the inner one runs first.
        (one.use.span?.end ?? 0) - (other.use.span?.end ?? 0) || one.report.span.start - other.report.span.start,
    );
}

/**
 * The layers that run one after another around a use, from the network's input on: each takes the very shape that the
 * one before gave, and its receptive field, as the reading of the code has it, is that of a chain of just these. What
 * branches, or has other layers between that change sizes, does not pass; nothing where fewer than two are left.
 */
export function chainAround(reports: readonly Report[], report: Report, use: Use): ChainDraft | undefined {
  const { rank } = report;
  const links = linksOf(reports, rank);
  const own = links.findIndex((link) => link.use === use);
  if (own < 0) return undefined;
  const follows = (one: Link, other: Link): boolean =>
    isSame(withoutBatch(one.known.outputShape, rank), withoutBatch(other.known.inputShape, rank));
  let first = own;
  while (first > 0 && own - first < MOST_STAGES - 1 && follows(links[first - 1], links[first])) first--;
  for (; first <= own; first++) {
    const chain = fromInput(links, first, rank);
    if (chain.length > Math.max(1, own - first)) return draftOf(chain, rank);
  }
  return undefined;
}

/** The longest run from a link on whose receptive fields are those of a chain that begins with it. */
function fromInput(links: readonly Link[], first: number, rank: number): readonly Link[] {
  const chain: Link[] = [];
  let field: ReturnType<typeof convField> | undefined;
  for (const link of links.slice(first, first + MOST_STAGES)) {
    const { op, weightShape, inputShape } = link.known;
    const before = chain.at(-1);
    if (before && !isSame(withoutBatch(before.known.outputShape, rank), withoutBatch(inputShape, rank))) break;
    const axes = op.stride.map((stride, axis) => ({
      kernel: weightShape[axis + 2],
      stride,
      dilation: op.dilation[axis],
    }));
    field = convField(op.kind, axes, field, rank);
    const sizes = fieldSizes(field);
    if (!sizes || !link.use.receptiveField || !isSame(sizes, link.use.receptiveField)) break;
    chain.push(link);
  }
  return chain;
}

function draftOf(chain: readonly Link[], rank: number): ChainDraft | undefined {
  const sizes = chain[0].known.inputShape.slice(-rank);
  const [input] = sizes;
  // The view follows the first axis.
  if (typeof input !== 'number' || sizes.some((size) => typeof size !== 'number')) return undefined;
  return {
    input,
    lines: chain.map(({ known: { op, weightShape } }) =>
      layerLine({
        kind: op.kind,
        axes: op.stride.map((_, axis) => planAxis(op, axis, input, weightShape[axis + 2])),
      }),
    ),
  };
}
