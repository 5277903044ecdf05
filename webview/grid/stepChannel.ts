import { channelSlice, slicesOf, withSlice } from '../state/slices';
import type { GridName } from '../gridName';
import type { Actions, Model } from '../model';

interface Of {
  readonly name: GridName;
  readonly view: { readonly model: Model | undefined };
  readonly actions: Pick<Actions, 'look'>;
}

/**
 * Shows the next or the last channel, round at the end; of a picture in colour its first or its last one. Of a kernel
 * that is its first axis of channels; `other` is its second one, and the depth of a volume.
 */
export function stepChannel({ name, view: { model }, actions }: Of, by: 1 | -1, other: boolean): void {
  if (!model) return;
  const { head } = model.edited;
  const depth = model.computed?.plan.outputShape.at(-3);
  actions.look(({ slices, rgb }) => {
    const main = channelSlice(name, head, slices);
    const others = slicesOf(name, head, slices, depth).filter(({ key }) => key !== 'batch' && key !== main?.key);
    const slice = other ? others[0] : main;
    if (!slice) return {};
    // From the picture in colour to its channels.
    if (slice === main && slice.size >= 3 && rgb[name] !== undefined) {
      const end = by > 0 ? 0 : slice.size - 1;
      return { rgb: { ...rgb, [name]: undefined }, slices: withSlice(slices, name, slice, end, head) };
    }
    const index = (slice.index + by + slice.size) % slice.size;
    return { slices: withSlice(slices, name, slice, index, head) };
  });
}
