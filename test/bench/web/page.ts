// What the page of the measurement does: starts the worker that times the kernels, and asks the extension's own thread.
import { copying } from '../../../src/engine/copying';
import { joinedScript, threadStarter } from '../../../src/engine/start.web';
import { askedInTurn } from './asked';

interface Scripts {
  readonly kernel: string;
  readonly part: string;
  readonly entry: string;
}

const answerOf = (script: string, question: object): Promise<object> =>
  new Promise((resolve, reject) => {
    const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })));
    worker.onmessage = ({ data }: MessageEvent<object>) => {
      worker.terminate();
      resolve(data);
    };
    worker.onerror = ({ message }) => {
      reject(new Error(message));
    };
    worker.postMessage(question);
  });

Object.assign(globalThis, {
  measured: async ({ kernel, part, entry }: Scripts, name: string, ms: number): Promise<object> => {
    const own = await answerOf(kernel, { name, ms });
    const start = threadStarter('engine', () => Promise.resolve(joinedScript(part, entry)));
    return { ...own, roundTrip: await askedInTurn({ start, crossing: copying() }, name) };
  },
});
