import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { tool } from '../controls';
import { make, setHidden, setText } from '../dom';
import { type Film, placeOfStep, stepsOf } from './film';
import { type Player, SPEEDS } from './player';

/** More phases of one kind than this share one bar. */
const MOST_NAMED = 16;

interface Bar {
  /** Phases of the film that it stands for. */
  readonly first: number;
  readonly count: number;
  readonly title: string;
}

/** The bars of a film: one a phase, or one for many of a kind. */
export function barsOf({ phases }: Film): readonly Bar[] {
  const bars: Bar[] = [];
  for (let first = 0; first < phases.length;) {
    const { kind, title } = phases[first];
    let count = 1;
    while (kind !== undefined && phases[first + count]?.kind === kind) count++;
    if (count > MOST_NAMED) bars.push({ first, count, title });
    else for (let at = 0; at < count; at++) bars.push({ first: first + at, count: 1, title: phases[first + at].title });
    first += count;
  }
  return bars;
}

/** So many names of one kind say less than the room that they take: only that of now is shown. */
const MANY = 8;

function isOneOfMany({ phases }: Film, { first }: Bar): boolean {
  const { kind } = phases[first];
  return kind !== undefined && phases.filter((phase) => phase.kind === kind).length > MANY;
}

/** Where to go, from the step at which the view then is; outside of the film its first or last step. */
export type StepChange = (step: number) => number;

/** The steps of a film as a line of bars with a caret: click or drag anywhere on it; ←, →, Home, End and space. */
export interface Timeline {
  readonly element: HTMLElement;
  show(film: Film, step: number): void;
  /** A key that is meant for the timeline, pressed on it or on the drawing. True: it was. */
  key(event: KeyboardEvent): boolean;
}

export function createTimeline(
  player: Player,
  go: (to: StepChange) => void,
  strings: Strings,
  ...tools: readonly HTMLElement[]
): Timeline {
  let film: Film | undefined;
  let shown = 0;
  let drawnFor: Film | undefined;
  let segments: {
    readonly bar: Bar;
    readonly element: HTMLElement;
    readonly line: HTMLElement;
    readonly fill: HTMLElement;
    readonly steps: number;
  }[] = [];

  const goTo = (to: StepChange): void => {
    player.stop();
    go(to);
  };
  const phaseStart: StepChange = (step) => (film ? step - placeOfStep(film, step).within : 0);
  const phaseBefore: StepChange = (step) => phaseStart(phaseStart(step) === step ? Math.max(0, step - 1) : step);
  const nextPhase: StepChange = (step) =>
    film ? phaseStart(step) + film.phases[placeOfStep(film, step).phase].steps.length : 0;
  const toggle = (): void => {
    if (player.isPlaying) player.stop();
    else player.play(shown);
  };

  const back = tool('debug-step-back', strings.stepBack, () => goTo((step) => step - 1));
  const play = tool('play', strings.stepPlay, toggle);
  const pause = tool('debug-pause', strings.stepPause, toggle);
  const forward = tool('debug-step-over', strings.stepForward, () => goTo((step) => step + 1));
  const counter = make('span', { class: 'counter' });
  const track = make('div', {
    class: 'track',
    role: 'slider',
    tabindex: '0',
    'aria-label': strings.steps,
    'aria-valuemin': '1',
  });
  const caret = make('span', { class: 'caret', 'aria-hidden': 'true' });
  const speed = tool(
    undefined,
    `${strings.speed}: 1×`,
    () => player.setSpeed(SPEEDS[(SPEEDS.findIndex((each) => each === player.speed) + 1) % SPEEDS.length]),
    '1×',
  );
  const loop = tool('sync', strings.loop, () => player.setLoop(!player.loops));
  const element = make(
    'div',
    { class: 'timeline', role: 'group', 'aria-label': strings.timeline },
    back.element,
    play.element,
    pause.element,
    forward.element,
    counter,
    track,
    speed.element,
    loop.element,
    ...tools,
  );

  const build = (of: Film): void => {
    segments = barsOf(of).map((bar) => {
      const phases = of.phases.slice(bar.first, bar.first + bar.count);
      const steps = phases.reduce((all, phase) => all + phase.steps.length, 0);
      const fill = make('span', { class: 'fill' });
      const title = make('span', { class: 'phase-name' }, bar.title);
      const parts =
        bar.count === 1 && steps <= 24
          ? phases[0].steps.slice(1).map((_, at) => {
              const mark = make('i', {});
              mark.style.insetInlineStart = `${((at + 1) / steps) * 100}%`;
              return mark;
            })
          : [];
      const within = make(
        'span',
        { class: 'step-names' },
        ...(bar.count === 1 ? phases[0].steps : []).map((name) => make('span', {}, name)),
      );
      const line = make('span', { class: 'line' }, fill, ...parts);
      const segment = make('div', { class: 'phase' }, title, line, within);
      segment.style.flexGrow = String(bar.count > 1 ? 4 : Math.min(3, Math.max(1, steps / 2)));
      segment.classList.toggle('alike', isOneOfMany(of, bar));
      return { bar, element: segment, line, fill, steps };
    });
    track.replaceChildren(...segments.map((segment) => segment.element));
    drawnFor = of;
  };

  const firstStepOf = (of: Film, phase: number): number =>
    of.phases.slice(0, phase).reduce((all, { steps }) => all + steps.length, 0);

  const stepAt = (x: number): number => {
    for (const { bar, element: segment, steps } of segments) {
      const { left, right, width } = segment.getBoundingClientRect();
      if (x > right && segment !== segments[segments.length - 1].element) continue;
      const share = Math.min(Math.max(0, (x - left) / width), 0.999);
      return (film ? firstStepOf(film, bar.first) : 0) + Math.floor(share * steps);
    }
    return 0;
  };
  const scrub = ({ clientX }: PointerEvent): void => {
    const step = stepAt(clientX);
    goTo(() => step);
  };
  track.addEventListener('pointerdown', (event) => {
    if (event.button !== 0) return;
    track.setPointerCapture(event.pointerId);
    scrub(event);
  });
  track.addEventListener('pointermove', (event) => {
    if (track.hasPointerCapture(event.pointerId)) scrub(event);
  });

  const key = (event: KeyboardEvent): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey) return false;
    const steps: Readonly<Record<string, () => void>> = {
      ' ': toggle,
      ArrowLeft: () => goTo(event.shiftKey ? phaseBefore : (step) => step - 1),
      ArrowRight: () => goTo(event.shiftKey ? nextPhase : (step) => step + 1),
      Home: () => goTo(() => 0),
      End: () => goTo(() => Infinity),
    };
    const act = steps[event.key];
    if (!act || !film) return false;
    event.preventDefault();
    event.stopPropagation();
    act();
    return true;
  };
  track.addEventListener('keydown', (event) => void key(event));

  return {
    element,
    key,
    show(now, step) {
      [film, shown] = [now, step];
      if (drawnFor !== now) build(now);
      const all = stepsOf(now);
      const { phase, within } = placeOfStep(now, step);
      setText(counter, `${step + 1} / ${all}`);
      track.setAttribute('aria-valuemax', String(all));
      track.setAttribute('aria-valuenow', String(step + 1));
      track.setAttribute('aria-valuetext', format(strings.stepOf, [step + 1, all, now.phases[phase].title]));
      for (const { bar, element: segment, line, fill, steps } of segments) {
        const done = Math.min(Math.max(0, step + 1 - firstStepOf(now, bar.first)), steps);
        const isNow = phase >= bar.first && phase < bar.first + bar.count;
        segment.classList.toggle('now', isNow);
        const share = `${(done / steps) * 100}%`;
        fill.style.inlineSize = share;
        if (bar.count > 1)
          setText(segment.firstElementChild as HTMLElement, isNow ? now.phases[phase].title : bar.title);
        if (isNow) {
          [...(segment.lastElementChild?.children ?? [])].forEach((name, at) =>
            name.classList.toggle('now', at === within),
          );
          // On the line itself: where it lies on the track would have to be measured.
          if (caret.parentElement !== line) line.append(caret);
          caret.style.insetInlineStart = share;
        }
      }
      setHidden(play.element, player.isPlaying);
      setHidden(pause.element, !player.isPlaying);
      back.enable(step > 0);
      forward.enable(step < all - 1);
      setText(speed.element, `${player.speed}×`);
      speed.label('', `${strings.speed}: ${player.speed}×`);
      loop.element.setAttribute('aria-pressed', String(player.loops));
    },
  };
}
