// The readers of rare kinds of files: a script of their own, loaded when the first such file is opened.
import type { RareReaders } from '../registry';
import { readBundle } from './bundle';
import { readDistributed } from './distributed';
import { readExr } from './exr';
import { readGguf } from './gguf';
import { readHdf5 } from './hdf5';
import { readKeras } from './keras';
import { readMat } from './mat';
import { readMsgpack } from './msgpack';
import { readNetpbm } from './netpbm';
import { readNifti } from './nifti';
import { readNrrd } from './nrrd';
import { readOnnx } from './onnx';
import { readOrbax } from './orbax';
import { readTflite } from './tflite';
import { readTiff } from './tiff';
import { readTorch } from './torch';

export const RARE_READERS: RareReaders = {
  torch: readTorch,
  distributed: readDistributed,
  keras: readKeras,
  hdf5: readHdf5,
  onnx: readOnnx,
  bundle: readBundle,
  tflite: readTflite,
  orbax: readOrbax,
  msgpack: readMsgpack,
  gguf: readGguf,
  mat: readMat,
  nifti: readNifti,
  nrrd: readNrrd,
  tiff: readTiff,
  exr: readExr,
  netpbm: readNetpbm,
};
