import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import { type GridName, gridTitles } from '../gridName';
import type { Actions, Model, Part } from '../model';
import { type Slice, slicesOf, withSlice } from '../state/slices';
import { type NumberField, createNumberField } from './numberField';

interface Slicer {
  readonly element: HTMLElement;
  update(slice: Slice): void;
}

/** Chooses the image, the channels and the depth that a grid shows, where there is more than one. */
export function createSlicers(name: GridName, actions: Actions, strings: Strings): Part {
  const element = make('div', { class: 'slicers' });
  const slicers = new Map<string, Slicer>();
  let model: Model | undefined;
  const names: Readonly<Record<Slice['key'], readonly [name: string, short: string]>> = {
    batch: [strings.batch, 'N'],
    inputChannel: [strings.inputChannel, 'C_in'],
    outputChannel: [strings.outputChannel, 'C_out'],
    depth: [strings.depth, 'D'],
  };
  const tensors = gridTitles(strings);

  const inGroup: Readonly<Partial<Record<Slice['key'], string>>> = {
    inputChannel: strings.inputChannelInGroup,
    outputChannel: strings.outputChannelInGroup,
  };

  const createSlicer = ({ key, first }: Slice): Slicer => {
    const [plain, short] = names[key];
    const long = first === undefined ? plain : (inGroup[key] ?? plain);
    const count = make('span', { class: 'count', 'aria-live': 'polite' });
    let slice: Slice | undefined;
    let wrong: string | undefined;
    // The message takes the place of the count, so that nothing moves.
    const say = (): void => {
      setText(count, wrong ?? (slice ? format(strings.ofCount, [slice.size - 1]) : ''));
      count.classList.toggle('error', wrong !== undefined);
    };
    const field: NumberField = createNumberField({
      label: format(strings.ofAxis, [tensors[name], long]),
      short: '',
      reverts: true,
      strings,
      least: 0,
      most: () => (slice ? slice.size - 1 : 0),
      send(value) {
        if (!model || !slice) return;
        const slices = withSlice(model.view.slices, name, slice, value, model.edited.head);
        actions.look({ slices });
      },
      complain(message) {
        wrong = message;
        say();
      },
    });
    // Not a Tab stop of its own: the grid's keys change the channel, and "go to a cell" takes any index.
    field.element.tabIndex = -1;
    return {
      element: make('span', { class: 'slicer' }, make('var', { 'aria-hidden': 'true' }, short), field.element, count),
      update(next) {
        slice = next;
        field.update(next.index);
        say();
      },
    };
  };

  return {
    element,
    update(now) {
      model = now;
      const { head } = now.edited;
      const rank = head.weightShape.length - 2;
      const depth = rank === 3 ? now.computed?.plan.outputShape.at(-3) : undefined;
      // Where the cuts of a volume lie is said, and set, at each of them.
      const slices = slicesOf(name, head, now.view.slices, depth).filter(({ key }) => key !== 'depth');
      setHidden(element, slices.length === 0);
      const wanted = slices.map((slice) => {
        const id = `${slice.key} ${slice.first !== undefined}`;
        const slicer = slicers.get(id) ?? createSlicer(slice);
        slicers.set(id, slicer);
        slicer.update(slice);
        return slicer.element;
      });
      if (wanted.length !== element.children.length || wanted.some((each, at) => element.children[at] !== each))
        element.replaceChildren(...wanted);
    },
  };
}
