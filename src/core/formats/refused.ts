import { type Format, damaged, hasExtension } from './format';

const PICKLES = ['pt', 'pth', 'bin', 'ckpt', 'pkl', 'pdparams'];
/** `PROTO` of a pickle of version 2 or later. */
const isPickle = (head: Uint8Array): boolean => head[0] === 0x80 && head[1] >= 2 && head[1] <= 5;
const HDF5 = [0x89, 0x48, 0x44, 0x46];

/** Weights that are known for what they are, so that the refusal can say what to do instead. */
export const refusedFormats: readonly Format[] = [
  {
    id: 'pickle',
    extensions: [],
    match: (head, name) => hasExtension(name, PICKLES) && isPickle(head),
    read() {
      throw damaged(
        'pickle',
        'This is a pickle: it holds code, which is never executed. Save the tensors with safetensors or numpy.save.',
      );
    },
  },
  {
    id: 'hdf5',
    extensions: [],
    match: (head) => HDF5.every((byte, at) => head[at] === byte),
    read() {
      throw damaged(
        'hdf5',
        'HDF5 files, such as Keras’s .weights.h5, are not read. Save the kernel with numpy.save or numpy.savez.',
      );
    },
  },
];
