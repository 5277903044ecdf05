import { strFromU8 } from 'fflate';
import { hasExtension, type Kind } from './format';
import { holdsObjects } from './npyHeader';
import { knownUnread } from './unread';
import { isZip } from './zip';

/**
 * Kinds of files whose readers are a script of their own, loaded when the first such file is opened: how each is told
 * from others. The readers are in `rare/`, under the same ids.
 */
export type RareId =
  | 'gzip'
  | 'objects'
  | 'torch-shards'
  | 'torch'
  | 'distributed'
  | 'keras'
  | 'hdf5'
  | 'onnx'
  | 'bundle'
  | 'tflite'
  | 'orbax'
  | 'msgpack'
  | 'gguf'
  | 'mat'
  | 'nifti'
  | 'nrrd'
  | 'metaimage'
  | 'dicom'
  | 'json'
  | 'idx'
  | 'tiff'
  | 'exr'
  | 'netpbm'
  | 'bmp';

export interface RareKind extends Kind {
  readonly id: RareId;
}

const begins = (head: Uint8Array, ...bytes: readonly number[]): boolean => bytes.every((byte, at) => head[at] === byte);
const beginsText = (head: Uint8Array, text: string): boolean =>
  begins(head, ...Array.from(text, (letter) => letter.charCodeAt(0)));

/** What PyTorch and Paddle call their files; others call theirs so, too. */
const PICKLED = ['pt', 'pt2', 'pth', 'bin', 'ckpt', 'pkl', 'pickle', 'tar', 'pdparams', 'pdopt', 'pdiparams'];
/** Older pickles, and those that joblib packs, have nothing at their begin that would tell them. */
const BY_NAME = ['pkl', 'pickle', 'joblib'];

/** `PROTO` of a pickle of version 2 or later. */
const isPickle = (head: Uint8Array): boolean => head[0] === 0x80 && head[1] >= 2 && head[1] <= 5;
const isGzip = (head: Uint8Array): boolean => begins(head, 0x1f, 0x8b, 8);
const isHdf5 = (head: Uint8Array): boolean => begins(head, 0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a);
const isTiff = (head: Uint8Array): boolean =>
  begins(head, 0x49, 0x49, 0x2a, 0) ||
  begins(head, 0x4d, 0x4d, 0, 0x2a) ||
  begins(head, 0x49, 0x49, 0x2b, 0) ||
  begins(head, 0x4d, 0x4d, 0, 0x2b);

/** A JSON object; lists are read as other texts are. */
const isObject = (head: Uint8Array): boolean => /^(\ufeff|ï»¿)?\s*\{/.test(strFromU8(head, true));
/** The size of the header of NIfTI-1 and of Analyze before it, in either byte order. */
const isAnalyze = (head: Uint8Array): boolean => begins(head, 0x5c, 1, 0, 0) || begins(head, 0, 0, 1, 0x5c);
/** Two zeros, a type and a number of axes: how the numbers of MNIST and its kin begin. */
const isIdx = (head: Uint8Array): boolean => begins(head, 0, 0) && head[2] >= 8 && head[2] <= 14 && head[3] >= 1;

/** Whether the first member of an archive is the pickle that begins PyTorch’s. */
const firstIsPickle = (head: Uint8Array): boolean =>
  strFromU8(head.subarray(30, 512), true)
    .slice(0, (head[26] ?? 0) + 256 * (head[27] ?? 0))
    .endsWith('/data.pkl');

export const RARE_KINDS: readonly RareKind[] = [
  // What holds a volume unpacks it by itself.
  { id: 'gzip', extensions: ['gz'], match: (head, name) => isGzip(head) && !hasExtension(name, ['nii.gz', 'mgz']) },
  { id: 'objects', extensions: [], match: holdsObjects },
  {
    id: 'torch-shards',
    extensions: ['bin.index.json'],
    match: (_head, name) => hasExtension(name, ['bin.index.json']),
  },
  {
    id: 'distributed',
    extensions: ['metadata', 'distcp'],
    match: (head, name) =>
      (isPickle(head) && hasExtension(name, ['metadata'])) || (isZip(head) && hasExtension(name, ['distcp'])),
  },
  {
    id: 'keras',
    extensions: ['keras'],
    match: (head, name) => isZip(head) && hasExtension(name, ['keras']),
  },
  {
    id: 'torch',
    extensions: ['pt', 'pt2', 'pth', 'bin', 'ckpt', 'pkl', 'pickle', 'joblib', 'pdparams', 'pdopt'],
    match: (head, name) =>
      isPickle(head) ||
      (hasExtension(name, BY_NAME) && knownUnread(head, name) === undefined) ||
      (isZip(head) && (hasExtension(name, PICKLED) || firstIsPickle(head))),
  },
  { id: 'hdf5', extensions: ['h5', 'hdf5'], match: (head, name) => isHdf5(head) || hasExtension(name, ['h5', 'hdf5']) },
  { id: 'onnx', extensions: ['onnx'], match: (_head, name) => hasExtension(name, ['onnx']) },
  {
    id: 'bundle',
    extensions: ['index', 'data-00000-of-00001'],
    match: (_head, name) => /(\.index|\.data-\d{5}-of-\d{5}|^saved_model\.pb)$/i.test(name),
  },
  { id: 'tflite', extensions: ['tflite'], match: (head) => beginsText(head.subarray(4), 'TFL3') },
  {
    id: 'orbax',
    extensions: ['ocdbt', 'zarray'],
    match: (_head, name) => /^(.*\.ocdbt|_METADATA|_CHECKPOINT_METADATA|\.zarray|zarr\.json)$/.test(name),
  },
  { id: 'msgpack', extensions: ['msgpack'], match: (_head, name) => hasExtension(name, ['msgpack']) },
  { id: 'gguf', extensions: ['gguf'], match: (head) => beginsText(head, 'GGUF') },
  {
    id: 'mat',
    extensions: ['mat'],
    match: (head, name) => hasExtension(name, ['mat']) || beginsText(head, 'MATLAB 5.0 MAT-file'),
  },
  {
    id: 'nifti',
    extensions: ['nii', 'nii.gz', 'hdr', 'img'],
    match: (head, name) =>
      hasExtension(name, ['nii', 'nii.gz', 'img']) || (hasExtension(name, ['hdr']) && isAnalyze(head)),
  },
  { id: 'nrrd', extensions: ['nrrd', 'nhdr'], match: (head) => beginsText(head, 'NRRD000') },
  {
    id: 'metaimage',
    extensions: ['mha', 'mhd'],
    match: (_head, name) => hasExtension(name, ['mha', 'mhd']),
  },
  {
    id: 'dicom',
    extensions: ['dcm'],
    match: (head, name) => beginsText(head.subarray(128), 'DICM') || hasExtension(name, ['dcm']),
  },
  { id: 'idx', extensions: [], match: (head, name) => isIdx(head) && /idx\d|ubyte/i.test(name) },
  { id: 'exr', extensions: ['exr'], match: (head) => begins(head, 0x76, 0x2f, 0x31, 0x01) },
  { id: 'tiff', extensions: ['tif', 'tiff'], match: isTiff },
  {
    id: 'netpbm',
    extensions: ['pgm', 'ppm', 'pbm', 'pnm', 'pfm'],
    match: (head, name) => head[0] === 0x50 && hasExtension(name, ['pgm', 'ppm', 'pbm', 'pnm', 'pfm']),
  },
  {
    id: 'bmp',
    extensions: ['bmp'],
    match: (head, name) => beginsText(head, 'BM') && hasExtension(name, ['bmp', 'dib']),
  },
  {
    id: 'json',
    extensions: ['json'],
    match: (head, name) => isObject(head) && hasExtension(name, ['json']) && !hasExtension(name, ['tconv.json']),
  },
];
