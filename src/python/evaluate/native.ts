import type { Machine } from '../model/machine';
import { dict, string } from '../model/make';
import { plainObject } from '../model/plainObject';
import {
  type Arguments,
  type CallPlace,
  type ClassValue,
  type ContainerValue,
  type DictValue,
  type InstanceValue,
  NO_PLACE,
  type Value,
} from '../model/value';
import { makeContainer } from './containers';

/** Classes of libraries whose instances are run by calling them. */
const MODULE_BASES =
  /^(torch\.nn\.|keras\.|flax\.linen\.|flax\.nnx\.|equinox\.|paddle\.nn\.|tensorflow\.Module|pytorch_lightning\.|lightning\.|haiku\.|sonnet\.|mmcv\.|mmengine\.|diffusers\.|transformers\.|timm\.)/;

export function isModuleClass(cls: ClassValue): boolean {
  return cls.order.some(
    (base) => base.kind === 'unknown' || (base.kind === 'external' && MODULE_BASES.test(base.name)),
  );
}

export function hasUnknownBase(cls: ClassValue): boolean {
  return cls.order.some((base) => base.kind === 'unknown' || (base.kind === 'external' && base.name !== 'object'));
}

export const CONTAINERS: Readonly<Record<string, ContainerValue['type']>> = {
  'torch.nn.Sequential': 'sequential',
  'torch.nn.ModuleList': 'list',
  'torch.nn.ModuleDict': 'dict',
  'torch.nn.ParameterList': 'list',
  'torch.nn.ParameterDict': 'dict',
  'paddle.nn.Sequential': 'sequential',
  'paddle.nn.LayerList': 'list',
  'paddle.nn.LayerDict': 'dict',
  'flax.linen.Sequential': 'sequential',
  'flax.nnx.Sequential': 'sequential',
  'flax.nnx.List': 'list',
  'flax.nnx.Dict': 'dict',
  'equinox.nn.Sequential': 'sequential',
  'haiku.Sequential': 'sequential',
  'keras.Sequential': 'kerasSequential',
  'keras.models.Sequential': 'kerasSequential',
};

/** `nn.Module()` as it is: a holder to which modules are attached by name. */
export const bareModule = (name: string): InstanceValue => plainObject(name, {}, 'Module');

const isDict = (base: Value): boolean =>
  (base.kind === 'external' || base.kind === 'builtin') &&
  ['dict', 'collections.OrderedDict', 'collections.UserDict'].includes(base.name);

/** `dict(source, **more)` */
function dictOf(args: Arguments): DictValue {
  const [source] = args.positional;
  const entries = source?.kind === 'dict' ? [...source.entries.values()] : [];
  const named = [...args.keywords].map(([name, value]): readonly [Value, Value] => [string(name), value]);
  return dict([...entries, ...named], args.open || (source !== undefined && (source.kind !== 'dict' || source.open)));
}

/** What a framework's own constructor does when a class of the user's has none, or calls `super().__init__(…)`. */
export function nativeBase(
  machine: Machine,
  instance: InstanceValue,
  cls: ClassValue,
  args: Arguments,
  at: CallPlace | undefined,
): void {
  for (const base of cls.order) {
    if (isDict(base)) {
      instance.native = dictOf(args);
      return;
    }
    if (base.kind !== 'external') continue;
    const container = CONTAINERS[base.name];
    if (container) {
      instance.native = makeContainer(machine, container, args);
      return;
    }
    const spec = machine.library.layer(base.name);
    if (spec) {
      const made = machine.construct(spec, args, at ?? NO_PLACE);
      if (made.kind !== 'layer') return;
      instance.native = made;
      // Its constructor sets them all, over what the class had put there before it called it.
      for (const name of spec.signature.names)
        if (instance.attributes.has(name)) machine.removeVariable(instance.attributes, name);
      return;
    }
  }
}
