import type { FunctionSpec, LayerSpec, Library } from '../model/library';
import { bool, NONE, number } from '../model/make';
import type { Value } from '../model/value';
import { underAllNames } from '../shapes/native';
import { assigned } from './assigned';
import { flaxFunctions, flaxLayers } from './jax/flax';
import { equinoxFunctions, equinoxLayers } from './jax/equinox';
import { haikuFunctions, haikuLayers } from './jax/haiku';
import { jaxFunctions } from './jax/numpy';
import { kerasFunctions } from './keras/functions';
import { kerasSettings, setsDataFormat } from './keras/dataFormat';
import { kerasLayers } from './keras/layers';
import { applyKerasSequential, grow } from './keras/model';
import { lossFunctions, lossLayers } from './losses';
import { canonical } from './names';
import { onnxFunctions } from './onnx';
import { paddleFunctions, paddleLayers } from './paddle/layers';
import { parserFunctions } from './python/argparse';
import { dataFunctions } from './python/dataFiles';
import { fileFunctions } from './python/files';
import { numpyFunctions, ofNumpy } from './python/numpy';
import { numpyNumbers } from './python/numpyNumbers';
import { libraryFunctions } from './python/standard';
import { tensorflowFunctions } from './tensorflow/functions';
import { isTorchSubclass } from './torch/classes';
import { torchConvolutions } from './torch/convolutions';
import { torchFunctionals } from './torch/functionals';
import { torchFunctions } from './torch/functions';
import { torchLayers } from './torch/layers';
import { torchPooling } from './torch/pooling';
import { torchResizing } from './torch/resizing';

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
  equinoxLayers,
  haikuLayers,
  paddleLayers,
);
const functions = byName<FunctionSpec>(
  [...torchFunctions, ...torchFunctionals, ...lossFunctions].map((spec) => ({
    ...spec,
    signature: underAllNames(spec.callee, spec.signature),
  })),
  kerasFunctions,
  tensorflowFunctions,
  jaxFunctions,
  flaxFunctions,
  equinoxFunctions,
  haikuFunctions,
  paddleFunctions,
  onnxFunctions,
  libraryFunctions.map(ofNumpy),
  numpyFunctions,
  numpyNumbers.map(ofNumpy),
  fileFunctions,
  dataFunctions,
  parserFunctions,
);

const MODULES = new Set([
  'torch.nn',
  'torch.nn.functional',
  'torch.nn.Module',
  'torch.nn.Sequential',
  'torch.nn.ModuleList',
  'torch.nn.ModuleDict',
  'torch.nn.ParameterList',
  'torch.nn.ParameterDict',
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

/** Attributes of libraries, each made once: a program asks for the same few again and again. */
const attributes = new Map<string, Map<string, Value>>();
const MOST_OWNERS = 1_024;

/** The frameworks, and what of Python's own library programs about shapes use. */
export const frameworks: Library = {
  layer: (name) => layers.get(name),
  function: (name) => functions.get(name),
  knows(name) {
    const full = canonical(name);
    return layers.has(full) || functions.has(full) || MODULES.has(full);
  },
  canonical,
  isSubclass: isTorchSubclass,
  attribute(owner, name) {
    let members = attributes.get(owner);
    if (!members) {
      if (attributes.size >= MOST_OWNERS) attributes.clear();
      attributes.set(owner, (members = new Map<string, Value>()));
    }
    let found = members.get(name);
    if (!found) {
      const full = canonical(`${owner}.${name}`);
      members.set(name, (found = CONSTANTS[full] ?? { kind: 'external', name: full }));
    }
    return found;
  },
  assigned,
  applyModel: applyKerasSequential,
  growModel: grow,
  settings: kerasSettings,
  mayChangeSettings: (words) => setsDataFormat(words),
};
