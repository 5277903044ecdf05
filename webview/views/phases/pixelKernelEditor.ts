import {
  firstPixelKernels,
  isPixelRank,
  phasePixelKernels,
  PIXEL_TAPS,
  pixelKernelsOf,
  pixelTaps,
  planeOfSource,
  type PixelSource,
  withPixelTaps,
} from '../../../src/core/derive/pixelMaps';
import { PIXEL_TEXTS, pixelSymbols, type PixelText } from '../../../src/core/derive/pixelSymbols';
import { weightPlane } from '../../../src/core/kernels/channels';
import { arithmetic } from '../../../src/core/formats/arithmetic';
import { format } from '../../../src/core/problem';
import type { PixelKernels } from '../../../src/core/state/document';
import { elementCount } from '../../../src/core/tensor/tensor';
import type { Strings } from '../../../src/protocol/strings';
import { button, segments } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import { brief } from '../../film/naming';
import type { Actions, Model, Part } from '../../model';
import { createItem, createPopover } from '../../parts/popover';
import { reportTo } from '../../report';
import { channelGroups, channelsOnShow } from '../../state/channelGroups';
import { channelsOf } from '../../state/channels';
import { nameOf } from './pixelTold';

/** The document's kernel, of the channels on show, as kernels of maps; nothing where that is not a layer of phases. */
function layersOwn({ edited: { plan, head }, received, view }: Model): PixelKernels | undefined {
  const weight = received?.sight.whole.find(({ tensor }) => tensor === 'weight')?.values;
  if (!plan || weight?.length !== elementCount(plan.weightShape)) return undefined;
  const channels = channelsOf(head);
  const { inputChannel, outputChannel } = channelsOnShow(
    view.slices,
    channelGroups(plan.kind, plan.weightShape, channels),
    channels,
  );
  const first = weightPlane(plan, inputChannel, outputChannel) * plan.kernelArea;
  return phasePixelKernels(plan, weight.subarray(first, first + plan.kernelArea));
}

/** The kernels of the maps as fields, one map at a time. What is typed edits the document, and can be undone. */
export function createPixelKernels(actions: Actions, strings: Strings): Part {
  const items = (Object.keys(PIXEL_TEXTS) as PixelText[]).map((as) =>
    createItem(PIXEL_TEXTS[as], () => {
      popover.close();
      copy(as);
    }),
  );
  const popover = createPopover(strings.copyAs, strings.pixelCopy, [make('div', { class: 'items' }, ...items)], 'copy');
  const title = make('header', {}, make('h3', {}, strings.pixelKernels), popover.element);
  const choice = make('div', { class: 'pixel-choices' });
  const planes = make('div', { class: 'pixel-planes' });
  const complaint = make('output', { class: 'chain-problem' });
  const reset = button(strings.pixelReset, () => actions.edit({ kind: 'setPixelKernels', kernels: undefined }));
  const phases = button(strings.pixelFromLayer, () => {
    const kernels = model && layersOwn(model);
    if (kernels) actions.edit({ kind: 'setPixelKernels', kernels });
  });
  phases.label(strings.pixelFromLayer, strings.pixelFromLayerTitle);
  const note = make('p', { class: 'note' }, strings.pixelKernelsNote);
  const element = make(
    'section',
    { class: 'pixel-kernels' },
    title,
    choice,
    planes,
    complaint,
    phases.element,
    reset.element,
    note,
  );
  let map = 1;
  let shown = '';
  let model: Model | undefined;

  const copy = (as: PixelText): void => {
    if (!model) return;
    const { weightShape, pixelKernels } = model.edited.head;
    const rank = weightShape.length - 2;
    const variant = model.view.sub === 'iPixelTCL' ? 'inputPixel' : 'pixel';
    const text = pixelSymbols(pixelKernelsOf(rank, pixelKernels), rank, variant, as);
    reportTo(actions)(actions.host.copy(text, PIXEL_TEXTS[as]));
  };
  const write = (kernels: PixelKernels, at: number, input: HTMLInputElement): void => {
    const read = arithmetic(input.value.replace('−', '-'));
    const isNumber = read.ok && Number.isFinite(read.value);
    input.setAttribute('aria-invalid', String(!isNumber));
    setText(complaint, isNumber ? '' : format(strings.pixelNoNumber, [input.value]));
    if (!read.ok || !isNumber || read.value === kernels[map][at]) return;
    const weights = kernels[map].map((weight, each) => (each === at ? read.value : weight));
    actions.edit({
      kind: 'setPixelKernels',
      kernels: kernels.map((each, number) => (number === map ? weights : each)),
    });
  };

  const planeOf = (kernels: PixelKernels, source: PixelSource, rank: number): HTMLElement => {
    const side = pixelTaps(rank, kernels);
    const area = side ** rank;
    const first = planeOfSource(source) * area;
    const fields = Array.from({ length: area }, (_, tap) => {
      const place = rank === 1 ? String(tap) : `${Math.floor(tap / side)},${tap % side}`;
      const input: HTMLInputElement = make('input', {
        type: 'text',
        'aria-label': format(strings.pixelKernelCell, [nameOf(map), nameOf(source), place]),
      });
      const text = brief(kernels[map][first + tap]);
      input.value = text;
      input.title = String(kernels[map][first + tap]);
      // A field that was left as it was keeps all digits of its weight.
      input.addEventListener('change', () => {
        if (input.value !== text) write(kernels, first + tap, input);
      });
      input.addEventListener('focus', () => input.select());
      return input;
    });
    const grid = make(
      'div',
      { class: 'taps', role: 'group', 'aria-label': format(strings.pixelKernelOf, [nameOf(map), nameOf(source)]) },
      ...fields,
    );
    return make('div', { class: 'plane' }, make('span', { class: 'at' }, nameOf(source)), grid);
  };

  const show = (now: Model): void => {
    const rank = now.edited.head.weightShape.length - 2;
    const isHere = now.view.sub === 'iPixelTCL' || now.view.sub === 'PixelTCL';
    setHidden(element, !isHere || !isPixelRank(rank));
    if (!isHere || !isPixelRank(rank)) return;
    reset.enable(now.edited.head.pixelKernels !== undefined);
    phases.enable(layersOwn(now) !== undefined);
    const kernels = pixelKernelsOf(rank, now.edited.head.pixelKernels);
    const maps = firstPixelKernels(rank).length;
    map = Math.min(map, maps - 1);
    const withInput = now.view.sub === 'iPixelTCL' || map === 0;
    const text = JSON.stringify([kernels, map, withInput]);
    if (text === shown) return;
    // The field that has the focus has it still when all are made anew.
    const labelled = document.activeElement?.getAttribute('aria-label');
    shown = text;
    const control = segments(
      strings.pixelKernels,
      Array.from({ length: maps }, (_, at) => ({ value: String(at), text: `k${at + 1}` })),
      (value) => {
        map = Number(value);
        if (model) show(model);
      },
    );
    control.value = String(map);
    const focused = choice.contains(document.activeElement);
    const taps = segments(
      strings.pixelTaps,
      PIXEL_TAPS.map((value) => ({
        value: String(value),
        text: new Array<number>(rank).fill(value).join('×'),
      })),
      (value) => actions.edit({ kind: 'setPixelKernels', kernels: withPixelTaps(rank, kernels, Number(value)) }),
    );
    taps.value = String(pixelTaps(rank, kernels));
    const inTaps = focused && choice.lastElementChild?.contains(document.activeElement);
    choice.replaceChildren(control.element, make('span', { class: 'at' }, strings.pixelTaps, taps.element));
    if (focused) (inTaps ? taps : control).element.querySelector<HTMLElement>('[aria-checked="true"]')?.focus();
    const sources: readonly PixelSource[] = [
      ...(withInput ? ['F' as const] : []),
      ...Array.from({ length: map }, (_, at) => at),
    ];
    planes.style.setProperty('--columns', String(pixelTaps(rank, kernels)));
    planes.replaceChildren(...sources.map((source) => planeOf(kernels, source, rank)));
    if (labelled) planes.querySelector<HTMLElement>(`[aria-label=${JSON.stringify(labelled)}]`)?.focus();
    setText(complaint, '');
  };

  return {
    element,
    update(now) {
      model = now;
      show(now);
    },
  };
}
