import { connectHost } from './host';

const app = document.querySelector('#app');

const host = connectHost({
  update(update) {
    const output = update.sight?.whole.find((each) => each.tensor === 'output');
    if (app && output) app.textContent = Array.from(output.values).join(' ');
  },
  notice() {
    return undefined;
  },
});

void host.remote.start();
