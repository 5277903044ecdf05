import assert from 'node:assert/strict';
import { stepChannel } from '../../../../webview/grid/stepChannel';
import type { View } from '../../../../webview/view';
import { emptyModel, headOf } from '../documents';

/** What of the view a step to another channel changes, for an input of so many channels. */
function stepped(channels: number, by: 1 | -1, before: Partial<View>): Partial<View> {
  const model = emptyModel();
  const head = headOf(1, { inputShape: [1, channels, 4, 4], weightShape: [channels, 1, 3, 3] });
  const view = { ...model.view, ...before };
  let found: Partial<View> = {};
  const look = (change: Partial<View> | ((view: View) => Partial<View>)): void => {
    found = typeof change === 'function' ? change(view) : change;
  };
  const of = {
    name: 'input',
    view: { model: { ...model, view, edited: { ...model.edited, head } } },
    actions: { look },
  };
  stepChannel({ ...of, name: 'input' }, by, false);
  return found;
}

describe('the key for another channel', () => {
  it('goes from a picture in colour to its first channel, or to its last, and leaves other tensors in colour', () => {
    const rgb = { input: 'byte', output: 'byte' } as const;
    const first = stepped(3, 1, { rgb });
    assert.deepEqual([first.rgb, first.slices?.inputChannel], [{ input: undefined, output: 'byte' }, 0]);
    assert.equal(stepped(3, -1, { rgb }).slices?.inputChannel, 2);
  });

  it('goes on from channel to channel where there is no colour', () => {
    const { slices, rgb } = stepped(3, 1, {});
    assert.deepEqual([slices?.inputChannel, rgb], [1, undefined]);
    // Of two channels no picture can be made, whatever the view remembers.
    assert.equal(stepped(2, 1, { rgb: { input: 'byte' } }).slices?.inputChannel, 1);
  });
});
