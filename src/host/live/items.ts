import * as vscode from 'vscode';
import type { Stop } from '../../live/followed';
import type { ReadOptions } from '../../live/reader';
import { describe } from '../translate';
import type { LiveItem, Source } from './item';
import type { Place } from './place';
import type { Sessions } from './sessions';

/** Told when an expression has been read again. */
export interface Reread {
  readonly item: LiveItem;
  readonly stop: Stop;
}

/**
 * The expressions that were inspected. Those that are pinned are read again whenever the program stops anew, one after
 * another; of the others nothing is evaluated.
 */
export class LiveItems implements vscode.Disposable {
  private readonly all: LiveItem[] = [];
  private readonly changed = new vscode.EventEmitter<void>();
  private readonly reread = new vscode.EventEmitter<Reread>();
  readonly onDidChange = this.changed.event;
  readonly onDidRead = this.reread.event;
  private readonly disposables: vscode.Disposable[];
  private reading: Promise<void> = Promise.resolve();

  constructor(sessions: Sessions) {
    this.disposables = [
      this.changed,
      this.reread,
      sessions.onDidStop(({ session, frameId }) => {
        const source = { kind: 'session', session } as const;
        if (!this.isFollowed(source)) return;
        const place = sessions.in(session, frameId);
        this.reading = this.reading.then(() => this.follow(source, place));
      }),
      sessions.onDidEnd((session) => {
        for (const item of this.all.filter((each) => each.isOf({ kind: 'session', session })))
          [item.isPinned, item.isWatched] = [false, false];
        this.tell();
      }),
    ];
  }

  dispose(): void {
    for (const each of this.disposables) each.dispose();
  }

  get items(): readonly LiveItem[] {
    return this.all;
  }

  /** Keeps an item, in place of one of the same expression that goes to the same place. */
  add(item: LiveItem): void {
    const { expression, role, source } = item;
    const at = this.all.findIndex((each) => each.expression === expression && each.role === role && each.isOf(source));
    if (at >= 0) this.all.splice(at, 1);
    this.all.unshift(item);
    this.tell();
  }

  remove(item: LiveItem): void {
    const at = this.all.indexOf(item);
    if (at >= 0) this.all.splice(at, 1);
    this.tell();
  }

  find(expression: string, source: Source): LiveItem | undefined {
    return this.all.find((item) => item.expression === expression && item.isOf(source));
  }

  /** Whether anything of a program is pinned. */
  isFollowed(source: Source): boolean {
    return this.all.some((item) => item.isPinned && item.isOf(source));
  }

  /** Settles when what the last stop asked for has been read. */
  async settled(): Promise<void> {
    await this.reading;
  }

  /** Something of an item is another one. */
  tell(): void {
    void vscode.commands.executeCommand('setContext', 'transposedConv.live.any', this.all.length > 0);
    this.changed.fire();
  }

  /** Reads an item again where its program stands. Rejects with why it cannot be read there. */
  async again(item: LiveItem, place: Place, watched: ReadOptions = {}): Promise<void> {
    const read = await place.reader.read(place.program, item.expression, { ...item.options, ...watched });
    if (read.kind === 'other') return;
    this.note(item, item.followed.add(read, await place.where()));
  }

  /** Notes what an item is now. */
  note(item: LiveItem, stop: Stop): void {
    [item.trouble, item.counted] = [undefined, undefined];
    this.reread.fire({ item, stop });
    this.tell();
  }

  /** Reads again what is pinned of a program. */
  async follow(source: Source, place: Place): Promise<void> {
    for (const item of this.all.filter((each) => each.isPinned && each.isOf(source))) {
      try {
        await this.again(item, place);
      } catch (error) {
        // What was is kept: the name may be there again at the next stop.
        item.trouble = describe(error);
        this.tell();
      }
    }
  }
}
