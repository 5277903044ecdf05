import { cannotRestore } from '../findings/decoder';
import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import type { Machine } from '../model/machine';
import { FAILED, list, tuple, unknown } from '../model/make';
import { derived, fitsUnbatched, sureShape, tensor, type TensorValue, weaker } from '../model/tensor';
import type { CallPlace, Value } from '../model/value';
import { print } from '../sizes/print';
import { add, ceilDivide, equal, isKnown, multiply, type Size, subtract } from '../sizes/size';
import { simpler, strongerField, trustIn } from './elementwise';
import { normalAxis } from './indexing';
import { mismatch, type Refusal, refuse } from './problems';
import { axisRefusal } from './refusals/axes';
import { axisAmong } from './onTensor';

const open = (): Value => tensor(undefined, 'symbolic', { stem: 't' });

function tensorsOf(machine: Machine, value: Value | undefined): readonly TensorValue[] | 'failed' | undefined {
  const items = value && iterate(value);
  if (!items) return undefined;
  if (items.some((item) => item.kind === 'unknown' && item.failed)) return 'failed';
  const tensors = items.map((item) => machine.asTensor(item));
  return tensors.every((each) => each !== undefined) ? tensors : undefined;
}

/** There is no such axis; told where all shapes are beyond doubt. */
function refuseAxis(
  machine: Machine,
  tensors: readonly TensorValue[],
  axis: number,
  rank: number,
  at: CallPlace,
): Value {
  const refusal = tensors.every(sureShape) ? axisRefusal([axis], rank) : undefined;
  return refusal ? refuse(machine, at, refusal) : FAILED;
}

/** Concatenation along an axis; every other axis must agree. */
export function concatenate(
  machine: Machine,
  value: Value | undefined,
  axisNumber: number | undefined,
  at: CallPlace,
): Value {
  const all = tensorsOf(machine, value);
  if (all === 'failed') return FAILED;
  // An empty tensor of one axis goes with any other: it is how a list of results is begun.
  const some = all?.filter(({ cell: { shape } }) => !(shape?.length === 1 && shape[0] === 0));
  const tensors = some && some.length > 0 ? some : all;
  if (!tensors || tensors.length === 0 || axisNumber === undefined) return open();
  const rank = tensors.find((each) => each.cell.shape)?.cell.shape?.length;
  const shapes = tensors.map(
    (each) => each.cell.shape ?? (rank === undefined ? undefined : machine.withRank(each, rank)),
  );
  if (rank === undefined || shapes.some((shape) => shape?.length !== rank))
    return shapes.every((shape) => shape !== undefined) ? refuseRanks(machine, tensors, at) : open();
  const axis = normalAxis(axisNumber, rank);
  if (axis === undefined) return refuseAxis(machine, tensors, axisNumber, rank, at);
  const known = shapes as readonly (readonly Size[])[];
  const result: Size[] = [];
  for (let each = 0; each < rank; each++) {
    const sizes = known.map((shape) => shape[each]);
    if (each === axis) result.push(machine.simple(() => sizes.reduce(add)));
    else {
      const agreed = agree(machine, sizes);
      if (agreed === undefined) return refuseSizes(machine, tensors, known, axis, each, at);
      result.push(agreed);
    }
  }
  const field = tensors.map((each) => each.field).reduce(strongerField);
  const source = tensors.map((each) => each.source).reduce(weaker);
  return { ...derived(tensors[0], result, field), ...trustIn(tensors), source };
}

function agree(machine: Machine, sizes: readonly Size[]): Size | undefined {
  let result = sizes[0];
  for (const size of sizes.slice(1)) {
    if (isKnown(result) && isKnown(size) && result !== size) return undefined;
    if (equal(result, size) === false && isKnown(subtract(result, size))) return undefined;
    machine.names.unify(result, size);
    result = isKnown(size) ? size : isKnown(result) ? result : simpler(result, size);
  }
  return result;
}

function refuseSizes(
  machine: Machine,
  tensors: readonly TensorValue[],
  shapes: readonly (readonly Size[])[],
  axis: number,
  wrong: number,
  at: CallPlace,
): Value {
  cannotRestore(machine, tensors);
  const other = shapes.findIndex((shape) => equal(shape[wrong], shapes[0][wrong]) !== true);
  mismatch(machine, at, {
    code: 'cat-unequal',
    template: 'The tensors have sizes {0} and {1} on axis {2}; only axis {3} may differ.',
    args: [print(shapes[0][wrong]), print(shapes[other][wrong]), wrong, axis],
    framework: tensors.some((each) => each.keras)
      ? kerasWords(shapes)
      : tensors.some((each) => each.of)
        ? undefined
        : `Sizes of tensors must match except in dimension ${axis}. Expected size ${print(shapes[0][wrong])} but got size ${print(shapes[other][wrong])} for tensor number ${other} in the list.`,
  });
  return FAILED;
}

/** Keras's words; it calls a size that is not known None. */
function kerasWords(shapes: readonly (readonly Size[])[]): string {
  const shown = shapes.map((shape) => `(${shape.map((size) => (isKnown(size) ? size : 'None')).join(', ')})`);
  return `A \`Concatenate\` layer requires inputs with matching shapes except for the concatenation axis. Received: input_shape=[${shown.join(', ')}]`;
}

function refuseRanks(machine: Machine, tensors: readonly TensorValue[], at: CallPlace): Value {
  // With inputs that the analysis made up, one of another rank may be of the analysis' own making.
  if (machine.mode.synthetic) return open();
  const ranks = tensors.map(({ cell }) => cell.shape!.length);
  if (tensors.some((each) => fitsUnbatched(each, (rank) => ranks.includes(rank)))) return open();
  const [first, other] = [ranks[0], ranks.find((rank) => rank !== ranks[0])!];
  mismatch(machine, at, {
    code: 'cat-unequal',
    template: 'The tensors have {0} and {1} axes.',
    args: [first, other],
    framework: `Tensors must have same number of dimensions: got ${first} and ${other}`,
  });
  return FAILED;
}

/** PyTorch's `stack` has words of its own for tensors of unequal shapes, and says them first. */
function stackRefusal(tensors: readonly TensorValue[]): Refusal | undefined {
  const shapes = tensors.map(sureShape);
  if (!shapes.every((shape): shape is readonly Size[] => shape?.every(isKnown) === true)) return undefined;
  const listed = shapes.map((shape) => `[${shape.map(print).join(', ')}]`);
  const other = listed.findIndex((each) => each !== listed[0]);
  if (other < 0) return undefined;
  const [one, another] = [listed[0], listed[other]];
  return {
    code: 'cat-unequal',
    template: 'The tensors have the shapes {0} and {1}; stacked ones have the same shape.',
    args: [one, another],
    framework: `stack expects each tensor to be equal size, but got ${one} at entry 0 and ${another} at entry ${other}`,
  };
}

function stacked({ machine, bound, at }: Applied): Value {
  const tensors = tensorsOf(machine, bound.get('tensors'));
  if (tensors === 'failed') return FAILED;
  const shape = tensors?.find((each) => each.cell.shape)?.cell.shape;
  const axis = bound.int('dim');
  if (!tensors || !shape || axis === undefined) return open();
  const place = normalAxis(axis, shape.length + 1);
  if (place === undefined) return refuseAxis(machine, tensors, axis, shape.length + 1, at);
  const unequal = stackRefusal(tensors);
  if (unequal) return refuse(machine, at, unequal);
  // All have the same number of axes before the new one is put in.
  const shapes = tensors.map((each) => each.cell.shape ?? machine.withRank(each, shape.length));
  if (!shapes.every((each) => each !== undefined)) return open();
  return concatenate(
    machine,
    list(tensors.map((each, index) => derived(each, shapes[index].toSpliced(place, 0, 1), []))),
    place,
    at,
  );
}

/** Sizes of the pieces that `chunk(n)` makes: `⌈size/n⌉` each, the last one what is left. */
function chunked(call: Applied): Value {
  const { machine, bound } = call;
  const input = bound.get('input');
  if (input?.kind === 'unknown' && input.failed) return FAILED;
  const x = bound.tensor('input');
  const shape = x?.cell.shape;
  const count = bound.int('chunks');
  const axisNumber = bound.int('dim');
  if (!x || !shape || count === undefined || axisNumber === undefined) return unknown();
  const axis = axisAmong(call, axisNumber, shape.length);
  const each = machine.simple(() => ceilDivide(shape[axis], count));
  if (isKnown(shape[axis]) && isKnown(each)) return pieces(x, shape, axis, each, shape[axis]);
  const exact = machine.simple(() => subtract(multiply(each, count), shape[axis]));
  const last = exact === 0 ? each : machine.freshSize();
  return tuple(
    Array.from({ length: count }, (_, index) => derived(x, shape.with(axis, index === count - 1 ? last : each))),
  );
}

function pieces(x: TensorValue, shape: readonly Size[], axis: number, each: number, total: number): Value {
  const found: Value[] = [];
  for (let from = 0; from < total && each > 0; from += each)
    found.push(derived(x, shape.with(axis, Math.min(each, total - from))));
  return tuple(found);
}

function splitInto(call: Applied): Value {
  const { machine, bound } = call;
  const input = bound.get('input');
  if (input?.kind === 'unknown' && input.failed) return FAILED;
  const x = bound.tensor('input');
  const shape = x?.cell.shape;
  const axisNumber = bound.int('dim');
  const sizes = bound.get('split_size');
  if (!x || !shape || axisNumber === undefined || !sizes) return unknown();
  const axis = axisAmong(call, axisNumber, shape.length);
  const parts = sizes.kind === 'list' || sizes.kind === 'tuple' ? iterate(sizes) : undefined;
  if (parts) return tuple(parts.map((part) => derived(x, shape.with(axis, machine.sizeOf(part)))));
  const each = machine.sizeOf(sizes);
  const total = shape[axis];
  if (isKnown(each) && isKnown(total)) return pieces(x, shape, axis, each, total);
  const count = machine.simple(() => ceilDivide(total, each));
  return isKnown(count) && count <= 64
    ? tuple(Array.from({ length: count }, () => derived(x, shape.with(axis, each))))
    : unknown();
}

/** `tensor_split`: into so many parts, the first ones an element longer, or where the indices say. */
function split({ machine, bound }: Applied): Value {
  const x = bound.tensor('input');
  const shape = x?.cell.shape;
  const axisNumber = bound.int('dim');
  const axis = shape && axisNumber !== undefined ? normalAxis(axisNumber, shape.length) : undefined;
  const size = axis === undefined ? undefined : shape![axis];
  if (!x || !shape || axis === undefined || size === undefined || !isKnown(size)) return unknown();
  const count = bound.int('indices_or_sections');
  const places =
    count === undefined ? bound.items('indices_or_sections')?.map((each) => machine.knownSize(each)) : undefined;
  const at = (place: number): number => Math.min(Math.max(place < 0 ? place + size : place, 0), size);
  const ends =
    count !== undefined && count > 0
      ? Array.from(
          { length: count },
          (_, index) => (index + 1) * Math.floor(size / count) + Math.min(index + 1, size % count),
        )
      : places?.every((place) => typeof place === 'number')
        ? [...places.map(at), size]
        : undefined;
  if (!ends) return unknown();
  return tuple(
    ends.map((end, index) => derived(x, shape.with(axis, Math.max(0, end - (index === 0 ? 0 : ends[index - 1]))))),
  );
}

const joined = ({ machine, bound, at }: Applied): Value =>
  concatenate(machine, bound.get('tensors'), bound.int('dim'), at);

/** Operations that make one tensor of several, or several of one: names, signature, meaning. */
export const joinOps: readonly (readonly [names: string, form: string, apply: (call: Applied) => Value])[] = [
  ['cat concat concatenate', 'tensors, dim=0, **', joined],
  ['stack', 'tensors, dim=0, **', stacked],
  ['chunk', 'input, chunks, dim=0', chunked],
  ['split', 'input, split_size, dim=0', splitInto],
  ['tensor_split', 'input, indices_or_sections, dim=0', split],
];
