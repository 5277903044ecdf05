import type { FunctionSpec, LayerSpec, Library } from '../model/library';
import { bool, NONE, number } from '../model/make';
import type { Value } from '../model/value';
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
import { fileFunctions } from './python/files';
import { numpyFunctions, ofNumpy } from './python/numpy';
import { libraryFunctions } from './python/standard';
import { tensorflowFunctions } from './tensorflow/functions';
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
  torchFunctions,
  torchFunctionals,
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
  lossFunctions,
  fileFunctions,
  parserFunctions,
);

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

/** The frameworks, and what of Python's own library programs about shapes use. */
export const frameworks: Library = {
  layer: (name) => layers.get(name),
  function: (name) => functions.get(name),
  knows(name) {
    const full = canonical(name);
    return layers.has(full) || functions.has(full) || MODULES.has(full);
  },
  canonical,
  attribute(owner, name) {
    const full = canonical(`${owner}.${name}`);
    return CONSTANTS[full] ?? { kind: 'external', name: full };
  },
  applyModel: applyKerasSequential,
  growModel: grow,
  settings: kerasSettings,
  mayChangeSettings: (words) => setsDataFormat(words),
};
