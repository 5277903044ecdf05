import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText } from '../dom';
import type { GridName } from '../gridName';
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
  const slicers = new Map<Slice['key'], Slicer>();
  let model: Model | undefined;
  const names: Readonly<Record<Slice['key'], readonly [name: string, short: string]>> = {
    batch: [strings.batch, 'N'],
    inputChannel: [strings.inputChannel, 'C_in'],
    outputChannel: [strings.outputChannel, 'C_out'],
    depth: [strings.depth, 'D'],
  };
  const tensors: Readonly<Record<GridName, string>> = {
    input: strings.input,
    weight: strings.kernel,
    output: strings.output,
  };

  const createSlicer = (key: Slice['key']): Slicer => {
    const [long, short] = names[key];
    const count = make('span', { class: 'count' });
    let slice: Slice | undefined;
    const field: NumberField = createNumberField({
      label: format(strings.ofAxis, [tensors[name], long]),
      short: '',
      settles: false,
      strings,
      least: 0,
      most: () => (slice ? slice.size - 1 : 0),
      send(value) {
        if (!model || !slice) return;
        const slices = withSlice(model.view.slices, name, slice, value);
        actions.look({ slices });
      },
      complain: () => undefined,
    });
    // Not a Tab stop of its own: the grid's keys change the channel, and "go to a cell" takes any index.
    field.element.tabIndex = -1;
    return {
      element: make('span', { class: 'slicer' }, make('var', { 'aria-hidden': 'true' }, short), field.element, count),
      update(next) {
        slice = next;
        field.update(next.index);
        setText(count, format(strings.ofCount, [next.size - 1]));
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
      const slices = slicesOf(name, head, now.view.slices, depth);
      setHidden(element, slices.length === 0);
      for (const slice of slices) {
        const slicer = slicers.get(slice.key) ?? createSlicer(slice.key);
        slicers.set(slice.key, slicer);
        slicer.update(slice);
      }
      const wanted = slices.map(({ key }) => slicers.get(key)!.element);
      if (wanted.length !== element.children.length || wanted.some((each, at) => element.children[at] !== each))
        element.replaceChildren(...wanted);
    },
  };
}
