import type { Written } from '../../../src/core/derive/symbolCode';
import { MOST_WRITTEN } from '../../../src/core/derive/symbolCode';
import type { Notation } from '../../../src/core/derive/symbols';
import type { Cell } from '../../../src/core/explain/contributions';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { make, setHidden, setText } from '../../dom';
import type { Actions, Model, Part } from '../../model';
import { run } from '../../drawing/words';
import { createStillItems } from '../../film/stillItems';
import { createItem, createPopover, type Popover } from '../../parts/popover';
import { reportTo } from '../../report';
import { channelGroups, channelsOnShow } from '../../state/channelGroups';
import { valuesToCopy } from '../../state/valuesToCopy';
import { segments } from '../../controls';
import { cellText, mathElement, mathOf } from './math';
import { symbolsScene } from './symbolsScene';
import {
  COPIES,
  COPY_NAMES,
  type Copy,
  copyOf,
  equationsOf,
  leavesOut,
  nearOf,
  outputOf,
  type Wanted,
} from './written';

interface Section {
  readonly what: Written;
  readonly element: HTMLElement;
  show(wanted: Wanted): void;
}

/** The part *Symbols*: the cell pointed at, the whole output and the matrix as mathematics, to be read and copied. */
export function createSymbolsPart(actions: Actions, strings: Strings): Part {
  let model: Model | undefined;
  let wanted: Wanted | undefined;

  const copy = (what: Written, as: Copy): void => {
    if (!wanted || !model) return;
    // The values are of the document as it stands; while that is illegal, programs are copied without any.
    const values = model.edited.plan === wanted.plan ? valuesToCopy(model) : undefined;
    const text = copyOf(wanted, what, as, values);
    if (text === undefined) actions.announce(format(strings.symbolsTooLong, [MOST_WRITTEN]));
    else reportTo(actions)(actions.host.copy(text, COPY_NAMES[as]));
  };

  const createSection = (what: Written, title: string): Section => {
    const note = make('span', { class: 'note' });
    const math = make('div', { class: `math math-${what}`, tabindex: '0', role: 'group', 'aria-label': title });
    const items = COPIES.map((as) =>
      createItem(COPY_NAMES[as], () => {
        popover.close();
        copy(what, as);
      }),
    );
    const menu = make('div', { class: 'items' }, ...items);
    const popover = createPopover(strings.copyAs, format(strings.symbolsCopy, [title]), [menu], 'copy');
    const still = createStillItems(
      actions,
      strings,
      () => saving.close(),
      () =>
        wanted && {
          scene: symbolsScene(equationsOf(wanted, what), wanted.plan, wanted.notation),
          sentence: [run(title, 'ink', true)],
          numbers: what !== 'cell' && leavesOut(wanted, what) ? [run(strings.symbolsCut, 'faint')] : [],
        },
    );
    const saving: Popover = createPopover(
      strings.savePicture,
      format(strings.symbolsSave, [title]),
      [make('div', { class: 'items' }, ...still.items), still.onPaper],
      'export',
    );
    let shown = '';
    return {
      what,
      element: make(
        'section',
        { class: `symbols-${what}` },
        make('header', {}, make('h2', {}, title), popover.element, saving.element, note),
        math,
      ),
      show(now) {
        const { plan, notation } = now;
        const equations = equationsOf(now, what);
        const text = JSON.stringify([equations, notation, plan.kind, plan.inputShape, plan.weightShape]);
        if (text === shown) return;
        shown = text;
        const cut = what !== 'cell' && leavesOut(now, what);
        setText(note, cut ? strings.symbolsCut : '');
        math.replaceChildren(
          ...equations.map((each) =>
            mathElement({ tag: 'math', attributes: { display: 'block' }, children: [mathOf(each, plan, notation)] }),
          ),
        );
      },
    };
  };
  const sections = [
    createSection('cell', strings.symbolsCell),
    createSection('output', strings.symbolsOutput),
    createSection('matrix', strings.symbolsMatrix),
  ];

  const change = (notation: Partial<Notation>): void => {
    if (model) actions.look({ formula: { ...model.view.formula, ...notation } });
  };
  const names = segments(
    strings.symbolsNames,
    [
      { value: 'indices', text: 'y₀,₁', title: strings.symbolsIndices },
      { value: 'numbered', text: 'y₁', title: strings.symbolsNumbered },
      { value: 'brackets', text: 'out[0,1]', title: strings.symbolsBrackets },
    ],
    (value) => change({ names: value as Notation['names'] }),
  );
  const base = segments(
    strings.symbolsBase,
    [
      { value: '0', text: '0…', title: strings.symbolsZero },
      { value: '1', text: '1…', title: strings.symbolsOne },
    ],
    (value) => change({ base: value === '1' ? 1 : 0 }),
  );
  const letters = segments(
    strings.symbolsLetters,
    [
      { value: 'own', text: 'x → y', title: strings.symbolsOwn },
      { value: 'swapped', text: 'y → x', title: strings.symbolsSwapped },
    ],
    (value) => change({ swapped: value === 'swapped' }),
  );
  const element = make(
    'div',
    { class: 'symbol-part' },
    make('div', { class: 'symbols-choices' }, names.element, base.element, letters.element),
    ...sections.map((section) => section.element),
  );

  const cellUnder = (event: Event): Cell | undefined => {
    const [target] = event.composedPath();
    const found = target instanceof Element ? target.closest<MathMLElement>('[data-cell]') : null;
    const [tensor, index] = found?.dataset.cell?.split(' ') ?? [];
    if (index === undefined || tensor === 'bias') return undefined;
    return { tensor: tensor as Cell['tensor'], index: index.split(',').map(Number) };
  };
  element.addEventListener('pointermove', (event) => {
    const cell = cellUnder(event);
    if (cell) actions.point(cell);
  });
  element.addEventListener('pointerleave', () => actions.point(undefined));
  element.addEventListener('click', (event) => {
    const cell = cellUnder(event);
    if (cell) actions.pin(cell);
  });

  /** Marks whatever stands for the cell that is pointed at. */
  let marked = '';
  const mark = ({ link }: Model): void => {
    const text = link ? cellText(link.cell.tensor, link.cell.index) : '';
    if (text === marked) return;
    marked = text;
    for (const old of element.querySelectorAll('.pointed')) old.classList.remove('pointed');
    if (text === '') return;
    for (const now of element.querySelectorAll(`[data-cell="${text}"]`)) now.classList.add('pointed');
  };

  return {
    element,
    update(now) {
      model = now;
      const plan = now.edited.plan ?? now.computed?.plan;
      setHidden(element, plan === undefined || plan.outputShape.includes(0) || plan.inputShape.includes(0));
      if (!plan || element.hidden) return;
      const head = now.edited.plan ? now.edited.head : (now.computed?.head ?? now.edited.head);
      const { names: style, base: from, swapped } = now.view.formula;
      names.value = style;
      base.value = String(from);
      letters.value = swapped ? 'swapped' : 'own';
      setHidden(letters.element, plan.kind === 'conv' || style === 'brackets');
      const channels = { input: plan.inputChannels, output: plan.outputChannels };
      const { slices } = now.view;
      const onShow = channelsOnShow(slices, channelGroups(plan.kind, plan.weightShape, channels), channels);
      const link = now.link && now.computed?.plan === plan ? now.link : undefined;
      const output = outputOf(plan, link, {
        batch: Math.min(slices.batch, plan.batch - 1),
        channel: onShow.outputChannel,
      });
      const none = { output: undefined, matrix: undefined };
      wanted = {
        plan,
        item: { batch: plan.batched ? output[0] : 0, channel: output[plan.batched ? 1 : 0] },
        place: output.slice(-plan.rank),
        bias: head.biasShape !== undefined,
        notation: { names: style, base: from, swapped },
        near: nearOf(plan, output, link, wanted?.plan === plan ? wanted.near : none),
      };
      for (const section of sections) section.show(wanted);
      marked = marked === '' ? '' : `${marked} `;
      mark(now);
    },
  };
}
