import type * as vscode from 'vscode';
import type { DocumentFeatures } from './documents/register';
import type { LanguageFeatures } from './language/register';
import type { Stops } from './live/stops';
import { commandsOf, once } from './standIns';

/** What is loaded by itself, and has commands of its own. */
export type Room = 'documents' | 'language' | 'live';

/**
 * The rooms of the extension, each loaded by whoever wants it first. Loaded together they took several times what most
 * windows use: who reads Python needs no pictures decoded, and who opens a document no debugger.
 */
export class Rooms implements vscode.Disposable {
  private readonly standingIn = new Map<Room, vscode.Disposable>();

  constructor(
    private readonly context: vscode.ExtensionContext,
    private readonly stops: Stops,
  ) {}

  dispose(): void {
    for (const each of this.standingIn.values()) each.dispose();
  }

  /** Registers a room's commands until the room does so itself. */
  standIn(room: Room, commands: readonly string[]): void {
    this.standingIn.set(
      room,
      commandsOf(commands, () => this[room]()),
    );
  }

  readonly engine = once(async () => {
    const { computing } = await import('./compute');
    return computing(this.context);
  });

  readonly documents = once(async (): Promise<DocumentFeatures> => {
    const { registerDocuments } = await import('./documents/register');
    const engine = await this.engine();
    this.enter('documents');
    return registerDocuments(this.context, {
      engine,
      link: async (draft) => (await this.language()).link(draft),
    });
  });

  readonly language = once(async (): Promise<LanguageFeatures> => {
    const { registerLanguage } = await import('./language/register');
    const engine = await this.engine();
    this.enter('language');
    return registerLanguage(this.context, {
      engine,
      open: async (draft, weights) => (await this.documents()).openDraft(draft, weights),
    });
  });

  readonly live = once(async () => {
    const { registerLive } = await import('./live/register');
    const [engine, { editor }] = await Promise.all([this.engine(), this.documents()]);
    this.enter('live');
    return registerLive(this.context, { engine, editor, stops: this.stops });
  });

  readonly tools = once(async () => {
    const { agentTools } = await import('./agents/tools');
    return agentTools(
      { readLines: async (document) => (await this.language()).readLines(document) },
      { inspectHere: async (expression) => (await this.live()).inspectHere(expression) },
    );
  });

  /** A command has one owner: the room is about to register its own. */
  private enter(room: Room): void {
    this.standingIn.get(room)?.dispose();
    this.standingIn.delete(room);
  }
}
