import type { PanelStart, PanelUpdate } from '../src/protocol/panel';
import { connectHost } from './host';
import { createPage } from './page';
import { type Store, createStore } from './store';

// Updates may come before the answer to `start` has been read.
const early: PanelUpdate[] = [];
let store: Store | undefined;

const host = connectHost({
  update(update) {
    if (store) store.receive(update);
    else early.push(update);
  },
  notice(message) {
    store?.actions.announce(message);
  },
});

function open(start: PanelStart): void {
  store = createStore(host, start);
  for (const update of early) store.receive(update);
  const page = createPage(store.actions, start.strings);
  document.querySelector('#app')?.replaceChildren(page.element);
  store.show([page]);
}

void host.remote.start().then(open, (error: unknown) => {
  document.querySelector('#app')?.replaceChildren(error instanceof Error ? error.message : String(error));
});
