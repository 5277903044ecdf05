import type { Tensor } from '../operation';
import type { InspectorDocument } from './document';

/**
 * One reversible step. It holds what the document does *not* show at the moment, and `exchange` swaps the two, so that
 * undo and redo are the same act and nothing is kept twice.
 */
export type Change =
  | { readonly kind: 'cells'; readonly tensor: Tensor; readonly indices: Uint32Array; readonly held: Float64Array }
  | { readonly kind: 'block'; readonly tensor: Tensor; readonly begin: number; readonly held: Tensor['data'] }
  | { readonly kind: 'head'; held: InspectorDocument; readonly keepsView: boolean };

/** Swaps what the change holds with what the document shows; returns the document's new head. */
export function exchange(change: Change, document: InspectorDocument): InspectorDocument {
  switch (change.kind) {
    case 'cells': {
      const { tensor, indices, held } = change;
      for (let at = 0; at < indices.length; at++) {
        const shown = tensor.data[indices[at]];
        tensor.data[indices[at]] = held[at];
        held[at] = shown;
      }
      return document;
    }
    case 'block': {
      const { tensor, begin, held } = change;
      const shown = tensor.data.slice(begin, begin + held.length);
      tensor.data.set(held, begin);
      held.set(shown);
      return document;
    }
    case 'head': {
      const { held } = change;
      change.held = document;
      return change.keepsView ? { ...held, view: document.view } : held;
    }
    default:
      return change satisfies never;
  }
}

function tensorsOf(document: InspectorDocument): readonly Tensor[] {
  return [document.input, document.weight, ...(document.bias ? [document.bias] : [])];
}

/** Bytes that only this change keeps alive. */
export function heldBytes(change: Change, document: InspectorDocument): number {
  switch (change.kind) {
    case 'cells':
      return change.indices.byteLength + change.held.byteLength;
    case 'block':
      return change.held.byteLength;
    case 'head': {
      const shown = tensorsOf(document);
      const kept = tensorsOf(change.held).filter((tensor) => !shown.includes(tensor));
      return kept.reduce((bytes, tensor) => bytes + tensor.data.byteLength, 0);
    }
    default:
      return change satisfies never;
  }
}
