import type { Edit } from '../src/core/state/edits';
import type { Watch } from '../src/core/tensor/look';
import type { PanelStart, PanelUpdate } from '../src/protocol/panel';
import type { Host } from './host';
import type { Actions, Model, Part } from './model';
import { LARGEST_ZOOM } from './view';
import { pinAt, pointAt } from './state/link';
import { createAnswers } from './state/answers';
import { type Foreseen, foresee } from './state/foresee';
import { OutputMemory } from './state/outputMemory';
import { createLater } from './state/later';
import { mergeUpdate, planOf } from './state/mergeUpdate';
import { restoreView } from './state/restoreView';
import { shapedBy } from './state/shapedBy';
import { collectWatches } from './state/watches';

/** What the page shows now; the latency benchmark waits for it. */
export interface Painted {
  /** Of the output on show, the host's own. */
  readonly revision: number;
  /** How many edits have been shown with their output before they were answered. */
  readonly foreseen: number;
}

/** The window that the page is in; a test has one of its own. */
export interface Screen {
  /** Calls back before the next frame is drawn. */
  frame(then: () => void): void;
  /** Calls back once, after this time; returns what prevents it. */
  after(milliseconds: number, then: () => void): () => void;
  painted(painted: Painted): void;
}

export interface Store {
  readonly actions: Actions;
  /** Shows the model in these parts, now and from now on. */
  show(parts: readonly Part[]): void;
  receive(update: PanelUpdate): void;
  onAnnounce(listen: (text: string) => void): void;
  /** Calls once, when there is an output on show. */
  whenComputed(then: () => void): void;
  /** Shows the same model again: the theme is another one. */
  repaint(): void;
}

const REMEMBER_AFTER_MS = 300;

/** The first model, before the host has sent any value. */
export function firstModel(start: PanelStart): Model {
  return {
    strings: start.strings,
    presets: start.presets,
    edited: { head: start.head, plan: planOf(start.head) },
    received: undefined,
    computed: undefined,
    status: { case: 'computing', revision: -1, done: 0 },
    view: restoreView(start.view),
    link: undefined,
  };
}

export function createStore(host: Pick<Host, 'remote'>, start: PanelStart, screen: Screen): Store {
  const { remote } = host;
  const watches = collectWatches(start.head);
  let model = firstModel(start);
  let parts: readonly Part[] = [];
  let foreseen = 0;
  let waitsForFrame = false;
  let dirty = false;
  let isPictured = false;
  let isBegun = false;
  /** Edits that have not been answered yet, and the revision that the last answer told. */
  let unanswered = 0;
  let awaited = -1;
  let forget: () => void = () => undefined;
  let whenThere: (() => void) | undefined;
  let say: (text: string) => void = () => undefined;

  const isWaiting = (): boolean =>
    unanswered > 0 || (model.status.case !== 'failed' && (model.received?.head.revision ?? -1) < awaited);
  const later = createLater(screen, isWaiting);

  const outputs = new OutputMemory();
  const ahead = (from: Model, edit: Edit, watch = watches.current(from.view.range)): Foreseen | undefined =>
    foresee(from, edit, watch, outputs);
  const withForeseen = (from: Model, update: Foreseen | undefined): Model =>
    update ? mergeUpdate(from, { status: from.status, ...update }) : from;

  const answers = createAnswers((update, lacking) => {
    change(lacking.reduce((next, edit) => withForeseen(next, ahead(next, edit)), mergeUpdate(model, update)));
  });

  /** What will be watched after an edit that makes other shapes. */
  const watchAfter = (edit: Edit): Watch | undefined => {
    const next = shapedBy(model, edit);
    const planes = next && parts.map((part) => part.watched?.(next));
    const known = planes?.flatMap((each) => each ?? []);
    return known && known.length > 0 ? watches.expect(known, model.view.range) : undefined;
  };

  const sendWatches = (): void => {
    // The first watch is under way; until it is answered, parts have nothing to look at.
    if (isBegun && !model.received) return;
    if (!isWaiting()) watches.settle();
    const watch = watches.changed(model.view.range);
    if (watch) ask(remote.watch(watch));
  };

  const paint = (): void => {
    dirty = false;
    for (const part of parts) part.update(model);
    sendWatches();
    // Large tensors serve only what is done next: the first picture goes before them.
    if (model.received && !isPictured) {
      isPictured = true;
      later.put(watches, () => {
        watches.wantWhole();
        sendWatches();
      });
    }
    later.painted();
    screen.painted({ revision: model.computed?.head.revision ?? -1, foreseen });
  };

  // The first change of a frame is painted at once, not at the end of the frame: that is up to 16 ms sooner. Further
  // ones wait for the next frame, and are painted together.
  const change = (next: Model): void => {
    if (next === model) return;
    model = next;
    if (waitsForFrame) {
      dirty = true;
      return;
    }
    waitsForFrame = true;
    screen.frame(() => {
      waitsForFrame = false;
      if (dirty) paint();
    });
    paint();
  };

  const ask = (answer: Promise<unknown>): void => {
    answer.catch((error: unknown) => {
      say(error instanceof Error ? error.message : String(error));
    });
  };

  const remember = (): void => {
    forget();
    forget = screen.after(REMEMBER_AFTER_MS, () => {
      ask(remote.remember(model.view));
    });
  };

  const actions: Actions = {
    edit(edit) {
      const watch = watchAfter(edit);
      unanswered++;
      // It is on its way while the page works out what will come of it.
      const answer = remote.edit(edit, watch).then(
        (revision) => {
          unanswered--;
          awaited = Math.max(awaited, revision);
          // It may have been refused, and then everything is as it was.
          sendWatches();
          return revision;
        },
        (error: unknown) => {
          unanswered--;
          throw error;
        },
      );
      const expected = ahead(model, edit, watch);
      if (!expected) {
        ask(answer);
        return;
      }
      if (expected.computed) foreseen++;
      ask(answers.until(edit, expected.computed ? 'with its output' : 'values only', answer));
      change(withForeseen(model, expected));
    },
    undo() {
      ask(remote.undo());
    },
    redo() {
      ask(remote.redo());
    },
    point(cell) {
      change(pointAt(model, cell));
    },
    pin(cell, stays) {
      change(pinAt(model, cell, stays));
    },
    pointEntry(products) {
      change(pointAt(model, products));
    },
    pinEntry(products) {
      change(pinAt(model, products));
    },
    look(looked) {
      const changes = typeof looked === 'function' ? looked(model.view) : looked;
      change({ ...model, view: { ...model.view, ...changes } });
      remember();
    },
    zoom(factor) {
      const zoom = factor === 'fit' ? 1 : Math.min(LARGEST_ZOOM, Math.max(1, model.view.zoom * factor));
      actions.look({ zoom });
    },
    watch(key, request) {
      watches.set(key, request);
      // A part that scrolls asks outside of any painting; several of its requests go together.
      queueMicrotask(sendWatches);
    },
    later: later.put,
    announce(text) {
      say(text);
    },
    host: remote,
  };

  return {
    actions,
    show(all) {
      parts = all;
      const planes = all.flatMap((part) => part.watched?.(model) ?? []);
      isBegun = planes.length > 0;
      if (!isBegun) {
        paint();
        return;
      }
      // The question first: the page is painted while it is answered.
      ask(remote.watch(watches.expect(planes, model.view.range)));
      screen.after(0, () => {
        if (!waitsForFrame) paint();
      });
    },
    receive(update) {
      answers.take(update);
      if (!model.computed || !whenThere) return;
      const then = whenThere;
      whenThere = undefined;
      then();
    },
    whenComputed(then) {
      if (model.computed) then();
      else whenThere = then;
    },
    onAnnounce(listen) {
      say = listen;
    },
    repaint: paint,
  };
}
