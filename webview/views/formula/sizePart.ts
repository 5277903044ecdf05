import type { TermName } from '../../../src/core/derive/size';
import type { Strings } from '../../../src/protocol/strings';
import { segments, tool } from '../../controls';
import { make, setHidden, setText, uniqueId } from '../../dom';
import type { Scene } from '../../drawing/scene';
import { createSvgDrawing } from '../../drawing/svgDrawing';
import { plainText } from '../../drawing/words';
import { showWords } from '../../drawing/wordsElement';
import { type Focus, type Room, stepsOf, stepWithin } from '../../film/film';
import { createSaveMenu } from '../../film/saveMenu';
import type { StepChange } from '../../film/timeline';
import type { Actions, Model, Part } from '../../model';
import { shownFormulas } from '../../parts/formulaTerms';
import { axisNames } from '../../strip/boxSpecs';
import { axisEdit, type Field, valueOf } from './changes';
import { HEADLINE } from './headline';
import type { TermArea } from './sheet';
import { createSizeRows, type SizeSubject } from './sizeRows';
import { sizeFilm, type SizeFilm } from './sizeFilm';
import { slideFrom } from './slide';

/** What dragging a term of the formula changes: never a size, since a tensor that is cut has lost its values. */
const DRAGGED: Readonly<Partial<Record<TermName, Field>>> = {
  spread: 'stride',
  steps: 'stride',
  extent: 'dilation',
  window: 'dilation',
  crop: 'padding',
  pads: 'padding',
  extra: 'outputPadding',
};
const LEAST: Readonly<Record<Field, number>> = { stride: 1, dilation: 1, padding: 0, outputPadding: 0 };
/** A size has no cells. */
const UNPOINTED: Focus = { followed: () => undefined, isLit: () => false };
const PIXELS_PER_STEP = 24;
const SLIDE_MS = 500;
const stands = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** The part *Size*: the formula of one axis as lengths in a drawing. */
export interface SizePart {
  /** Beside the switch: the choice of the axis, and steps from term to term. */
  readonly tools: HTMLElement;
  readonly words: HTMLElement;
  readonly canvas: HTMLElement;
  readonly rows: HTMLElement;
  readonly update: Part['update'];
}

export function createSizePart(actions: Actions, strings: Strings): SizePart {
  const axes = make('span', { class: 'size-axes' });
  const counter = make('span', { class: 'counter' });
  const sentence = make('p', { class: 'sentence' });
  const numbers = make('p', { class: 'numbers' });
  const spoken = make('output', { class: 'for-screen-readers', 'aria-live': 'polite' });
  const drawing = createSvgDrawing();
  const canvas = make('div', { class: 'film-canvas size-canvas', tabindex: '0', role: 'group' }, drawing.element);
  const rows = createSizeRows(actions, strings);

  let model: Model | undefined;
  let subject: SizeSubject | undefined;
  let film: SizeFilm | undefined;
  let room: Room = { width: 0, height: 0 };
  let areas: readonly TermArea[] = [];
  let scene: Scene | undefined;
  let sceneOf: SizeFilm | undefined;
  let pointed: TermName | undefined;
  let axesOf = '';
  let setAxis: (value: string) => void = () => undefined;

  const within = (step: number): number => (film ? stepWithin(film, step) : 0);
  const stepNow = (): number => within(model?.view.step ?? 0);
  const go = (to: StepChange): void => {
    actions.look((view) => ({ step: within(to(within(view.step))) }));
  };
  const goTo = (step: number): void => go(() => step);
  const back = tool('debug-step-back', strings.sizeTermBack, () => go((step) => step - 1));
  const forward = tool('debug-step-over', strings.sizeTermForward, () => go((step) => step + 1));
  const save = createSaveMenu(actions, strings, () => film && { film, step: stepNow(), focus: UNPOINTED });
  const tools = make('span', { class: 'size-tools' }, axes, back.element, counter, forward.element, save.element);

  const paint = (): void => {
    if (!film || room.width === 0) return;
    const step = stepNow();
    const frame = film.sizeFrame(step, room, pointed);
    areas = frame.areas;
    const slides = sceneOf !== undefined && sceneOf !== film && scene !== undefined && !stands();
    drawing.show(
      slides && scene ? slideFrom(scene, frame.scene) : frame.scene,
      slides ? { move: SLIDE_MS } : undefined,
    );
    [scene, sceneOf] = [frame.scene, film];
    showWords(sentence, frame.sentence);
    showWords(numbers, frame.numbers);
    canvas.setAttribute('aria-label', `${plainText(frame.sentence)} ${plainText(frame.numbers)}`);
    setText(counter, `${step + 1} / ${stepsOf(film)}`);
    back.enable(step > 0);
    forward.enable(step < stepsOf(film) - 1);
  };

  const showAxes = (now: Model, groups: readonly { readonly axes: readonly number[] }[], rank: number): void => {
    const names = axisNames(strings, rank);
    const titles = groups.map((group) => group.axes.map((axis) => names[axis].name).join(', '));
    if (titles.join('|') !== axesOf) {
      axesOf = titles.join('|');
      const control = segments(
        strings.sizeAxis,
        titles.map((text, at) => ({ value: String(groups[at].axes[0]), text })),
        (value) => actions.look({ formula: { ...(model ?? now).view.formula, axis: Number(value) } }),
      );
      setAxis = (value) => (control.value = value);
      axes.replaceChildren(...(groups.length > 1 ? [control.element] : []));
    }
  };

  new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    if (Math.floor(width) === room.width && Math.floor(height) === room.height) return;
    room = { width: Math.floor(width), height: Math.floor(height) };
    sceneOf = undefined;
    paint();
  }).observe(canvas);

  const areaUnder = (event: PointerEvent | MouseEvent): TermArea | undefined => {
    const { left, top } = drawing.element.getBoundingClientRect();
    const [x, y] = [event.clientX - left, event.clientY - top];
    return areas.findLast((area) => x >= area.x && x < area.x + area.width && y >= area.y && y < area.y + area.height);
  };
  const point = (term: TermName | undefined): void => {
    if (term === pointed) return;
    pointed = term;
    paint();
  };
  let drag:
    { readonly field: Field; readonly from: number; readonly value: number; readonly group: string } | undefined;
  let dragged = false;
  canvas.addEventListener('pointerdown', (event) => {
    dragged = false;
    const area = areaUnder(event);
    const field = area && area.y < HEADLINE / 2 ? DRAGGED[area.term] : undefined;
    if (!field || !subject || !model || event.button !== 0) return;
    canvas.setPointerCapture(event.pointerId);
    const value = valueOf(model.edited.head, field, subject.axes[0]);
    drag = { field, from: event.clientX, value, group: uniqueId('drag') };
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!drag || !subject || !model) {
      const area = areaUnder(event);
      canvas.classList.toggle('drags', area !== undefined && area.y < HEADLINE / 2 && DRAGGED[area.term] !== undefined);
      point(area?.term);
      return;
    }
    const steps = Math.trunc((event.clientX - drag.from) / PIXELS_PER_STEP);
    const value = Math.max(LEAST[drag.field], drag.value + steps);
    if (value === valueOf(model.edited.head, drag.field, subject.axes[0])) return;
    dragged = true;
    actions.edit({ ...axisEdit(model.edited.head, drag.field, subject.axes, value), group: drag.group });
  });
  const drop = (): void => {
    drag = undefined;
  };
  canvas.addEventListener('pointerup', drop);
  canvas.addEventListener('pointercancel', drop);
  canvas.addEventListener('pointerleave', () => point(undefined));
  canvas.addEventListener('click', (event) => {
    const term = areaUnder(event)?.term;
    if (term !== undefined && film && !dragged) goTo(film.derived.terms.findIndex(({ name }) => name === term) + 1);
  });
  canvas.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !film) return;
    const of = film;
    const keys: Readonly<Record<string, StepChange>> = {
      ArrowLeft: (step) => step - 1,
      ArrowRight: (step) => step + 1,
      Home: () => 0,
      End: () => Infinity,
    };
    const to = keys[event.key];
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    go((step) => {
      const next = within(to(step));
      setText(spoken, plainText(of.sizeFrame(next, room).sentence));
      return next;
    });
  });

  return {
    tools,
    words: make('div', { class: 'film-words' }, sentence, numbers, spoken),
    canvas,
    rows: rows.element,
    update(now) {
      model = now;
      const plan = now.edited.plan ?? now.computed?.plan;
      const head = now.edited.plan ? now.edited.head : (now.computed?.head ?? now.edited.head);
      setHidden(tools, plan === undefined);
      if (!plan) {
        [film, subject] = [undefined, undefined];
        rows.show(undefined);
        return;
      }
      const groups = shownFormulas(plan, undefined);
      showAxes(now, groups, plan.rank);
      const group = groups.find((each) => each.axes.includes(now.view.formula.axis)) ?? groups[0];
      setAxis(String(group.axes[0]));
      if (subject?.plan !== plan || subject.head !== head || subject.axes.join() !== group.axes.join()) {
        const names = axisNames(strings, plan.rank);
        const isOther = subject?.plan !== plan || subject.axes.join() !== group.axes.join();
        const shown = film && !isOther ? film : sizeFilm(plan, group.axes[0], strings);
        const name = group.axes.map((axis) => names[axis].name).join(', ');
        subject = { plan, head, axes: group.axes, name, derived: shown.derived };
        film = shown;
        rows.show(subject);
      }
      paint();
    },
  };
}
