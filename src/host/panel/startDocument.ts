import * as vscode from 'vscode';
import type { InspectorDocument } from '../../core/state/document';
import { digits, plane, squareOperation } from '../../core/presets/preset';

/**
 * What a new inspector shows: small enough to be read, and with everything in it. Stamps overlap unevenly, padding
 * crops, and output padding makes the size come out even: the layer that doubles most pictures.
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
    title: vscode.l10n.t('Transposed convolution, stride 2'),
    view: {},
  };
}
