import type { Applied } from '../../model/library';
import { sureShape } from '../../model/tensor';
import type { Refusal } from '../problems';
import { along, axes, flatten, flip, matrixOnly, permute, reduce, unsqueeze } from './axes';
import type { Check } from './check';
import { batchNorm, groupNorm, instanceNorm, layerNorm } from './norms';
import { batchProduct, matrixVector, noNumbers, ranks, vectorProduct } from './products';
import { chunk, expand, expandAs, narrow, repeat, select, split, topk, unflatten, windows } from './sizes';

const CHECKS: readonly (readonly [names: string, check: Check])[] = [
  ['transpose swapdims', axes('dim0', 'dim1')],
  ['swapaxes', axes('axis0', 'axis1')],
  ['movedim moveaxis', axes('source', 'destination')],
  ['squeeze unbind size repeat_interleave diff', axes('dim')],
  ['chunk', chunk],
  ['unsqueeze', unsqueeze],
  ['mean sum std var prod amax amin logsumexp argmax argmin all any nanmean count_nonzero norm', reduce],
  ['max min median mode', reduce],
  ['softmax log_softmax softmin cumsum cumprod', along(0)],
  ['roll', along(1, 'dims')],
  ['sort', axes('dim')],
  ['flip', flip],
  ['t', matrixOnly],
  ['permute', permute],
  ['expand broadcast_to', expand],
  ['expand_as', expandAs],
  ['repeat', repeat],
  ['flatten', flatten],
  ['unflatten', unflatten],
  ['split', split],
  ['select', select],
  ['narrow', narrow],
  ['topk', topk],
  ['unfold', windows],
  [
    'mm',
    ranks(
      (name, rank) => `mm: ${name} must be a matrix, got ${rank}-D tensor`,
      ['input', 'self', 2],
      ['other', 'mat2', 2],
    ),
  ],
  ['bmm', batchProduct],
  ['dot', vectorProduct],
  ['mv', matrixVector],
  ['matmul __matmul__', noNumbers],
  ['group_norm', groupNorm],
  ['layer_norm', layerNorm],
  ['instance_norm', instanceNorm],
  ['batch_norm', batchNorm],
];

const checks: ReadonlyMap<string, Check> = new Map(
  CHECKS.flatMap(([names, check]) => names.split(' ').map((name) => [name, check] as const)),
);

/** What PyTorch refuses of an operation on a tensor of its own whose shape is beyond doubt. */
export function refusalOf(name: string, call: Applied): Refusal | undefined {
  const check = checks.get(name);
  const input = check && call.bound.get('input');
  const shape = input?.kind === 'tensor' ? sureShape(input) : undefined;
  return check && shape && check(call, shape);
}
