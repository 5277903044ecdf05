import { reach } from '../findings/construct';
import type { Interpreter } from '../evaluate/interpreter';
import { NONE, bool, number, unknown } from '../model/make';
import type { Arguments, CallPlace, Value } from '../model/value';
import { Bound } from '../model/bound';
import { parserFunctions } from './python/argparse';
import { fileFunctions } from './python/files';
import { flaxFunctions, flaxLayers } from './jax/flax';
import { jaxFunctions } from './jax/jax';
import { kerasLayers } from './keras/layers';
import { kerasFunctions } from './keras/functions';
import { libraryFunctions } from './python/standard';
import { lossFunctions, lossLayers } from './losses';
import { canonical } from './names';
import { onnxFunctions } from './onnx';
import { paddleFunctions, paddleLayers } from './paddle';
import { type FunctionSpec, type LayerSpec, bind } from '../model/library';
import { tensorflowFunctions } from './tensorflow';
import { torchFunctions } from './torch/functions';
import { torchConvolutions } from './torch/convolutions';
import { torchLayers } from './torch/layers';
import { torchPooling } from './torch/pooling';
import { torchResizing } from './torch/resizing';
import { torchFunctionals } from './torch/functionals';

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
