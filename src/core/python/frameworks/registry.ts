import { reach } from '../evaluate/construct';
import type { Interpreter } from '../evaluate/interpreter';
import { NONE, bool, number, unknown } from '../values/make';
import type { Arguments, CallPlace, Value } from '../values/value';
import { Bound } from './bound';
import { parserFunctions } from './argparse';
import { fileFunctions } from './files';
import { flaxFunctions, flaxLayers } from './flax';
import { jaxFunctions } from './jax';
import { kerasLayers } from './kerasLayers';
import { kerasFunctions } from './kerasFunctions';
import { libraryFunctions } from './library';
import { lossFunctions, lossLayers } from './losses';
import { canonical } from './names';
import { onnxFunctions } from './onnx';
import { paddleFunctions, paddleLayers } from './paddle';
import { type FunctionSpec, type LayerSpec, bind } from './spec';
import { tensorflowFunctions } from './tensorflow';
import { torchFunctions } from './torchFunctions';
import { torchConvolutions } from './torchConvolutions';
import { torchLayers } from './torchLayers';
import { torchPooling } from './torchPooling';
import { torchResizing } from './torchResizing';
import { torchFunctionals } from './torchFunctionals';

const byName = <T extends { readonly callee: string }>(...tables: readonly (readonly T[])[]): ReadonlyMap<string, T> =>
  new Map(tables.flat().map((each) => [each.callee, each]));

const layers = byName<LayerSpec>(
  torchConvolutions,
  torchLayers,
  torchPooling,
  torchResizing,
  lossLayers,
  kerasLayers,
  flaxLayers,
  paddleLayers,
);
const functions = byName<FunctionSpec>(
  torchFunctions,
  torchFunctionals,
  kerasFunctions,
  tensorflowFunctions,
  jaxFunctions,
  flaxFunctions,
  paddleFunctions,
  onnxFunctions,
  libraryFunctions,
  lossFunctions,
  fileFunctions,
  parserFunctions,
);

export const layerNamed = (name: string): LayerSpec | undefined => layers.get(name);
export const functionNamed = (name: string): FunctionSpec | undefined => functions.get(name);

/** Whether a library has something of that name which the tables know: what a star import brings in. */
export function knowsExternal(name: string): boolean {
  const full = canonical(name);
  return layers.has(full) || functions.has(full) || MODULES.has(full);
}

const MODULES = new Set([
  'torch.nn',
  'torch.nn.functional',
  'torch.nn.Module',
  'torch.nn.Sequential',
  'torch.nn.ModuleList',
  'torch.nn.ModuleDict',
  'torch.nn.init',
  'keras.layers',
  'keras.Model',
  'keras.Sequential',
  'keras.layers.Layer',
  'keras.models',
]);

const CONSTANTS: Readonly<Record<string, Value>> = {
  'math.pi': number(Math.PI, true),
  'math.e': number(Math.E, true),
  'math.inf': number(Infinity, true),
  'numpy.inf': number(Infinity, true),
  'numpy.pi': number(Math.PI, true),
  'numpy.newaxis': NONE,
  'jax.numpy.newaxis': NONE,
  'tensorflow.newaxis': NONE,
  'typing.TYPE_CHECKING': bool(false),
};

export function externalAttribute(owner: string, name: string): Value {
  const full = canonical(`${owner}.${name}`);
  return CONSTANTS[full] ?? { kind: 'external', name: full };
}

export function callFunctionSpec(machine: Interpreter, spec: FunctionSpec, args: Arguments, at: CallPlace): Value {
  const { values, given, misfit } = bind(spec.signature, args);
  if (spec.family) reach(machine, spec, at, values, given);
  if (misfit) return unknown();
  return spec.apply({ machine, at, bound: new Bound(machine, values, given) });
}
