import { slicesOf, withSlice } from '../state/slices';
import type { Surface } from './surface';

/**
 * Shows the next or the last channel, round at the end. Of a kernel that is its first axis of channels; `other` is its
 * second one, and the depth of a volume.
 */
export function stepChannel({ name, view, actions }: Surface, by: 1 | -1, other: boolean): void {
  const { model } = view;
  if (!model) return;
  const { head } = model.edited;
  const rank = head.weightShape.length - 2;
  const depth = rank === 3 ? model.computed?.plan.outputShape.at(-3) : undefined;
  const first = name === 'weight' ? (head.operation.kind === 'conv' ? 'outputChannel' : 'inputChannel') : undefined;
  const slices = slicesOf(name, head, model.view.slices, depth).filter(({ key }) => key !== 'batch');
  const isMain = ({ key }: { readonly key: string }): boolean => (first ? key === first : key !== 'depth');
  const slice = slices.find((each) => isMain(each) !== other);
  if (!slice) return;
  const index = (slice.index + by + slice.size) % slice.size;
  actions.look({ slices: withSlice(model.view.slices, name, slice, index, head) });
}
