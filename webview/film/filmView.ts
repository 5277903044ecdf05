import type { Cell } from '../../src/core/explain/contributions';
import type { Strings } from '../../src/protocol/strings';
import { segments, tool } from '../controls';
import { make, setHidden, setText } from '../dom';
import type { Pixels, Words } from '../drawing/scene';
import { createSvgDrawing } from '../drawing/svgDrawing';
import { plainText } from '../drawing/words';
import { showWords } from '../drawing/wordsElement';
import type { Actions, Model, Part } from '../model';
import { reportTo } from '../report';
import type { StageView } from '../views/contract';
import { whenShown } from '../views/whenShown';
import { createFilmRows } from './filmRows';
import {
  type Film,
  type FilmPart,
  type Frame,
  type OwnPart,
  placeOfStep,
  type Room,
  type Shown,
  stepsOf,
  stepWithin,
} from './film';
import { createPlayer } from './player';
import { createSaveMenu, type Showing } from './saveMenu';
import { cellOf, focusOf, followSubject, type Followed } from './subjects';
import { createTimeline, type StepChange } from './timeline';

/** A view of the stage that is made of films. */
export interface FilmViewSpec {
  readonly id: string;
  readonly title: string;
  /**
   * The films that there are of an operation of so many spatial axes, in the order of the switch. None: the view has
   * nothing to say of it.
   */
  parts(kind: 'conv' | 'convTranspose', rank: number): readonly (FilmPart | OwnPart)[];
  /** What is said where there is none. */
  readonly none: string;
  /** What can be done about what is shown: stands under the drawing, and hides itself where there is nothing. */
  readonly below?: () => Part;
}

const clock = {
  after(milliseconds: number, then: () => void): () => void {
    const timer = setTimeout(then, milliseconds);
    return () => clearTimeout(timer);
  },
};
const stands = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** Many steps of one kind in a row are run through; the first and the last of them take their time. */
const isBrief = (film: Film, step: number): boolean => {
  const { phase } = placeOfStep(film, step);
  const { kind, runs } = film.phases[phase];
  if (runs) return true;
  if (kind === undefined || film.phases.filter((each) => each.kind === kind).length <= 16) return false;
  return film.phases[phase - 1]?.kind === kind && film.phases[phase + 1]?.kind === kind;
};

const isOwn = (part: FilmPart | OwnPart | undefined): part is OwnPart => part !== undefined && 'follow' in part;

/** The cell of a picture that an event is on. */
function cellOfPicture(target: EventTarget | undefined, event: Event): Cell | undefined {
  if (!(target instanceof SVGElement) || target.dataset.plane === undefined || !(event instanceof MouseEvent))
    return undefined;
  const { tensor, leading, first, cells } = JSON.parse(target.dataset.plane) as NonNullable<Pixels['plane']>;
  const { left, top, width, height } = target.getBoundingClientRect();
  const [row, column] = [(event.clientY - top) / height, (event.clientX - left) / width];
  const shares = cells.length > 1 ? [row, column] : [column];
  const place = shares.map((share, axis) => Math.min(cells[axis] - 1, Math.max(0, Math.floor(share * cells[axis]))));
  return { tensor, index: [...leading, ...place.map((at, axis) => at + first[axis])] };
}

/**
 * A view of films: a switch between its parts, a sentence of two lines, the drawing, and the timeline. The sentence
 * never moves the drawing. Steps are shared with all views: what a step writes is pointed at.
 */
export const createFilmView = (spec: FilmViewSpec, actions: Actions, strings: Strings): StageView =>
  whenShown(spec, () => filmStage(spec, actions, strings));

function filmStage(spec: FilmViewSpec, actions: Actions, strings: Strings): Pick<StageView, 'stage' | 'rows'> {
  const bar = make('div', { class: 'film-parts' });
  const hint = make('span', { class: 'hint' });
  const tools = make('div', { class: 'film-tools', hidden: '' });
  const sentence = make('p', { class: 'sentence' });
  const numbers = make('p', { class: 'numbers' });
  const spoken = make('output', { class: 'for-screen-readers', 'aria-live': 'polite' });
  const drawing = createSvgDrawing();
  const canvas = make('div', { class: 'film-canvas', tabindex: '0', role: 'group' }, drawing.element);
  const nothing = make('p', { class: 'film-nothing' });
  const rows = createFilmRows(strings);

  let model: Model | undefined;
  let followed: Followed | undefined;
  /** What a part that follows the document by itself has told last. */
  const told = new Map<string, (Shown & { readonly film: Film }) | string>();
  const follows = new Map<string, (model: Model) => void>();
  let film: Film | undefined;
  let about: Shown | undefined;
  /** The part that is loaded, which may be that there is none; nothing before anything is. */
  let loaded: { readonly part: string | undefined } | undefined;
  let switchOf: string | undefined;
  let room: Room = { width: 0, height: 0 };
  let shownStep: number | undefined;
  let frame: Frame | undefined;

  const player = createPlayer(
    clock,
    (step) => actions.look({ step }),
    () => {
      if (film && model) timeline.show(film, stepNow(film, model));
    },
  );
  const showing = (): Showing | undefined =>
    film && about && model && { film, step: stepNow(film, model), focus: focusOf(about, model.link) };
  const save = createSaveMenu(actions, strings, showing);
  const link = tool('link', strings.copyLink, () => {
    if (!model) return;
    const { stage: id, sub, step, slices } = model.view;
    const cell = model.link?.pinned ? model.link.cell : undefined;
    reportTo(actions)(actions.host.copyLink({ view: { stage: id, sub, step, slices }, cell }));
  });
  const go = (to: StepChange): void => {
    const of = film;
    if (of) actions.look(({ step }) => ({ step: stepWithin(of, to(stepWithin(of, step))) }));
  };
  const timeline = createTimeline(player, go, strings, save.element, link.element);
  const head = make('div', { class: 'film-head' }, bar, hint);
  const below = spec.below?.();
  const element = make(
    'section',
    { class: 'film', 'aria-label': spec.title },
    make('div', {}, head, tools),
    make('div', { class: 'film-words' }, sentence, numbers),
    canvas,
    nothing,
    ...(below ? [below.element] : []),
    timeline.element,
    spoken,
  );

  const stepNow = (of: Film, { view }: Model): number => stepWithin(of, view.step);
  const partsNow = ({ computed, edited }: Model): readonly (FilmPart | OwnPart)[] => {
    const { operation, weightShape } = computed?.head ?? edited.head;
    return spec.parts(operation.kind, weightShape.length - 2);
  };
  const partNow = (now: Model): FilmPart | OwnPart | undefined => {
    const parts = partsNow(now);
    return parts.find(({ id }) => id === now.view.sub) ?? parts.at(0);
  };

  const showSwitch = (now: Model): void => {
    const parts = partsNow(now);
    const part = partNow(now);
    const key = parts.map(({ id }) => id).join();
    if (key !== switchOf) {
      switchOf = key;
      const control = segments(
        spec.title,
        parts.map(({ id, title }) => ({ value: id, text: title })),
        (sub) => actions.look({ sub, step: 0 }),
      );
      control.value = part?.id ?? '';
      bar.replaceChildren(...(parts.length > 1 ? [control.element] : []));
      showPart = (id) => (control.value = id);
    }
    if (part) showPart(part.id);
    setText(hint, part?.hint ?? '');
  };
  let showPart: (id: string) => void = () => undefined;

  const showTools = (wanted: HTMLElement | undefined): void => {
    if (tools.firstElementChild !== (wanted ?? null)) tools.replaceChildren(...(wanted ? [wanted] : []));
    setHidden(tools, wanted === undefined);
  };
  const write = (to: HTMLElement, words: Words): void => showWords(to, words);

  const paint = (now: Model): void => {
    if (!film || !about || room.width === 0) return;
    const step = stepNow(film, now);
    const moves = shownStep !== undefined && step === shownStep + 1 && !stands();
    frame = film.frame(step, room, focusOf(about, now.link));
    write(sentence, frame.sentence);
    write(numbers, frame.numbers);
    // What the step points at is lit by a second painting of it, during which it moves on.
    drawing.show(frame.scene, moves ? { move: player.moveInto(step) } : undefined, step === shownStep);
    canvas.setAttribute('aria-label', plainText(frame.sentence));
    rows.show(frame.tables ?? [], isOwn(partNow(now)) ? undefined : followed?.subject);
    timeline.show(film, step);
    if (step === shownStep) return;
    const isFirst = shownStep === undefined;
    shownStep = step;
    if (!player.isPlaying) setText(spoken, plainText(frame.numbers));
    const { cell } = frame;
    // Every other view lights what the step is about. In its own time: this is within a painting.
    if (!isFirst && cell) light(cell);
  };
  const light = (cell: Cell): void => {
    const of = about;
    if (of) queueMicrotask(() => actions.point(cellOf(of, cell)));
  };

  const load = (now: Model): void => {
    const part = partNow(now);
    loaded = { part: part?.id };
    const own = isOwn(part) ? told.get(part.id) : undefined;
    if (part && !isOwn(part)) {
      about = followed;
      film = followed && part.film(followed.subject, followed.computed.plan);
    } else {
      about = typeof own === 'string' ? undefined : own;
      film = typeof own === 'string' ? undefined : own?.film;
    }
    shownStep = undefined;
    const of = film;
    setHidden(nothing, of !== undefined);
    setHidden(canvas, of === undefined);
    setHidden(timeline.element, of === undefined || stepsOf(of) < 2);
    if (!of) {
      const missing = part ? ((followed && part.tooMuch?.(followed.computed.plan)) ?? strings.filmNothing) : spec.none;
      setText(nothing, typeof own === 'string' ? own : missing);
      write(sentence, []);
      write(numbers, []);
      rows.show([], undefined);
      return;
    }
    player.load({ steps: stepsOf(of), isBrief: (step) => isBrief(of, step) });
  };
  const follow = followSubject(actions, (now) => {
    // An edit ends the playing; a window that follows what is pointed at does not.
    if (now?.computed !== followed?.computed) player.stop();
    followed = now;
    const part = model && partNow(model);
    if (model && part && !isOwn(part)) again(model);
  });
  /** The film has been made anew; the step that is on show stays. */
  const again = (now: Model): void => {
    const step = shownStep;
    load(now);
    shownStep = step;
    paint(now);
  };
  const followOwn = (part: OwnPart, now: Model): void => {
    const known = follows.get(part.id);
    const following =
      known ??
      part.follow((made) => {
        player.stop();
        told.set(part.id, made);
        if (model && partNow(model)?.id === part.id) again(model);
      });
    follows.set(part.id, following);
    following(now);
  };

  new ResizeObserver(([entry]) => {
    const { width, height } = entry.contentRect;
    if (Math.floor(width) === room.width && Math.floor(height) === room.height) return;
    room = { width: Math.floor(width), height: Math.floor(height) };
    if (model) paint(model);
  }).observe(canvas);

  const cellUnder = (event: Event): Cell | undefined => {
    const [target] = event.composedPath();
    const [tensor, index] = target instanceof SVGElement ? (target.dataset.cell?.split(' ') ?? []) : [];
    if (!about) return undefined;
    const placed =
      index === undefined
        ? cellOfPicture(target, event)
        : { tensor: tensor as Cell['tensor'], index: index.split(',').map(Number) };
    return placed && cellOf(about, placed);
  };
  canvas.addEventListener('pointermove', (event) => actions.point(cellUnder(event)));
  canvas.addEventListener('pointerleave', () => actions.point(undefined));
  canvas.addEventListener('click', (event) => {
    const cell = cellUnder(event);
    if (cell) actions.pin(cell);
  });
  canvas.addEventListener('keydown', (event) => void timeline.key(event));

  const stage: Part = {
    element,
    update(now) {
      model = now;
      element.classList.toggle('stale', now.edited.plan === undefined);
      showSwitch(now);
      below?.update(now);
      follow(now);
      const part = partNow(now);
      if (isOwn(part)) followOwn(part, now);
      showTools(isOwn(part) ? part.tools : undefined);
      if (!loaded || loaded.part !== part?.id) load(now);
      paint(now);
    },
  };
  return { stage, rows: { element: rows.element, update: () => undefined } };
}
