import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { tool } from '../../controls';
import { make, setHidden, setText, uniqueId } from '../../dom';
import type { GridName } from '../../gridName';
import { createTensorGrid } from '../../grid/tensorGrid';
import type { Actions, Model } from '../../model';
import { createBiasField } from '../../parts/biasField';
import { createSlicers } from '../../parts/slicers';
import { createTensorTools } from '../../parts/tensorTools';
import { arrange, type Arrangement, type Order, type Quantities, type Quantity } from '../../stage/arrange';
import { edgesOf } from '../../state/edges';
import { planeOf, shownShapes } from '../../grid/planeOf';
import type { StageView } from '../contract';

const NAMES: readonly GridName[] = ['input', 'weight', 'output'];
/** In a stage narrower than this, one grid is large and the others are small. */
const NARROW = 500;

function quantityOf(name: GridName, model: Model): Quantity {
  const plane = planeOf(name, shownShapes(model), model.view.slices);
  const { bottom, right } = edgesOf(name, model.edited.head);
  const { rows, columns } = plane?.extent ?? { rows: 1, columns: 1 };
  return { rows, columns, after: { row: bottom, column: right }, thumbnails: false };
}

const orderOf = (model: Model, width: number): Order => {
  if (width < NARROW) return 'narrow';
  return model.edited.head.weightShape.length === 3 ? 'lines' : 'row';
};

interface Box {
  readonly element: HTMLElement;
  place(model: Model, arrangement: Arrangement, small: boolean): void;
  update(model: Model): void;
}

const shapeOf = ({ edited: { head, plan }, computed }: Model, name: GridName): readonly number[] | undefined => {
  if (name === 'input') return head.inputShape;
  return name === 'weight' ? head.weightShape : (plan ?? computed?.plan)?.outputShape;
};

function createBox(name: GridName, title: string, actions: Actions, strings: Strings): Box {
  const heading = make('h2', { id: uniqueId('tensor') }, title);
  const shape = make('span', { class: 'shape' });
  const note = make('span', { class: 'note' });
  const slicers = createSlicers(name, actions, strings);
  const tools = createTensorTools(name, actions, strings);
  const grid = createTensorGrid(name, actions, strings);
  const bias = name === 'weight' ? createBiasField(actions, strings) : undefined;
  const swap = tool('swap', format(strings.makeLarge, [title]), () => actions.look({ large: name }));
  swap.element.classList.add('swap');
  const element = make(
    'section',
    { class: `tensor ${name}`, 'aria-labelledby': heading.id },
    make('header', {}, heading, shape, slicers.element, note, swap.element, tools.element),
    grid.element,
    ...(bias ? [bias.element] : []),
  );
  return {
    element,
    place({ edited: { head } }, { boxes, legend }, small) {
      grid.place(boxes[name], edgesOf(name, head), legend);
      element.style.inlineSize = `${boxes[name].box}px`;
      element.classList.toggle('small', small);
    },
    update(model) {
      setText(shape, shapeOf(model, name)?.join('×') ?? '');
      // While the parameters are illegal, the output is the last good one; input and kernel are always the document's
      // own.
      const stale = name === 'output' && model.edited.plan === undefined;
      element.classList.toggle('stale', stale);
      setText(note, stale ? strings.lastGood : '');
      slicers.update(model);
      tools.update(model);
      grid.update(model);
      bias?.update(model);
    },
  };
}

/** The operation as it is read: input, kernel, output, with one top edge and one size of cells. */
export function createGrids(actions: Actions, strings: Strings): StageView {
  const titles: Readonly<Record<GridName, string>> = {
    input: strings.input,
    weight: strings.kernel,
    output: strings.output,
  };
  const boxes = NAMES.map((name) => ({ name, box: createBox(name, titles[name], actions, strings) }));
  const [input, weight, output] = boxes.map(({ box }) => box);
  const transposed = make('sup', {}, 'ᵀ');
  const operator = make('span', { class: 'operator', 'aria-hidden': 'true' }, '⊛', transposed);
  const equals = make('span', { class: 'operator', 'aria-hidden': 'true' }, '=');
  const element = make(
    'section',
    { class: 'equation', 'aria-label': strings.equation },
    input.element,
    operator,
    weight.element,
    equals,
    output.element,
  );
  let model: Model | undefined;
  let room = { width: 0, height: 0 };

  const show = (now: Model): void => {
    if (room.width === 0) return;
    const order = orderOf(now, room.width);
    const { view } = now;
    const quantities = Object.fromEntries(NAMES.map((name) => [name, quantityOf(name, now)])) as Quantities;
    const arrangement = arrange({ order, quantities, room, zoom: view.zoom, large: view.large });
    element.dataset.order = order;
    // Otherwise as many presses as went too far would have to be taken back.
    if (view.zoom > arrangement.most) queueMicrotask(() => actions.look({ zoom: arrangement.most }));
    for (const { name, box } of boxes) {
      box.element.classList.toggle('large', order === 'narrow' && name === view.large);
      box.place(now, arrangement, order === 'narrow' && name !== view.large);
      box.update(now);
    }
  };

  new ResizeObserver(([entry]) => {
    // The room of the stage, without what a scroll bar in it takes: that would come and go.
    const stage = entry.target.parentElement?.getBoundingClientRect();
    const next = { width: Math.floor(stage?.width ?? 0), height: Math.floor(stage?.height ?? 0) };
    if (next.width === room.width && next.height === room.height) return;
    room = next;
    if (model) show(model);
  }).observe(element);

  return {
    id: 'grids',
    title: strings.viewGrids,
    stage: {
      element,
      update(now) {
        model = now;
        setHidden(transposed, now.edited.head.operation.kind === 'conv');
        show(now);
      },
    },
  };
}
