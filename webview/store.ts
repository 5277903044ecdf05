import type { Edit } from '../src/core/state/edits';
import type { DocumentHead, PanelStart, PanelUpdate } from '../src/protocol/panel';
import { STRINGS } from '../src/protocol/strings';
import type { Host } from './host';
import type { Actions, Model, Part } from './model';
import { LARGEST_ZOOM } from './view';
import { pinAt, pointAt } from './state/link';
import { createAnswers } from './state/answers';
import { type Foreseen, foresee } from './state/foresee';
import { mergeUpdate } from './state/mergeUpdate';
import { restoreView } from './state/restoreView';
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
  /** Shows the same model again: the theme is another one. */
  repaint(): void;
}

const REMEMBER_AFTER_MS = 300;

const NO_HEAD: DocumentHead = {
  revision: -1,
  title: '',
  operation: { kind: 'convTranspose', stride: [1, 1], padding: [0, 0], dilation: [1, 1] },
  dtype: 'float32',
  inputShape: [1, 1, 1, 1],
  weightShape: [1, 1, 1, 1],
  problems: [],
};

/** The first model, before the host has sent a document. */
export function firstModel(start: PanelStart): Model {
  return {
    strings: { ...STRINGS, ...start.strings },
    presets: start.presets,
    edited: { head: NO_HEAD, plan: undefined },
    received: undefined,
    computed: undefined,
    status: { case: 'computing', revision: -1, done: 0 },
    view: restoreView(start.view),
    link: undefined,
  };
}

export function createStore(host: Pick<Host, 'remote'>, start: PanelStart, screen: Screen): Store {
  const { remote } = host;
  const watches = collectWatches();
  let model = firstModel(start);
  let parts: readonly Part[] = [];
  let foreseen = 0;
  let waitsForFrame = false;
  let dirty = false;
  let forget: () => void = () => undefined;
  let say: (text: string) => void = () => undefined;

  const ahead = (from: Model, edit: Edit): Foreseen | undefined =>
    foresee(from, edit, watches.current(from.view.range));
  const withForeseen = (from: Model, update: Foreseen | undefined): Model =>
    update ? mergeUpdate(from, { status: from.status, ...update }) : from;

  const answers = createAnswers((update, lacking) => {
    change(lacking.reduce((next, edit) => withForeseen(next, ahead(next, edit)), mergeUpdate(model, update)));
  });

  const sendWatches = (): void => {
    const watch = watches.changed(model.view.range);
    if (watch) ask(remote.watch(watch));
  };

  const paint = (): void => {
    dirty = false;
    for (const part of parts) part.update(model);
    sendWatches();
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
      const expected = ahead(model, edit);
      const answer = remote.edit(edit);
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
    pin(cell) {
      change(pinAt(model, cell));
    },
    pointEntry(products) {
      change(pointAt(model, products));
    },
    pinEntry(products) {
      change(pinAt(model, products));
    },
    look(looked) {
      change({ ...model, view: { ...model.view, ...looked } });
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
    announce(text) {
      say(text);
    },
    host: remote,
  };

  return {
    actions,
    show(all) {
      parts = all;
      paint();
    },
    receive(update) {
      answers.take(update);
    },
    onAnnounce(listen) {
      say = listen;
    },
    repaint: paint,
  };
}
