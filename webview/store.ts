import type { DocumentHead, PanelStart, PanelUpdate } from '../src/protocol/panel';
import { STRINGS } from '../src/protocol/strings';
import type { Host } from './host';
import type { Actions, Model, Part } from './model';
import { pinAt, pointAt } from './state/link';
import { createAnswers } from './state/answers';
import { foresee } from './state/foresee';
import { mergeUpdate } from './state/mergeUpdate';
import { restoreView } from './state/restoreView';
import { collectWatches } from './state/watches';

/** Of the event that says what the page shows now; the latency benchmark waits for it. */
export interface Painted {
  /** Of the result, the host's own. */
  readonly revision: number;
  /** How many edits have been shown before they were answered. */
  readonly foreseen: number;
}

export interface Store {
  readonly actions: Actions;
  /** Shows the model in these parts, now and from now on. */
  show(parts: readonly Part[]): void;
  receive(update: PanelUpdate): void;
  onAnnounce(listen: (text: string) => void): void;
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

export function createStore(host: Host, start: PanelStart): Store {
  const { remote } = host;
  const watches = collectWatches();
  let model = firstModel(start);
  let parts: readonly Part[] = [];
  let foreseen = 0;
  let frame: number | undefined;
  let dirty = false;
  let remembering: number | undefined;
  let say: (text: string) => void = () => undefined;

  const answers = createAnswers((update) => {
    change(mergeUpdate(model, update));
  });

  const sendWatches = (): void => {
    const watch = watches.changed(model.view.range);
    if (watch) ask(remote.watch(watch));
  };

  const paint = (): void => {
    dirty = false;
    for (const part of parts) part.update(model);
    sendWatches();
    const detail: Painted = { revision: model.computed?.head.revision ?? -1, foreseen };
    window.dispatchEvent(new CustomEvent('inspector:painted', { detail }));
  };

  // What arrives first in a frame is painted at once, not at the end of it: that is up to 16 ms sooner. The rest of it
  // waits.
  const change = (next: Model): void => {
    if (next === model) return;
    model = next;
    if (frame !== undefined) {
      dirty = true;
      return;
    }
    frame = requestAnimationFrame(() => {
      frame = undefined;
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
    clearTimeout(remembering);
    remembering = window.setTimeout(() => {
      ask(remote.remember(model.view));
    }, REMEMBER_AFTER_MS);
  };

  const actions: Actions = {
    edit(edit) {
      const expected = foresee(model, edit, watches.current(model.view.range));
      ask(answers.until(remote.edit(edit), expected !== undefined));
      if (!expected) return;
      foreseen++;
      change(mergeUpdate(model, { status: model.status, ...expected }));
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
  };
}
