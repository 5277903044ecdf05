// A session as the tests open it: with the references' example, and with all that it says noted.
import assert from 'node:assert/strict';
import type { InspectorDocument } from '../../../../src/core/state/document';
import type { Edit } from '../../../../src/core/state/edits';
import type { TensorName } from '../../../../src/core/tensor/plane';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import type { Edited, Notice } from '../../../../src/host/session/events';
import { Session } from '../../../../src/host/session/session';
import type { PanelUpdate } from '../../../../src/protocol/panel';
import { settled, surroundings, TestEngine } from './surroundings';

/** The references' example. */
export const worked: InspectorDocument = {
  version: 1,
  op: { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1], outputPadding: [0, 0] },
  dtype: 'float64',
  input: tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]),
  weight: tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]),
  view: {},
};
/** As PyTorch computes it. */
export const OUTPUT = [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3];
/** The same with 5 instead of 2 in the input's corner. */
export const EDITED = [0, 5, 8, 3, 0, 6, 7, 3, 5, 4, 8, 3, 1, 3, 1, 3];

export const watch = { planes: [], whole: ['input', 'weight', 'output'], statistics: 'tensor' } as const;
export const typed = (value: number, group?: string): Edit => ({
  kind: 'setCells',
  tensor: 'input',
  indices: Uint32Array.of(0),
  values: Float64Array.of(value),
  ...(group === undefined ? {} : { group }),
});
export const stride = (value: number): Edit => ({ kind: 'setParameter', field: 'stride', value });

export async function opened(document: InspectorDocument = worked, engine = new TestEngine()) {
  const session = new Session(document, 'worked', surroundings(engine));
  const updates: PanelUpdate[] = [];
  const edits: Edited[] = [];
  const notices: Notice[] = [];
  session.onDidUpdate((update) => updates.push(update));
  session.onDidEdit((edit) => edits.push(edit));
  session.onDidNotice((notice) => notices.push(notice));
  session.watch(watch);
  await settled();
  const last = (): PanelUpdate => {
    const update = updates.at(-1);
    assert.ok(update);
    return update;
  };
  /** The newest values of a tensor that a view was sent. */
  const values = (name: TensorName): readonly number[] => {
    const sights = updates.flatMap(({ received }) => received?.sight ?? []);
    return Array.from(sights.at(-1)?.whole.find(({ tensor }) => tensor === name)?.values ?? []);
  };
  /** Of the edited, the received and the computed document, as the last update says. */
  const revisions = (): readonly (number | undefined)[] => {
    const { edited, received, computed } = last();
    return [edited?.revision, received?.head.revision, computed?.revision];
  };
  return { session, engine, updates, edits, notices, last, values, revisions };
}
