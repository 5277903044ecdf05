import type { PanelStart, PanelUpdate } from '../src/protocol/panel';
import { STRINGS } from '../src/protocol/strings';
import { connectHost } from './host';
import { keepTextUnselected } from './keys';
import { createPage } from './page';
import { createNotices, type Notice, type Notices } from './parts/notices';
import { watchTheme } from './theme';
import { type Painted, type Screen, type Store, createStore } from './store';

// Updates and notices may come before the answer to `start` has been read.
const early: PanelUpdate[] = [];
const unseen: Notice[] = [];
let store: Store | undefined;
let notices: Notices | undefined;

const show = (notice: Notice): void => {
  if (notices) notices.show(notice);
  else unseen.push(notice);
};

const host = connectHost({
  update(update) {
    if (store) store.receive(update);
    else early.push(update);
  },
  notice(message, severity, at) {
    show({ message, severity, at });
  },
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

function open(start: PanelStart): void {
  const strings = { ...STRINGS, ...start.strings };
  notices = createNotices(strings);
  store = createStore(host, start, screen);
  store.onAnnounce((message) => show({ message, severity: 'info' }));
  for (const update of early) store.receive(update);
  const page = createPage(store.actions, strings, notices.element);
  keepTextUnselected();
  document.querySelector('#app')?.replaceChildren(page.element);
  const shown = store;
  watchTheme(() => shown.repaint());
  store.show([page]);
  for (const notice of unseen) notices.show(notice);
}

void host.remote.start().then(open, (error: unknown) => {
  document.querySelector('#app')?.replaceChildren(error instanceof Error ? error.message : String(error));
});
