import { format } from '../../../src/core/problem';
import type { PlaneRequest } from '../../../src/core/tensor/plane';
import type { DocumentHead } from '../../../src/protocol/panel';
import type { Strings } from '../../../src/protocol/strings';
import { tool } from '../../controls';
import { make, setHidden, setText, uniqueId } from '../../dom';
import { GRID_NAMES, type GridName, gridTitles } from '../../gridName';
import type { Actions, Model } from '../../model';
import { createBiasField } from '../../parts/biasField';
import { createSlicers } from '../../parts/slicers';
import { createThumbnails } from '../../parts/thumbnails';
import { createTensorTools } from '../../parts/tensorTools';
import { arrange, orderOfVolumes } from '../../stage/arrange';
import type { Arrangement, Order, Quantities, Quantity, Room } from '../../stage/measures';
import { cellName } from '../../../src/core/explain/readout';
import { kernelCopies } from '../../state/kernelCopies';
import { channelStrip } from '../../state/channelStrip';
import { edgesOf } from '../../state/edges';
import { planeOf, shownShapes } from '../../grid/planeOf';
import { withCuts } from '../../state/slices';
import type { StageView } from '../contract';
import { createCuts, type Shown } from './cuts';

/** In a stage narrower than this, one grid is large and the others are small. */
const NARROW = 500;

/** The edges are those of the output on show: while something is illegal, of the last good one. */
const goodHead = ({ edited, computed }: Model): DocumentHead =>
  edited.plan ? edited.head : (computed?.head ?? edited.head);

function quantityOf(name: GridName, model: Model): Quantity {
  const plane = planeOf(name, shownShapes(model), model.view.slices);
  const { bottom, right } = edgesOf(name, goodHead(model));
  const { rows, columns } = plane?.extent ?? { rows: 1, columns: 1 };
  const depth = plane?.rank === 3 ? plane.shape[plane.shape.length - 3] : 0;
  const { outputShape } = shownShapes(model);
  const thumbnails = channelStrip(name, model.edited.head, outputShape, model.view.slices) !== undefined;
  return { rows, columns, depth, after: { row: bottom, column: right }, thumbnails };
}

function orderOf({ edited, view }: Model, quantities: Quantities, room: Room): Order {
  if (room.width < NARROW) return 'narrow';
  const rank = edited.head.weightShape.length - 2;
  if (rank === 1) return 'lines';
  return rank === 3 ? orderOfVolumes({ quantities, room, zoom: view.zoom, large: view.large }) : 'row';
}

/** What the picture of a grid does not say by itself, in few words. */
function noteOf(name: GridName, model: Model): string {
  const { strings, link } = model;
  if (name === 'output' && link && kernelCopies(model).length > 0) {
    const at = cellName(link.cell.tensor === 'input' ? 'in' : 'out', [link.cell.index[link.cell.index.length - 1]]);
    return format(link.cell.tensor === 'input' ? strings.copyOfInput : strings.copiesMeet, [at]);
  }
  const { kind, ...sides } = edgesOf(name, goodHead(model));
  if (!Object.values(sides).some(Boolean)) return '';
  return kind === 'cropped' ? strings.edgesCropped : strings.edgesPadded;
}

interface Box {
  readonly element: HTMLElement;
  /** `small`: another one is large. */
  place(model: Model, arrangement: Arrangement, shown: Shown, small: boolean): void;
  update(model: Model): void;
  /** What it will ask the host for when this model is on show, so placed. */
  watched(model: Model, arrangement: Arrangement, shown: Shown): readonly PlaneRequest[];
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
  const cuts = createCuts(name, title, actions, strings);
  const area = make('div', { class: 'grid-area' }, cuts.element, ...(cuts.legend ? [cuts.legend] : []));
  const thumbnails = createThumbnails(name, actions, strings);
  const bias = name === 'weight' ? createBiasField(actions, strings) : undefined;
  const swap = tool('swap', format(strings.makeLarge, [title]), () => actions.look({ large: name }));
  swap.element.classList.add('swap');
  const element = make(
    'section',
    { class: `tensor ${name}`, 'aria-labelledby': heading.id },
    make('header', {}, heading, shape, slicers.element, note, swap.element, tools.element),
    area,
    thumbnails.element,
    ...(bias ? [bias.element] : []),
  );
  return {
    element,
    place(model, { boxes, legend }, shown, small) {
      cuts.place(boxes[name], edgesOf(name, goodHead(model)), legend, shown);
      area.dataset.legend = legend;
      element.style.inlineSize = `${boxes[name].box}px`;
      element.classList.toggle('small', small);
    },
    update(model) {
      setText(shape, shapeOf(model, name)?.join('×') ?? '');
      // While the parameters are illegal, the output is the last good one; input and kernel are always the document's
      // own.
      const stale = name === 'output' && model.edited.plan === undefined;
      element.classList.toggle('stale', stale);
      setText(note, stale ? strings.lastGood : noteOf(name, model));
      note.title = note.textContent ?? '';
      slicers.update(model);
      tools.update(model);
      cuts.update(model);
      thumbnails.update(model);
      bias?.update(model);
    },
    watched: (model, { boxes }, shown) => [...cuts.watched(model, boxes[name], shown), ...thumbnails.watched(model)],
  };
}

/** The operation as it is read: input, kernel, output, with one top edge and one size of cells. */
export function createGrids(actions: Actions, strings: Strings): StageView {
  const titles = gridTitles(strings);
  const boxes = GRID_NAMES.map((name) => ({ name, box: createBox(name, titles[name], actions, strings) }));
  const [input, weight, output] = boxes.map(({ box }) => box);
  const transposed = make('sup', {}, 'T');
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
  let room: Room = { width: 0, height: 0 };

  let followed: Model['link'];
  /** While Shift is held, the cuts stay where they are. */
  let held = false;
  for (const type of ['keydown', 'keyup', 'pointermove'] as const)
    window.addEventListener(type, (event) => (held = event.shiftKey), { capture: true, passive: true });

  /** The cuts of a volume go where the pointer is, and in the other tensors to what it takes part in first. */
  const follow = (now: Model): void => {
    const { link, view, edited } = now;
    if (link === followed) return;
    followed = link;
    if (!link || held || edited.head.weightShape.length !== 5) return;
    const [first] = link.contributions.list;
    const slices = GRID_NAMES.reduce((next, name) => {
      const index = link.cell.tensor === name ? link.cell.index : first?.[name];
      return index ? withCuts(next, name, index.slice(-3)) : next;
    }, view.slices);
    if (JSON.stringify(slices) !== JSON.stringify(view.slices)) queueMicrotask(() => actions.look({ slices }));
  };

  const arranged = (now: Model): { readonly order: Order; readonly arrangement: Arrangement } => {
    const { zoom, large } = now.view;
    const quantities = Object.fromEntries(GRID_NAMES.map((name) => [name, quantityOf(name, now)])) as Quantities;
    const order = orderOf(now, quantities, room);
    return { order, arrangement: arrange({ order, quantities, room, zoom, large }) };
  };
  const isSmall = (name: GridName, order: Order, { view }: Model): boolean =>
    (order === 'narrow' || order === 'volumes') && name !== view.large;
  const shownOf = (name: GridName, order: Order, now: Model): Shown => {
    if (now.edited.head.weightShape.length !== 5) return 'plane';
    if (!isSmall(name, order, now)) return 'cuts';
    // Where there is room to say which.
    return order === 'volumes' ? 'first cut' : 'plane';
  };

  const show = (now: Model): void => {
    if (room.width === 0) return;
    follow(now);
    const { order, arrangement } = arranged(now);
    const { view } = now;
    element.dataset.order = order;
    // Otherwise as many presses as went too far would have to be taken back.
    if (view.zoom > arrangement.most) queueMicrotask(() => actions.look({ zoom: arrangement.most }));
    for (const { name, box } of boxes) {
      box.element.classList.toggle('large', order === 'narrow' && name === view.large);
      box.place(now, arrangement, shownOf(name, order, now), isSmall(name, order, now));
      // Before the first values there is nothing to draw.
      if (now.received) box.update(now);
    }
  };

  /** The room of the stage, without what a scroll bar in it takes: that would come and go. */
  const measured = (): Room => {
    const stage = element.parentElement?.getBoundingClientRect();
    return { width: Math.floor(stage?.width ?? 0), height: Math.floor(stage?.height ?? 0) };
  };
  new ResizeObserver(() => {
    const next = measured();
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
        if (room.width === 0) room = measured();
        show(now);
      },
      watched(now) {
        // At first at once, not when the page has been laid out: what there is room for can be asked for sooner.
        if (room.width === 0) room = measured();
        if (room.width === 0) return undefined;
        const { order, arrangement } = arranged(now);
        return boxes.flatMap(({ name, box }) => box.watched(now, arrangement, shownOf(name, order, now)));
      },
    },
  };
}
