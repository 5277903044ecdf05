/** An event of Chromium's trace format; times in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly cat: string;
  readonly ph: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** Of the processor, without what the thread waited for one. */
  readonly tdur?: number;
}

export interface Frames {
  /** What the page's main thread worked for each frame, in milliseconds. */
  readonly milliseconds: readonly number[];
}

/** What a frame is made of on the main thread: script, style, layout, paint. */
const WORK = [
  'FunctionCall',
  'FireAnimationFrame',
  'TimerFire',
  'EventDispatch',
  'UpdateLayoutTree',
  'Layout',
  'PrePaint',
  'Paint',
  'Layerize',
  'UpdateLayer',
  'Commit',
  'IntersectionObserverController::computeIntersections',
];

/** What moves without the page's thread makes few frames: about two for each step. */
const LEAST_FRAMES = 5;

interface Span {
  readonly begin: number;
  readonly end: number;
  readonly worked: number;
}

/** The processor's time of all together; what lies in another one is counted with that. */
function total(spans: readonly Span[]): number {
  let sum = 0;
  let until = -Infinity;
  const inOrder = [...spans].sort((one, other) => one.begin - other.begin || other.end - one.end);
  for (const { begin, end, worked } of inOrder) {
    if (begin < until) continue;
    sum += worked;
    until = end;
  }
  return sum;
}

/**
 * The frames of the thread that works most while it is recorded: the film's, whose page plays. What the
 * thread does from one frame’s end to the next one’s is the work of that frame.
 */
export function framesOf(events: readonly TraceEvent[]): Frames {
  const threads = new Map<string, { readonly spans: Span[]; readonly ends: number[] }>();
  for (const { name, ph, pid, tid, ts, dur, tdur } of events) {
    const key = `${pid} ${tid}`;
    const thread = threads.get(key) ?? { spans: [], ends: [] };
    threads.set(key, thread);
    // What was painted is handed over to be shown: with that a frame ends, and the work of the next one begins.
    if (name === 'Commit') thread.ends.push(ts + (dur ?? 0));
    if (ph === 'X' && dur !== undefined && WORK.includes(name))
      thread.spans.push({ begin: ts, end: ts + dur, worked: tdur ?? dur });
  }
  const busiest = [...threads.values()]
    .filter(({ ends }) => ends.length >= LEAST_FRAMES)
    .sort((one, other) => total(other.spans) - total(one.spans))
    .at(0);
  if (!busiest) throw new Error('No frame was recorded: the film did not play.');
  const ends = busiest.ends.sort((one, other) => one - other);
  const milliseconds = ends.slice(1).map((end, at) => {
    const inside = busiest.spans.filter((span) => span.begin >= ends[at] && span.begin < end);
    return total(inside) / 1000;
  });
  return { milliseconds };
}
