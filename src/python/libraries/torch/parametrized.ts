import type { Applied, FunctionSpec } from '../../model/library';
import { NO_ARGUMENTS, unknown } from '../../model/make';
import { signature } from '../../model/signature';
import { truthOf } from '../../model/truth';
import type { Value } from '../../model/value';

/** What puts something around a weight, or takes it away, and leaves its shape alone. */
const KEEPING =
  'spectral_norm weight_norm remove_weight_norm remove_spectral_norm parametrizations.spectral_norm ' +
  'parametrizations.weight_norm parametrizations.orthogonal fuse_conv_bn_eval remove_parametrizations';

/** PyTorch holds a parametrisation to the weight's shape, unless it is told not to look (`unsafe`). */
function registered({ machine, bound, at }: Applied): Value {
  const module = bound.get('module') ?? unknown();
  const name = bound.get('tensor_name');
  if (bound.flag('unsafe') === false || name?.kind !== 'string') return name?.kind === 'string' ? module : unknown();
  const before = machine.attribute(module, name.value);
  const after = machine.call(bound.get('parametrization') ?? unknown(), { ...NO_ARGUMENTS, positional: [before] }, at);
  machine.setAttribute(module, name.value, truthOf(bound.get('unsafe')!) ? after : unknown());
  return module;
}

/** `skip_init(nn.Conv2d, 3, 8, 3)`: the layer, whose weights hold nothing yet. */
function uninitialised({ machine, bound, at }: Applied): Value {
  const [cls, rest] = [bound.get('module_cls'), bound.get('rest')];
  if (!cls || rest?.kind !== 'tuple' || rest.open) return unknown();
  const named = [...bound.values].filter(([name]) => name !== 'module_cls' && name !== 'rest');
  return machine.call(cls, { positional: rest.items, keywords: new Map(named), open: false }, at);
}

const func = (name: string, form: string, apply: FunctionSpec['apply']): FunctionSpec => ({
  callee: `torch.nn.utils.${name}`,
  framework: 'torch',
  signature: signature(form),
  apply,
});

/** Functions that make a weight of something else. */
export const torchParametrized: readonly FunctionSpec[] = [
  ...KEEPING.split(' ').map((name) =>
    func(name, 'module, *~rest, **~', ({ bound }) => bound.get('module') ?? unknown()),
  ),
  func('skip_init', 'module_cls, *rest, **more', uninitialised),
  func('register_parametrization', 'module, tensor_name, parametrization, *, unsafe=False', registered),
];
