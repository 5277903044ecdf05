import * as vscode from 'vscode';
import { LiveReader } from '../../live/reader';
import { refusedBy, textOfReply } from '../../live/reply';
import { refusal } from '../../live/sentences';
import { demandTrust, type Place } from './place';
import { isOfPython, type Stops } from './stops';

/** A program that is stopped in a debugger, at one of its frames. */
export interface SessionPlace extends Place {
  readonly session: vscode.DebugSession;
  readonly frameId: number;
}

interface Known {
  readonly session: vscode.DebugSession;
  readonly reader: LiveReader;
  /** The stop at which it was looked at last. */
  stop: number | undefined;
}

/**
 * Debug sessions, by their ids: a click in a view says only that. One that began before the extension did is found
 * when it is looked at.
 */
export class Sessions implements vscode.Disposable {
  private readonly known = new Map<string, Known>();
  private readonly moved = new vscode.EventEmitter<vscode.DebugStackFrame>();
  private readonly gone = new vscode.EventEmitter<vscode.DebugSession>();
  /** A program has stopped anew. */
  readonly onDidStop = this.moved.event;
  readonly onDidEnd = this.gone.event;
  private readonly disposables: vscode.Disposable[];

  /** `stops` has listened since before this was made. */
  constructor(private readonly stops: Stops) {
    const { activeDebugSession } = vscode.debug;
    if (activeDebugSession) this.note(activeDebugSession);
    for (const session of stops.sessions) this.note(session);
    this.disposables = [
      this.moved,
      this.gone,
      vscode.debug.onDidStartDebugSession((session) => void this.note(session)),
      vscode.debug.onDidTerminateDebugSession((session) => {
        this.known.delete(session.id);
        this.gone.fire(session);
      }),
      vscode.debug.onDidChangeActiveStackItem((item) => {
        this.look(item);
      }),
    ];
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
  }

  /** The session that was clicked in, at the frame that is looked at. Throws a ProblemError where there is none. */
  async at(sessionId?: string): Promise<SessionPlace> {
    demandTrust();
    const item = vscode.debug.activeStackItem;
    const session =
      sessionId === undefined
        ? (item?.session ?? vscode.debug.activeDebugSession)
        : [item?.session, vscode.debug.activeDebugSession, this.known.get(sessionId)?.session].find(
            (each) => each?.id === sessionId,
          );
    if (!session) throw refusal('no-session');
    if (!isOfPython(session)) throw refusal('not-python', session.type);
    // Asked for the frames of a thread that runs, debugpy names some all the same.
    if (this.stops.isRunning(session)) throw refusal('running');
    return this.in(session, await frameIn(session, item));
  }

  /** A session at a frame. */
  in(session: vscode.DebugSession, frameId: number): SessionPlace {
    const { reader } = this.note(session);
    const evaluate = async (expression: string): Promise<string> => {
      const asked = { expression, frameId, context: 'clipboard', format: { rawString: true } };
      let reply: unknown;
      try {
        reply = await session.customRequest('evaluate', asked);
      } catch (error) {
        throw refusedBy(error);
      }
      return textOfReply(reply);
    };
    return { session, frameId, reader, program: { evaluate }, where: () => placeOf(session, frameId) };
  }

  private note(session: vscode.DebugSession): Known {
    const known = this.known.get(session.id) ?? { session, reader: new LiveReader(), stop: undefined };
    this.known.set(session.id, known);
    return known;
  }

  private look(item: vscode.DebugThread | vscode.DebugStackFrame | undefined): void {
    if (!item || !('frameId' in item)) return;
    const known = this.note(item.session);
    const stop = this.stops.of(item.session);
    // Another frame of the same stop is looked at.
    if (stop !== undefined && stop === known.stop) return;
    known.stop = stop;
    known.reader.goneOn();
    this.moved.fire(item);
  }
}

/** The frame that is looked at; where it is of another session, or a thread is, the top one of a thread that stands. */
async function frameIn(
  session: vscode.DebugSession,
  item: vscode.DebugThread | vscode.DebugStackFrame | undefined,
): Promise<number> {
  const here = item?.session.id === session.id ? item : undefined;
  if (here && 'frameId' in here) return here.frameId;
  try {
    const threads: readonly number[] = here ? [here.threadId] : await threadsOf(session);
    for (const threadId of threads) {
      const asked = { threadId, startFrame: 0, levels: 1 };
      const reply = (await session.customRequest('stackTrace', asked)) as { stackFrames?: { id?: unknown }[] };
      const id = reply.stackFrames?.[0]?.id;
      if (typeof id === 'number') return id;
    }
  } catch (error) {
    throw refusedBy(error);
  }
  throw refusal('running');
}

async function threadsOf(session: vscode.DebugSession): Promise<readonly number[]> {
  const { threads = [] } = (await session.customRequest('threads')) as { threads?: { id?: unknown }[] };
  return threads.flatMap(({ id }) => (typeof id === 'number' ? [id] : []));
}

interface Frame {
  readonly id?: unknown;
  readonly line?: unknown;
  readonly source?: { readonly name?: unknown; readonly path?: unknown };
}

/** How deep a frame that is looked at may lie and still be named. */
const MOST_FRAMES = 50;

/** Where a frame stands; without a name where the debugger gives none. */
async function placeOf(session: vscode.DebugSession, frameId: number): Promise<string> {
  const item = vscode.debug.activeStackItem;
  if (!item || item.session.id !== session.id) return session.name;
  const asked = { threadId: item.threadId, startFrame: 0, levels: MOST_FRAMES };
  const reply: unknown = await Promise.resolve(session.customRequest('stackTrace', asked)).catch(() => undefined);
  const { stackFrames = [] } = (reply ?? {}) as { readonly stackFrames?: readonly Frame[] };
  const frame = stackFrames.find(({ id }) => id === frameId);
  if (typeof frame?.line !== 'number') return session.name;
  const { name, path } = frame.source ?? {};
  const file =
    typeof path === 'string' ? path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1) : name;
  return typeof file === 'string' && file !== '' ? `${file}:${frame.line}` : session.name;
}
