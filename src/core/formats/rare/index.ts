// The readers of rare kinds of files: a script of their own, loaded when the first such file is opened.
import type { RareReaders } from '../registry';
import { readBmp } from './bmp';
import { readBundle } from './bundle';
import { readDicom } from './dicom';
import { readDistributed } from './distributed';
import { readExr } from './exr';
import { readGguf } from './gguf';
import { readGzip } from './gzip';
import { readHdf5 } from './hdf5';
import { readIdx } from './idx';
import { readJson } from './json';
import { readKeras } from './keras';
import { readMat } from './mat';
import { readMetaImage } from './metaImage';
import { readMsgpack } from './msgpack';
import { readNetpbm } from './netpbm';
import { readNifti } from './nifti';
import { readNrrd } from './nrrd';
import { readOnnx } from './onnx';
import { readOrbax } from './orbax';
import { readTflite } from './tflite';
import { readTiff } from './tiff';
import { readObjects, readTorch, readTorchShards } from './torch';

export const RARE_READERS: RareReaders = {
  gzip: readGzip,
  objects: readObjects,
  'torch-shards': readTorchShards,
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
  metaimage: readMetaImage,
  dicom: readDicom,
  idx: readIdx,
  json: readJson,
  tiff: readTiff,
  exr: readExr,
  netpbm: readNetpbm,
  bmp: readBmp,
};
