/** What a page shows after a press, and how long that took. Milliseconds. */
export interface Sample {
  /** From the press to the end of the frame that first showed the picture which then stayed. */
  readonly drawn: number;
  /** The longest task of the page from the press until nothing more was painted; 0 where none took 50 ms. */
  readonly longest: number;
}

/** One painting of the page, at the end of the frame that showed it. */
interface Shown {
  readonly at: number;
  readonly revision: number;
  readonly foreseen: number;
  /** What the grids showed then. */
  readonly pictures: Promise<readonly ImageBitmap[]>;
}

interface Probed {
  shown: Shown[];
  tasks: { readonly at: number; readonly length: number }[];
  pressed: number;
  /** Listens to keys; listening twice is listening once. */
  hear: () => void;
}

declare global {
  interface Window {
    latency?: Probed;
  }
}

/**
 * Runs in every frame of the window, before anything else. It knows of the page only that it says
 * `inspector:painted` of itself and that its pictures are canvases of the class `grid-heat`, so that any build of the
 * last years can be measured. The page is written into its frame by `document.write`, which takes listeners away:
 * so the event is heard where it is sent.
 */
export function probe(): void {
  const probed: Probed = { shown: [], tasks: [], pressed: 0, hear: () => undefined };
  window.latency = probed;
  const now = (): number => performance.timeOrigin + performance.now();
  const send = EventTarget.prototype.dispatchEvent;
  const look = ({ revision, foreseen }: Pick<Shown, 'revision' | 'foreseen'>): void => {
    const at = now();
    const canvases = [...document.querySelectorAll<HTMLCanvasElement>('canvas.grid-heat')];
    const visible = canvases.filter(({ width, height }) => width > 0 && height > 0);
    const pictures = Promise.all(visible.map((canvas) => createImageBitmap(canvas)));
    probed.shown.push({ at, revision, foreseen, pictures });
  };
  EventTarget.prototype.dispatchEvent = function (this: EventTarget, event: Event): boolean {
    const sent = send.call(this, event);
    if (event.type === 'inspector:painted') {
      const { detail } = event as CustomEvent<Pick<Shown, 'revision' | 'foreseen'>>;
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => look(detail);
      // The frame has been made when a task after its callbacks runs.
      requestAnimationFrame(() => port2.postMessage(undefined));
    }
    return sent;
  };
  new PerformanceObserver((list) => {
    for (const { startTime, duration, name } of list.getEntries())
      // The workbench around the page runs in the same thread; its tasks are not the page's.
      if (!name.includes('ancestor')) probed.tasks.push({ at: performance.timeOrigin + startTime, length: duration });
  }).observe({ type: 'longtask' });
  const pressed = (event: KeyboardEvent): void => {
    if (['Enter', 'ArrowUp', 'ArrowDown'].includes(event.key))
      probed.pressed = performance.timeOrigin + event.timeStamp;
  };
  probed.hear = () => window.addEventListener('keydown', pressed, true);
  probed.hear();
}

/** Forgets what was shown before, and listens to keys, since writing the page may have ended that. */
export function arm(): void {
  const probed = window.latency;
  if (!probed) throw new Error('The probe is not in this frame.');
  const last = probed.shown.at(-1);
  for (const { pictures } of probed.shown) void pictures.then((all) => all.forEach((each) => each.close()));
  probed.shown = last ? [{ ...last, pictures: Promise.resolve([]) }] : [];
  probed.tasks = [];
  probed.pressed = 0;
  probed.hear();
}

/**
 * Waits until the answer to the last press is on show and nothing has been painted for a while, and says when what is
 * on show then was first there. `from`: when the press was, if it was in another frame.
 */
export async function settled({ from, quiet, most }: { from?: number; quiet: number; most: number }): Promise<Sample> {
  const probed = window.latency;
  if (!probed) throw new Error('The probe is not in this frame.');
  const STEP = 8;
  const now = (): number => performance.timeOrigin + performance.now();
  const began = now();
  const before = from === undefined ? probed.shown[0] : undefined;
  const isAnswer = ({ revision, foreseen }: Shown): boolean =>
    revision > (before?.revision ?? -1) || foreseen > (before?.foreseen ?? 0);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 40));
    const last = probed.shown.at(-1);
    if (last && isAnswer(last) && now() - last.at > quiet) break;
    if (now() - began > most) throw new Error(`A press was not answered within ${most} ms.`);
  }
  const start = from ?? probed.pressed;
  const shown = probed.shown.filter((each) => isAnswer(each) && each.at >= start);
  const seen: Uint8ClampedArray[][] = [];
  for (const { pictures } of shown) {
    const pixels: Uint8ClampedArray[] = [];
    for (const picture of await pictures) {
      const canvas = new OffscreenCanvas(picture.width, picture.height);
      const context = canvas.getContext('2d', { willReadFrequently: true });
      context?.drawImage(picture, 0, 0);
      const data = context?.getImageData(0, 0, picture.width, picture.height).data;
      if (data) pixels.push(data);
    }
    seen.push(pixels);
  }
  // What is foreseen may differ by rounding, and so by a step of the colour map, from what is answered.
  const isSame = (one: Uint8ClampedArray[], other: Uint8ClampedArray[]): boolean =>
    one.length === other.length &&
    one.every((data, at) => {
      if (data.length !== other[at].length) return false;
      for (let byte = 0; byte < data.length; byte++) if (Math.abs(data[byte] - other[at][byte]) > STEP) return false;
      return true;
    });
  // The first of the last run of equal pictures.
  let first = shown.length - 1;
  while (first > 0 && isSame(seen[first - 1], seen[seen.length - 1])) first--;
  const end = shown[first].at;
  const within = probed.tasks.filter(({ at, length }) => at + length > start);
  return { drawn: end - start, longest: Math.max(0, ...within.map(({ length }) => length)) };
}
