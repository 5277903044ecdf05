import type { InspectorDocument } from '../../core/state/document';
import { digits, plane, squareOperation } from '../../core/presets/preset';

/**
 * What a new inspector shows: small enough to be read, and yet it shows everything. The kernel's copies overlap
 * unevenly, padding crops the output, and output padding makes it exactly twice as large as the input. Many networks
 * double their pictures with this layer.
 */
export function startDocument(): InspectorDocument {
  return {
    version: 1,
    op: squareOperation({ kind: 'convTranspose', s: 2, p: 1, op: 1 }),
    dtype: 'float32',
    input: digits(4, 4, 7),
    weight: plane([
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ]),
    view: {},
  };
}
