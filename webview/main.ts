import type { PanelStart, PanelUpdate } from '../src/protocol/panel';
import { partOfDropped } from './grid/droppedFile';
import { connectHost } from './host';
import { keepTextUnselected } from './keys';
import { createPage, type Page } from './page';
import { createNotices, type Notice, type Notices } from './parts/notices';
import { createAssembly } from './state/assembly';
import { restoreView } from './state/restoreView';
import { watchTheme } from './theme';
import { type Painted, type Screen, type Store, createStore } from './store';

// Updates and notices may come before the answer to `start` has been read, and before the page is made.
const early: PanelUpdate[] = [];
const unseen: Notice[] = [];
let store: Store | undefined;
let isShown = false;
let page: Page | undefined;
let notices: Notices | undefined;

const show = (notice: Notice): void => {
  if (notices) notices.show(notice);
  else unseen.push(notice);
};

const host = connectHost({
  go({ view, cell }) {
    const { stage, sub, step, slices } = restoreView(view);
    store?.actions.look({ stage, sub, step, slices });
    if (cell) store?.actions.pin(cell, true);
  },
  look(view) {
    const { slices, limits, rgb } = restoreView(view);
    store?.actions.look({ slices, limits, rgb });
  },
  showColour(isColour) {
    store?.actions.look(({ rgb }) => ({ rgb: { ...rgb, input: isColour ? 'byte' : undefined } }));
  },
  looks: () => (page?.looks() ?? []).map(({ id, group, label, on }) => ({ id, group, label, on })),
  chooseLook(id) {
    const look = page?.looks().find((each) => each.id === id);
    if (store) look?.choose(store.actions);
  },
  present: () => page?.present(),
  part: partOfDropped,
  update(news) {
    const update = assemble(news);
    if (isShown) store?.receive(update);
    else early.push(update);
  },
  notice(message, severity, at) {
    show({ message, severity, at });
  },
});

const assemble = createAssembly(() => {
  host.remote.refresh().catch(() => undefined);
});

const screen: Screen = {
  frame: (then) => void requestAnimationFrame(then),
  after(milliseconds, then) {
    const timer = setTimeout(then, milliseconds);
    return () => {
      clearTimeout(timer);
    };
  },
  painted: (detail) => void window.dispatchEvent(new CustomEvent<Painted>('inspector:painted', { detail })),
};

/** Ends the task, so that what waits has its turn: the page is made in three, since in one it took 80 ms. */
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });

async function open(start: PanelStart): Promise<void> {
  const { strings } = start;
  notices = createNotices(strings);
  store = createStore(host, start, screen);
  store.onAnnounce((message) => show({ message, severity: 'info' }));
  const made = createPage(store.actions, strings, notices.element);
  page = made;
  await turn();
  keepTextUnselected();
  document.querySelector('#app')?.replaceChildren(made.element);
  const shown = store;
  await turn();
  watchTheme(() => shown.repaint());
  for (const update of early) shown.receive(update);
  isShown = true;
  shown.show([made]);
  for (const notice of unseen) notices.show(notice);
  const { cell } = start;
  if (cell) shown.whenComputed(() => shown.actions.pin(cell, true));
}

void host.remote.start().then(open, (error: unknown) => {
  document.querySelector('#app')?.replaceChildren(error instanceof Error ? error.message : String(error));
});
