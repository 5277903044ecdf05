import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import { button } from '../../controls';
import { make, setHidden, setText } from '../../dom';
import { createSvgDrawing } from '../../drawing/svgDrawing';
import { plainText } from '../../drawing/words';
import { showWords } from '../../drawing/wordsElement';
import type { Film, Focus, Room } from '../../film/film';
import { createTables } from '../../film/filmRows';
import { createSaveMenu } from '../../film/saveMenu';
import type { Actions, Model } from '../../model';
import { areaScene } from './areaScene';
import { createChainEditor } from './chainEditor';
import {
  type ChainModel,
  chainModel,
  chainOfPlan,
  type ChainText,
  curedLines,
  MOST_PLACES,
  type Spot,
} from './chainModel';
import { chainScene, layoutOf, spotAt } from './chainScene';
import { chainSentence, chainTables, cureNote, cureText } from './chainWords';
import { rateLines, ratesSentence, ratesTables, timedOf } from './ratesWords';

/** The chain as it is, or along time. */
export type ChainMode = 'chain' | 'rates';

interface Shown {
  readonly text: string;
  readonly chain: ChainText;
  readonly model: ChainModel;
}

const MOST_CURES = 5;

/** Nothing of the document is pointed at: a chain is no tensor of it. */
const NO_FOCUS: Focus = { followed: () => undefined, isLit: () => false };

/** The parts *Chain* and *Rates*: a chain of layers that is typed, and what becomes of places, sizes or time in it. */
export interface ChainPart {
  readonly element: HTMLElement;
  readonly rows: HTMLElement;
  /** Where the switch between the parts stands. */
  readonly head: HTMLElement;
  update(model: Model, mode: ChainMode): void;
}

export function createChainPart(actions: Actions, strings: Strings): ChainPart {
  const sentence = make('p', { class: 'sentence' });
  const numbers = make('p', { class: 'numbers' });
  const drawing = createSvgDrawing();
  const canvas = make('div', { class: 'film-canvas', tabindex: '0', role: 'group' }, drawing.element);
  const nothing = make('p', { class: 'film-nothing' }, strings.filmNothing);
  const tables = createTables();
  const cures = make('div', { class: 'cures' });
  const area = createSvgDrawing();
  const areas = make('section', { hidden: '' }, make('h3', {}, strings.fieldAreas), area.element);
  const rows = make('div', { class: 'film-rows' }, cures, areas, tables.element);
  const change = (chain: ChainText): void => actions.look({ chain });
  const editor = createChainEditor(strings, change, () => actions.look({ chain: undefined }));
  const hint = make('span', { class: 'hint' });
  const save = createSaveMenu(actions, strings, () => shown && { film: filmNow(shown), step: 0, focus: NO_FOCUS });
  const head = make('div', { class: 'film-head' }, hint, save.element);
  const element = make(
    'section',
    { class: 'film field', 'aria-label': strings.viewField },
    head,
    make('div', { class: 'film-words' }, sentence, numbers),
    canvas,
    nothing,
    editor.element,
  );

  let room: Room = { width: 0, height: 0 };
  let model: Model | undefined;
  let shown: Shown | undefined;
  let spot: Spot | undefined;
  let mode: ChainMode = 'chain';
  let isPlane = false;

  const chainOf = ({ view, edited, computed }: Model): ChainText | undefined => {
    const plan = edited.plan ?? computed?.plan;
    return view.chain ?? (plan && chainOfPlan(plan));
  };

  /** The spot that is pointed at; else the middle of what comes out. */
  const spotNow = ({ sizes }: ChainModel): Spot | undefined => {
    if (Math.max(...sizes.sizes.map(([size]) => size)) > MOST_PLACES) return undefined;
    const stage = Math.min(spot?.stage ?? sizes.sizes.length - 1, sizes.sizes.length - 1);
    const [size] = sizes.sizes[stage];
    return { stage, place: Math.min(spot?.place ?? Math.floor(size / 2), size - 1) };
  };

  const showCures = (now: ChainModel, chain: ChainText): void => {
    const buttons = now.cures.slice(0, MOST_CURES).map((cure): HTMLElement => {
      const apply = button(cureText(cure, strings), () => change({ ...chain, lines: curedLines(chain, now, cure) }));
      return make('div', { class: 'cure' }, apply.element, make('p', { class: 'note' }, cureNote(cure, strings)));
    });
    const larger = now.ladder.find(({ input, returns }) => returns && input > now.rung.input);
    if (larger && !now.rung.returns)
      buttons.push(
        button(format(strings.fieldCurePad, [larger.input]), () => change({ ...chain, input: larger.input })).element,
      );
    cures.replaceChildren(...(buttons.length > 0 ? [make('h3', {}, strings.fieldCures), ...buttons] : []));
  };

  /** What is shown, as a film of one step: so it is saved as all drawings are. */
  const filmNow = ({ model: now, chain }: Shown): Film => {
    const at = spotNow(now);
    const timed = mode === 'rates' ? timedOf(now, chain) : undefined;
    return {
      phases: [{ title: '', steps: [''] }],
      frame: (_step, place) => ({
        scene: chainScene(now, place, at, strings, timed && rateLines(timed, strings)),
        ...(timed ? ratesSentence(timed, strings) : chainSentence(now, strings)),
        tables: timed ? ratesTables(timed, at, strings) : chainTables(now, at, strings),
      }),
    };
  };

  const paint = (): void => {
    if (!shown || room.width === 0) return;
    const frame = filmNow(shown).frame(0, room, NO_FOCUS);
    showWords(sentence, frame.sentence);
    showWords(numbers, frame.numbers);
    canvas.setAttribute('aria-label', plainText(frame.sentence));
    drawing.show(frame.scene);
    tables.show(frame.tables ?? []);
    const at = spotNow(shown.model);
    const plane = at && mode === 'chain' && isPlane ? areaScene(shown.model, at, strings) : undefined;
    setHidden(areas, plane === undefined);
    if (plane) area.show(plane);
  };

  const update = (now: Model, part: ChainMode): void => {
    model = now;
    setText(hint, part === 'rates' ? strings.ratesHint : strings.fieldHint);
    const chain = chainOf(now);
    setHidden(nothing, chain !== undefined);
    setHidden(editor.element, chain === undefined);
    if (!chain) return;
    const text = JSON.stringify(chain);
    // A signal has no areas.
    isPlane = now.edited.head.weightShape.length > 3;
    if (shown?.text === text && part === mode) return;
    mode = part;
    if (shown?.text !== text) shown = { text, chain, model: chainModel(chain) };
    editor.show(chain, shown.model, mode);
    showCures(shown.model, chain);
    paint();
  };

  new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    if (Math.floor(width) === room.width && Math.floor(height) === room.height) return;
    room = { width: Math.floor(width), height: Math.floor(height) };
    if (model) paint();
  }).observe(canvas);

  canvas.addEventListener('pointermove', (event) => {
    if (!shown) return;
    const { left, top } = drawing.element.getBoundingClientRect();
    const next = spotAt(shown.model, layoutOf(shown.model, room), event.clientX - left, event.clientY - top);
    if (!next || (next.stage === spot?.stage && next.place === spot.place)) return;
    spot = next;
    paint();
  });
  canvas.addEventListener('keydown', (event) => {
    if (!shown || event.ctrlKey || event.metaKey || event.altKey) return;
    const by = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    const now = by && spotNow(shown.model);
    if (!by || !now) return;
    event.preventDefault();
    const { sizes } = shown.model.sizes;
    const stage = Math.min(Math.max(0, now.stage + by[0]), sizes.length - 1);
    // From stage to stage to the place that stands at the same share of the whole.
    const share =
      by[0] === 0 ? now.place + by[1] : Math.floor(((now.place + 0.5) * sizes[stage][0]) / sizes[now.stage][0]);
    spot = { stage, place: Math.min(Math.max(0, share), sizes[stage][0] - 1) };
    paint();
  });

  return { element, rows, head, update };
}
