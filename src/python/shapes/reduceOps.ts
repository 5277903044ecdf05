import { iterate } from '../model/iterate';
import type { Applied } from '../model/library';
import { derived, tensor, type TensorValue } from '../model/tensor';
import type { Value } from '../model/value';
import type { Size } from '../sizes/size';
import { broadcast, trustIn } from './elementwise';
import { axisAmong, onTensor, type OpRow } from './onTensor';
import { openTensor } from './sizesGiven';

/** The axes that `dim=` names; `undefined`: none, `'unknown'`: it cannot be told which. */
function axesOf(call: Applied, rank: number | undefined): readonly number[] | 'unknown' | undefined {
  const value = call.bound.get('dim');
  if (!value || value.kind === 'none') return undefined;
  const numbers = (iterate(value) ?? [value]).map((each) => call.machine.knownSize(each));
  // `std(x, False)`: whether the variance is unbiased.
  if (value.kind === 'bool' || !numbers.every((each) => typeof each === 'number')) return 'unknown';
  return numbers.length === 0
    ? undefined
    : numbers.map((each) => (rank === undefined ? each : axisAmong(call, each, rank)));
}

export function reduced(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const axes = axesOf(call, shape?.length);
  const keep = call.bound.isNone('keepdim') ? false : call.bound.flag('keepdim');
  if (axes === undefined && keep === false) return { ...tensor([], x.source), ...trustIn([x]) };
  if (!shape || keep === undefined || axes === 'unknown') return openTensor(x);
  const gone = axes ?? shape.map((_, axis) => axis);
  return derived(
    x,
    keep
      ? shape.map((size, axis) => (gone.includes(axis) ? 1 : size))
      : shape.filter((_, axis) => !gone.includes(axis)),
    [],
  );
}

/** `max(dim)` and its like give values and indices; `max(other)` is element by element. */
function reducedPair(x: TensorValue, shape: readonly Size[] | undefined, call: Applied): Value {
  const value = call.bound.get('dim');
  if (value?.kind === 'tensor') return broadcast(call.machine, [x, value], call.at);
  const result = reduced(x, shape, call);
  const whole = !value || value.kind === 'none';
  return whole ? result : { kind: 'tuple', items: [result, result], open: false, fields: ['values', 'indices'] };
}

const KEEP = 'keepdim=False, *, ~correction=None, **';
/** A deviation is of a sample or of all there is, which stands before the rest. */
const SPREAD = `~unbiased=True, ${KEEP}`;

/** Operations that leave axes out. */
export const reduceOps: readonly OpRow[] = [
  [
    'mean sum prod amax amin logsumexp argmax argmin all any nanmean nansum count_nonzero',
    `input, dim=None, ${KEEP}`,
    onTensor(reduced),
  ],
  ['std var', `input, dim=None, ${SPREAD}`, onTensor(reduced)],
  ['norm', `input, ~p='fro', dim=None, ${KEEP}`, onTensor(reduced)],
  ['max min median nanmedian', `input, dim=None, ${KEEP}`, onTensor(reducedPair)],
  ['mode', `input, dim=-1, ${KEEP}`, onTensor(reducedPair)],
  ['kthvalue', `input, ~k, dim=-1, ${KEEP}`, onTensor(reducedPair)],
  [
    'aminmax',
    `input, *, dim=None, ${KEEP.replace('*, ', '')}`,
    onTensor((x, shape, call) => {
      const result = reduced(x, shape, call);
      return { kind: 'tuple', items: [result, result], open: false, fields: ['min', 'max'] };
    }),
  ],
  [
    'std_mean var_mean',
    `input, dim=None, ${SPREAD}`,
    onTensor((x, shape, call) => {
      const result = reduced(x, shape, call);
      return { kind: 'tuple', items: [result, result], open: false };
    }),
  ],
];
