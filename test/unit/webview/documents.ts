import type { Operation } from '../../../src/core/operation';
import type { DocumentHead, PanelStart } from '../../../src/protocol/panel';
import type { Sight } from '../../../src/core/tensor/look';
import { STRINGS } from '../../../src/protocol/strings';
import type { Model } from '../../../webview/model';
import { firstModel } from '../../../webview/store';

export const transposed: Operation = {
  kind: 'convTranspose',
  stride: [2, 2],
  padding: [1, 1],
  dilation: [1, 1],
  outputPadding: [1, 1],
  groups: 1,
};

export function headOf(revision: number, parts: Partial<DocumentHead> = {}): DocumentHead {
  return {
    revision,
    title: 'test',
    operation: transposed,
    dtype: 'float32',
    inputShape: [1, 1, 4, 4],
    weightShape: [1, 1, 3, 3],
    problems: [],
    ...parts,
  };
}

export const noSight: Sight = { blocks: [], whole: [], statistics: [] };

/** Of a page whose document has sent nothing of itself yet. */
export const start: PanelStart = { strings: STRINGS, presets: [], view: undefined, head: headOf(-1) };

export const emptyModel = (): Model => firstModel(start);
