import { noteUse, siteOf } from '../../findings/record';
import { iterate } from '../../model/iterate';
import type { Bound, FunctionSpec, LayerSpec } from '../../model/library';
import type { Machine } from '../../model/machine';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import type { Site } from '../../model/site';
import { derived, type Field, sureShape } from '../../model/tensor';
import type { CallPlace, Value } from '../../model/value';
import { refuse } from '../../shapes/problems';
import { applySpatial, inFormula } from '../../shapes/spatial';
import { convOutput, paddedAxis } from '../../sizes/axis';
import { divideExactly, floorDivide, isKnown, multiply, product, type Size, truncate } from '../../sizes/size';
import { blockRankRefusal, type Blocks, foldRefusal, unfoldRefusal } from './blockRules';
import { cornersRefusal, emptyRefusal, resizeRefusal, shuffleRefusal } from './resizingRules';

/** One value per axis of an argument that is a number or a list of them. */
function perAxis(value: Value | undefined, rank: number): readonly Value[] | undefined {
  if (!value || value.kind === 'none') return undefined;
  const items = iterate(value);
  if (items)
    return items.length === rank
      ? items
      : items.length === 1
        ? Array.from({ length: rank }, () => items[0])
        : undefined;
  return value.kind === 'number' || (value.kind === 'unknown' && !value.failed)
    ? Array.from({ length: rank }, () => value)
    : undefined;
}

/** `o = ⌊i·scale⌋`, or the size asked for. */
function resize(
  machine: Machine,
  bound: Bound,
  rank: number,
  record: Site | undefined,
  input: Value,
  at: CallPlace,
): Value {
  const sizes = perAxis(bound.get('size'), rank);
  const scales = perAxis(bound.get('scale_factor'), rank);
  if (!sizes && !scales) return unknown();
  const field = (before: readonly Field[] | undefined): readonly Field[] =>
    Array.from({ length: rank }, (_, index): Field => {
      const start = before?.[index] ?? { size: 1, jump: 1 };
      const scale = scales?.[index];
      return scale?.kind === 'number' && isKnown(scale.size) && scale.size > 0
        ? { size: start.size, jump: start.jump / scale.size }
        : start;
    });
  return applySpatial(
    machine,
    record,
    {
      rank,
      layout: 'first',
      parameters: bound.values,
      unbatched: false,
      mayBeEmpty: bound.text('mode') === 'area',
      refuse: (shape, outputs) => emptyRefusal(bound.text('mode'), shape, outputs),
      field: scales ? field : undefined,
      axis: (size, index) => {
        if (sizes) {
          const output = machine.sizeOf(sizes[index], 'size');
          return { output, formula: 'size', substituted: inFormula(output) };
        }
        const scale = scales![index];
        const factor = scale.kind === 'number' ? scale.size : machine.sizeOf(scale, 'scale_factor');
        const output = machine.simple(() => truncate(multiply(size, factor)) ?? machine.freshSize());
        return { output, formula: '⌊i·scale⌋', substituted: `⌊${inFormula(size)}·${inFormula(factor)}⌋` };
      },
    },
    input,
    at,
  );
}

/** The rank of `nn.Upsample` and `F.interpolate` is that of the input. */
function resizeByInput(
  machine: Machine,
  bound: Bound,
  record: Site | undefined,
  input: Value,
  at: CallPlace,
  layer = false,
  mode = bound.get('mode') ? bound.text('mode') : 'nearest',
  likely?: number,
): Value {
  const x = machine.asTensor(input);
  const known = sureShape(x);
  const refusal = known && (cornersRefusal(bound) ?? resizeRefusal(bound, known, layer, mode));
  if (refusal) return refuse(machine, at, refusal);
  const rank = x?.cell.shape
    ? x.cell.shape.length - 2
    : mode === 'bilinear' || mode === 'bicubic'
      ? 2
      : mode === 'trilinear'
        ? 3
        : mode === 'linear'
          ? 1
          : likely;
  return rank === undefined || rank < 1 || rank > 3 ? unknown() : resize(machine, bound, rank, record, input, at);
}

function shuffle(
  machine: Machine,
  bound: Bound,
  record: Site | undefined,
  input: Value,
  at: CallPlace,
  up: boolean,
): Value {
  const factor = bound.size(up ? 'upscale_factor' : 'downscale_factor');
  const area = machine.simple(() => multiply(factor, factor));
  return applySpatial(
    machine,
    record,
    {
      rank: 2,
      layout: 'first',
      parameters: bound.values,
      unbatched: true,
      leading: true,
      refuse: (shape) => shuffleRefusal(up, factor, shape),
      channels: (channels) => {
        if (!up) return machine.simple(() => multiply(channels, area));
        const exact = divideExactly(channels, area);
        return (
          exact ?? (isKnown(channels) && isKnown(area) ? undefined : machine.simple(() => floorDivide(channels, area)))
        );
      },
      axis: (size) => {
        const output = machine.simple(() => (up ? multiply(size, factor) : floorDivide(size, factor)));
        return {
          output,
          formula: up ? 'i·r' : '⌊i / r⌋',
          substituted: up ? `${inFormula(size)}·${inFormula(factor)}` : `⌊${inFormula(size)} / ${inFormula(factor)}⌋`,
        };
      },
    },
    input,
    at,
  );
}

/** How many blocks there are along each axis of an image. */
const blocksAlong = (machine: Machine, parts: Blocks, sizes: readonly Size[]): readonly Size[] =>
  sizes.map((input, index) => {
    const [kernel, dilation, padding, stride] = [parts.k[index], parts.d[index], parts.p[index], parts.s[index]];
    // A stride that is not one is refused, or leaves the number open.
    if (isKnown(stride) && stride < 1) return machine.freshSize();
    return machine.simple(() =>
      convOutput('conv', paddedAxis({ input, kernel, stride, dilation }, [padding, padding])),
    );
  });

/** `nn.Unfold`: (N, C, H, W) → (N, C·Πk, L) with one column per place of the kernel. */
function unfold(machine: Machine, bound: Bound, record: Site | undefined, input: Value, at: CallPlace): Value {
  const parts = windowParts(bound);
  const x = machine.asTensor(input);
  const shape = x && (x.cell.shape ?? machine.withRank(x, 4));
  const sure = sureShape(x);
  const rankWrong = parts && sure && blockRankRefusal(sure, [3, 4]);
  if (rankWrong) return refuse(machine, at, rankWrong);
  if (!parts || !x || !shape || (shape.length !== 4 && shape.length !== 3)) return unknown();
  const [channels, ...spatial] = shape.slice(-3);
  const outputs = blocksAlong(machine, parts, spatial);
  const refusal = sure && unfoldRefusal(parts, sure, outputs);
  if (refusal) return refuse(machine, at, refusal);
  const result = [
    ...shape.slice(0, -3),
    machine.simple(() => product([channels, ...parts.k])),
    machine.simple(() => product(outputs)),
  ];
  const application = { parameters: bound.values, inputShape: shape, outputShape: result, axes: () => [] };
  if (record) noteUse(machine, record, application, x, at);
  return derived(x, result, []);
}

function fold(machine: Machine, bound: Bound, record: Site | undefined, input: Value, at: CallPlace): Value {
  const parts = windowParts(bound);
  const sizes = bound.sizes('output_size', 2);
  const x = machine.asTensor(input);
  const shape = x?.cell.shape;
  const sure = sureShape(x);
  const refusal =
    parts &&
    sizes &&
    sure &&
    (blockRankRefusal(sure, [2, 3]) ?? foldRefusal(parts, sure, sizes, blocksAlong(machine, parts, sizes)));
  if (refusal) return refuse(machine, at, refusal);
  if (!parts || !sizes || !x || !shape || (shape.length !== 3 && shape.length !== 2)) return unknown();
  const channels = machine.simple(
    () => divideExactly(shape.at(-2)!, product(parts.k)) ?? floorDivide(shape.at(-2)!, product(parts.k)),
  );
  const result = [...shape.slice(0, -2), channels, ...sizes];
  const application = { parameters: bound.values, inputShape: shape, outputShape: result, axes: () => [] };
  if (record) noteUse(machine, record, application, x, at);
  return derived(x, result, []);
}

function windowParts(bound: Bound): Blocks | undefined {
  const [k, d, p, s] = ['kernel_size', 'dilation', 'padding', 'stride'].map((name) => bound.sizes(name, 2));
  return k && d && p && s ? { k, d, p, s } : undefined;
}

const UPSAMPLE = "size=None, scale_factor=None, mode='nearest', align_corners=None, recompute_scale_factor=None";

type Run = (machine: Machine, bound: Bound, record: Site | undefined, input: Value, at: CallPlace) => Value;

const layer = (name: string, family: LayerSpec['family'], rank: number, form: string, run: Run): LayerSpec => ({
  callee: `torch.nn.${name}`,
  framework: 'torch',
  family,
  rank,
  signature: signature(form),
  apply: ({ machine, bound, layer: made, args, at }) =>
    run(machine, bound, !machine.recorder.records ? undefined : made.site, args.positional[0] ?? unknown(), at),
});

const func = (name: string, family: FunctionSpec['family'], rank: number, form: string, run: Run): FunctionSpec => {
  const spec: FunctionSpec = {
    callee: `torch.nn.functional.${name}`,
    framework: 'torch',
    family,
    rank,
    signature: signature(`input, ${form}`),
    apply: ({ machine, bound, at }) =>
      run(
        machine,
        bound,
        !machine.recorder.records ? undefined : siteOf(machine, spec, at),
        bound.get('input') ?? unknown(),
        at,
      ),
  };
  return spec;
};

const WINDOW = 'kernel_size, dilation=1, padding=0, stride=1';

export const torchResizing: readonly LayerSpec[] = [
  layer('Upsample', 'resize', 2, UPSAMPLE, (machine, bound, record, input, at) =>
    resizeByInput(machine, bound, record, input, at, true),
  ),
  layer('UpsamplingNearest2d', 'resize', 2, 'size=None, scale_factor=None', (machine, bound, record, input, at) =>
    resizeByInput(machine, bound, record, input, at, true, 'nearest', 2),
  ),
  layer('UpsamplingBilinear2d', 'resize', 2, 'size=None, scale_factor=None', (machine, bound, record, input, at) =>
    resizeByInput(machine, bound, record, input, at, true, 'bilinear'),
  ),
  layer('PixelShuffle', 'pixelShuffle', 2, 'upscale_factor', (machine, bound, record, input, at) =>
    shuffle(machine, bound, record, input, at, true),
  ),
  layer('PixelUnshuffle', 'pixelUnshuffle', 2, 'downscale_factor', (machine, bound, record, input, at) =>
    shuffle(machine, bound, record, input, at, false),
  ),
  layer('Unfold', 'unfold', 2, WINDOW, unfold),
  layer('Fold', 'fold', 2, `output_size, ${WINDOW}`, fold),
];

export const torchFunctionalResizing: readonly FunctionSpec[] = [
  func('interpolate', 'resize', 2, `${UPSAMPLE}, antialias=False`, resizeByInput),
  func('upsample', 'resize', 2, "size=None, scale_factor=None, mode='nearest', align_corners=None", resizeByInput),
  func('upsample_bilinear', 'resize', 2, 'size=None, scale_factor=None', resizeByInput),
  func('upsample_nearest', 'resize', 2, 'size=None, scale_factor=None', resizeByInput),
  func('pixel_shuffle', 'pixelShuffle', 2, 'upscale_factor', (machine, bound, record, input, at) =>
    shuffle(machine, bound, record, input, at, true),
  ),
  func('pixel_unshuffle', 'pixelUnshuffle', 2, 'downscale_factor', (machine, bound, record, input, at) =>
    shuffle(machine, bound, record, input, at, false),
  ),
  func('unfold', 'unfold', 2, WINDOW, unfold),
  func('fold', 'fold', 2, `output_size, ${WINDOW}`, fold),
];
