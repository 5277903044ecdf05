import { partnersOf } from '../../src/core/explain/contributions';
import { format } from '../../src/core/problem';
import type { PlaneBlock, PlaneRequest } from '../../src/core/tensor/plane';
import type { Strings } from '../../src/protocol/strings';
import { tool } from '../controls';
import { make, setHidden, uniqueId } from '../dom';
import { scalePixels } from '../grid/pixels';
import { shownShapes } from '../grid/planeOf';
import { type GridName, gridTitles } from '../gridName';
import { type ColourScale, scaleOf } from '../legend/scale';
import { statisticsFor } from '../legend/statisticsFor';
import type { Actions, Model, Part } from '../model';
import { agreedPlan } from '../state/agreement';
import { type ChannelStrip, channelStrip, stripOrder, thumbRequest, visiblePlaces } from '../state/channelStrip';
import { createEnergies } from './energies';

/** In CSS pixels: of a thumbnail, and from one to the next. */
const SIZE = 40;
const PITCH = 52;
/** So many are shown at once, however wide the page is. */
const MOST = 64;

interface Thumb {
  readonly element: HTMLElement;
  readonly canvas: HTMLCanvasElement;
  readonly label: HTMLElement;
  /** What the canvas shows. */
  painted: readonly unknown[];
}

export interface Thumbnails extends Part {
  watched(model: Model): readonly PlaneRequest[];
}

/** The channels of a tensor as small pictures: the one on show is marked, and so are those that take part in what is
 * pointed at. */
export function createThumbnails(name: GridName, actions: Actions, strings: Strings): Thumbnails {
  const titles = gridTitles(strings);
  const space = make('div', { class: 'thumb-space' });
  const list = make(
    'div',
    {
      class: 'thumb-list',
      role: 'listbox',
      // Not a Tab stop: a grid is one, and its own key comes here.
      tabindex: '-1',
      'aria-orientation': 'horizontal',
      'aria-label': format(strings.thumbsOf, [titles[name]]),
    },
    space,
  );
  const sort = tool(undefined, format(strings.thumbsSort, [titles[name]]), () => toggle(), '⇅').element;
  sort.setAttribute('aria-pressed', 'false');
  sort.tabIndex = -1;
  const element = make('div', { class: 'thumbs', 'data-thumbs': name, hidden: '' }, sort, list);
  const id = uniqueId(`thumb-${name}`);
  const thumbs = new Map<number, Thumb>();
  const energies = createEnergies(name, actions, () => show());
  let model: Model | undefined;
  let strip: ChannelStrip | undefined;
  let sorted = false;
  let watched: readonly string[] = [];
  let isOnScreen = false;
  let order: readonly number[] = [];
  let revealed: unknown;

  const stripOf = (of: Model): ChannelStrip | undefined =>
    channelStrip(name, of.edited.head, shownShapes(of).outputShape, of.view.slices);
  const optionId = (channel: number): string => `${id}-${channel}`;
  const create = (channel: number): Thumb => {
    const canvas = make('canvas', { 'aria-hidden': 'true' });
    const label = make('span', { class: 'thumb-label', 'aria-hidden': 'true' }, String(channel));
    const option = make('div', { class: 'thumb', role: 'option', id: optionId(channel) }, canvas, label);
    option.setAttribute('aria-label', format(strings.thumbChannel, [channel]));
    option.dataset['channel'] = String(channel);
    option.addEventListener('click', () => choose(channel));
    space.append(option);
    return { element: option, canvas, label, painted: [] };
  };

  const choose = (channel: number): void => {
    if (!strip || !model) return;
    const { [name]: colour, ...rgb } = model.view.rgb;
    // One that is chosen of a picture in colour is looked at by itself.
    if (colour !== undefined || channel !== strip.shown) actions.look({ slices: strip.slicesAt(channel), rgb });
  };
  const reveal = (channel: number): void => {
    const at = order.indexOf(channel) * PITCH;
    if (at < list.scrollLeft) list.scrollLeft = at;
    else if (at + PITCH > list.scrollLeft + list.clientWidth) list.scrollLeft = at + PITCH - list.clientWidth;
  };

  /** Channels that take part in what is pointed at. */
  const litChannels = (of: Model): ReadonlySet<number> => {
    const plan = agreedPlan(of);
    const { link } = of;
    if (!link || !plan || !strip) return new Set();
    const axis = strip.before.length;
    const leading = link.entry
      ? link.contributions.list.map((each) => each[name])
      : partnersOf(plan, link.cell, name).leading;
    return new Set(leading.map((index) => index[axis]));
  };

  const paint = ({ canvas, ...thumb }: Thumb, block: PlaneBlock, scale: ColourScale): readonly unknown[] => {
    const from = [block, scale.low, scale.high, scale.table];
    if (thumb.painted.length === from.length && from.every((each, at) => each === thumb.painted[at])) return from;
    const { width, height, colours } = scalePixels(block, scale);
    canvas.width = width;
    canvas.height = height;
    const data = new ImageData(new Uint8ClampedArray(colours.buffer), width, height);
    canvas.getContext('2d')?.putImageData(data, 0, 0);
    return from;
  };

  /** Where the strip is scrolled to; the chosen one is always there: it is what a screen reader is told of. */
  const wantedOf = (of: ChannelStrip, inOrder: readonly number[]): ReadonlySet<number> => {
    const { first, last } = visiblePlaces(of.count, PITCH, list.scrollLeft, list.clientWidth, MOST);
    return new Set([...inOrder.slice(first, last), of.shown]);
  };
  const requestsOf = (of: ChannelStrip, channels: Iterable<number>): readonly PlaneRequest[] =>
    [...channels].map((each) => thumbRequest(name, of, each, SIZE * window.devicePixelRatio));

  const watch = (channels: Iterable<number>): void => {
    const requests = strip ? requestsOf(strip, channels) : [];
    const keys = requests.map(({ key }) => key);
    for (const key of watched) if (!keys.includes(key)) actions.watch(key, undefined);
    for (const request of requests) actions.watch(request.key, request);
    watched = keys;
  };

  function show(): void {
    const of = strip;
    setHidden(element, of === undefined);
    if (!model || !of || !isOnScreen) {
      watch([]);
      return;
    }
    order = stripOrder(of.count, sorted ? energies.of(model, of) : undefined);
    space.style.width = `${of.count * PITCH}px`;
    const lit = litChannels(model);
    // Follows what is pointed at into a channel that is out of view, unless the strip itself is looked through.
    if (model.link !== revealed && lit.size > 0 && !element.matches(':hover, :focus-within')) {
      revealed = model.link;
      if (!lit.has(of.shown)) reveal([...lit][0]);
    }
    const wanted = wantedOf(of, order);
    for (const [channel, thumb] of thumbs) {
      if (wanted.has(channel)) continue;
      thumb.element.remove();
      thumbs.delete(channel);
    }
    watch(wanted);
    const scale = scaleOf(name, model.view, statisticsFor(model, name));
    for (const channel of wanted) {
      const thumb = thumbs.get(channel) ?? create(channel);
      thumbs.set(channel, thumb);
      const at = order.indexOf(channel);
      thumb.element.style.transform = `translateX(${at * PITCH}px)`;
      thumb.element.setAttribute('aria-posinset', String(at + 1));
      thumb.element.setAttribute('aria-setsize', String(of.count));
      thumb.element.setAttribute('aria-selected', String(channel === of.shown));
      thumb.element.classList.toggle('lit', lit.has(channel));
      const block = model.received?.sight.blocks.find(({ key }) => key === `thumb:${name}:${channel}`);
      if (block) thumb.painted = paint(thumb, block, scale);
    }
    list.setAttribute('aria-activedescendant', optionId(of.shown));
  }

  list.addEventListener('scroll', () => show(), { passive: true });
  list.addEventListener('keydown', (event) => {
    if (!strip || event.altKey || event.ctrlKey || event.metaKey) return;
    const here = order.indexOf(strip.shown);
    const page = Math.max(1, Math.floor(list.clientWidth / PITCH) - 1);
    const steps: Readonly<Record<string, number>> = {
      ArrowLeft: here - 1,
      ArrowRight: here + 1,
      Home: 0,
      End: order.length - 1,
      PageUp: here - page,
      PageDown: here + page,
    };
    const grid = element.closest('.tensor')?.querySelector<HTMLElement>('[role="grid"]');
    if (event.key === 'Escape' && grid) grid.focus();
    else if (event.key.toLowerCase() === 's') toggle();
    else if (!Object.hasOwn(steps, event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (!Object.hasOwn(steps, event.key)) return;
    const channel = order[Math.min(Math.max(0, steps[event.key]), order.length - 1)];
    reveal(channel);
    choose(channel);
  });
  const toggle = (): void => {
    sorted = !sorted;
    sort.setAttribute('aria-pressed', String(sorted));
    show();
    if (strip) reveal(strip.shown);
  };
  new IntersectionObserver((entries) => {
    isOnScreen = entries.some(({ isIntersecting }) => isIntersecting);
    show();
  }).observe(element);
  new ResizeObserver(() => show()).observe(list);

  return {
    element,
    update(next) {
      model = next;
      const before = strip?.shown;
      strip = stripOf(next);
      show();
      if (strip && strip.shown !== before) reveal(strip.shown);
    },
    watched(next) {
      const of = stripOf(next);
      if (!of || !isOnScreen) return [];
      return requestsOf(of, wantedOf(of, of.count === order.length ? order : stripOrder(of.count, undefined)));
    },
  };
}
