import { channelSlice, slicesOf, withSlice } from '../state/slices';
import type { Surface } from './surface';

/**
 * Shows the next or the last channel, round at the end. Of a kernel that is its first axis of channels; `other` is its
 * second one, and the depth of a volume.
 */
export function stepChannel({ name, view, actions }: Surface, by: 1 | -1, other: boolean): void {
  const { model } = view;
  if (!model) return;
  const { head } = model.edited;
  const depth = model.computed?.plan.outputShape.at(-3);
  actions.look(({ slices }) => {
    const main = channelSlice(name, head, slices);
    const others = slicesOf(name, head, slices, depth).filter(({ key }) => key !== 'batch' && key !== main?.key);
    const slice = other ? others[0] : main;
    if (!slice) return {};
    const index = (slice.index + by + slice.size) % slice.size;
    return { slices: withSlice(slices, name, slice, index, head) };
  });
}
