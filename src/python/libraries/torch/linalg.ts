import type { Applied, FunctionSpec } from '../../model/library';
import { unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { derived, forgotten, type TensorValue } from '../../model/tensor';
import type { Value } from '../../model/value';
import { refusing } from '../../shapes/onTensor';
import { reduced } from '../../shapes/reduceOps';
import { openTensor } from '../../shapes/sizesGiven';
import { extreme, type Size } from '../../sizes/size';

const func = (callee: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee,
  framework: 'torch',
  signature: signature(form),
  apply: refusing(apply),
});

const openOr = (x: TensorValue | undefined, shape: readonly Size[] | undefined): Value =>
  x && shape ? derived(x, shape, []) : openTensor(x);

/** `torch.linalg.qr`: (…, m, n) is (…, m, k) times (…, k, n), where k is the smaller of both. */
const factors = ({ machine, bound }: Applied): Value => {
  const x = bound.tensor('input');
  const shape = x?.cell.shape;
  if (bound.text('mode') !== 'reduced') return unknown();
  const [rows, columns] = shape?.slice(-2) ?? [];
  const least = columns === undefined ? undefined : machine.simple(() => extreme('min', rows, columns));
  const outer = shape?.slice(0, -2) ?? [];
  const parts = [least && [...outer, rows, least], least && [...outer, least, columns]];
  return { kind: 'tuple', items: parts.map((part) => openOr(x, part || undefined)), open: false, fields: ['Q', 'R'] };
};

const keeping = ({ bound }: Applied): Value => {
  const x = bound.tensor('input');
  return x ? forgotten(x) : unknown();
};

const norm = (call: Applied): Value => {
  const x = call.bound.tensor('input');
  return x ? reduced(x, x.cell.shape, call) : unknown();
};

const logDeterminant = ({ bound }: Applied): Value => {
  const x = bound.tensor('input');
  const one = openOr(x, x?.cell.shape?.slice(0, -2));
  return { kind: 'tuple', items: [one, one], open: false, fields: ['sign', 'logabsdet'] };
};

/** `torch.linalg`, as far as shapes of images and kernels come of it. */
export const torchLinalg: readonly FunctionSpec[] = [
  ...['norm', 'vector_norm'].map((name) =>
    func(`torch.linalg.${name}`, '~input, ~ord=None, dim=None, keepdim=False, **', norm),
  ),
  ...['inv', 'cholesky', 'matrix_exp'].map((name) => func(`torch.linalg.${name}`, '~input, **', keeping)),
  func('torch.linalg.qr', "input, mode='reduced'", factors),
  ...['torch.slogdet', 'torch.linalg.slogdet'].map((callee) => func(callee, 'input', logDeterminant)),
];
