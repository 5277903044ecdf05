import * as vscode from 'vscode';

/** Requests after which a program runs. */
const ONWARD = [
  'continue',
  'next',
  'stepIn',
  'stepOut',
  'stepBack',
  'reverseContinue',
  'goto',
  'restartFrame',
  'restart',
];

/** Debuggers that evaluate Python where a program has stopped. */
export const isOfPython = ({ type }: vscode.DebugSession): boolean => /python|debugpy/i.test(type);

interface Message {
  readonly type?: unknown;
  readonly event?: unknown;
  readonly command?: unknown;
}

/**
 * Counts how often each session has stopped after it was let run, by what crosses between VS Code and the debugger: the
 * number of a frame says nothing, since debugpy gives the same ones out at every stop. A stop after which nobody let
 * the program run is the same one still: debugpy lets other threads run while it looks at a slow value.
 */
export class Stops implements vscode.Disposable {
  private readonly counts = new Map<string, number>();
  private readonly running = new Set<string>();
  private readonly begun = new Map<string, vscode.DebugSession>();
  private readonly registered: vscode.Disposable;

  constructor() {
    this.registered = vscode.debug.registerDebugAdapterTrackerFactory('*', {
      createDebugAdapterTracker: (session) => {
        const { id } = session;
        this.begun.set(id, session);
        this.counts.set(id, 0);
        this.running.add(id);
        return {
          onWillReceiveMessage: ({ type, command }: Message) => {
            if (type === 'request' && ONWARD.includes(String(command))) this.running.add(id);
          },
          onDidSendMessage: ({ type, event }: Message) => {
            if (type === 'event' && event === 'stopped' && this.running.delete(id))
              this.counts.set(id, (this.counts.get(id) ?? 0) + 1);
          },
          onWillStopSession: () => {
            this.begun.delete(id);
            this.counts.delete(id);
            this.running.delete(id);
          },
        };
      },
    });
  }

  dispose(): void {
    this.registered.dispose();
  }

  /** The sessions that were listened to from their beginning and have not ended. */
  get sessions(): Iterable<vscode.DebugSession> {
    return this.begun.values();
  }

  /** Whether a session is known to run. */
  isRunning({ id }: vscode.DebugSession): boolean {
    return this.running.has(id);
  }

  /** Which stop of a session this is; nothing for one that began before it could be listened to. */
  of(session: vscode.DebugSession): number | undefined {
    return this.counts.get(session.id);
  }
}
