import { tensorOf } from '../../../src/core/tensor/tensor';
import type { Content } from './documents';

/** 4×4 → 8×8: k3 s2 p1 op1. */
export const strided: Content = {
  op: {
    kind: 'convTranspose',
    stride: [2, 2],
    padding: [1, 1],
    dilation: [1, 1],
    outputPadding: [1, 1],
    groups: 1,
  },
  input: tensorOf('float64', [1, 1, 4, 4], [0, 0, 3, 2, 2, 1, 1, 0, 2, 2, 1, 0, 3, 2, 0, 1]),
  weight: tensorOf('float64', [1, 1, 3, 3], [1, 2, 1, 2, 4, 2, 1, 2, 1]),
};
