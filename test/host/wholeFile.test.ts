// A file that VS Code gives only as a whole: that it is read is said, and can be broken off.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { sourceOf } from '../../src/host/files/openFile';

const SIZE = 40 * 2 ** 20;

/** Files of 40 MB, whose bytes come when they are asked for once more. */
class SlowFiles implements vscode.FileSystemProvider {
  private readonly changed = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly onDidChangeFile = this.changed.event;
  private readonly waiting: ((bytes: Uint8Array) => void)[] = [];
  reads = 0;

  /** Gives what was asked for. */
  give(): void {
    for (const answer of this.waiting.splice(0)) answer(new Uint8Array(SIZE).fill(7));
  }
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }
  stat(): vscode.FileStat {
    return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: SIZE };
  }
  readFile(): Promise<Uint8Array> {
    this.reads++;
    return new Promise((resolve) => this.waiting.push(resolve));
  }
  readDirectory = (): never => this.refuse();
  createDirectory = (): never => this.refuse();
  writeFile = (): never => this.refuse();
  delete = (): never => this.refuse();
  rename = (): never => this.refuse();
  private refuse(): never {
    throw vscode.FileSystemError.NoPermissions();
  }
}

const soon = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 100));

describe('a large file on a virtual file system', () => {
  const files = new SlowFiles();
  let registration: vscode.Disposable;
  before(() => {
    registration = vscode.workspace.registerFileSystemProvider('slowfs', files, { isReadonly: true });
  });
  after(() => {
    registration.dispose();
  });

  async function whenAsked(reads: number): Promise<void> {
    while (files.reads < reads) await soon();
  }

  it('is read as a whole', async () => {
    const reads = files.reads + 1;
    const opened = sourceOf(vscode.Uri.parse('slowfs:/models/large.safetensors'));
    await whenAsked(reads);
    files.give();
    const source = await opened;
    assert.ok('bytes' in source);
    assert.deepEqual([source.name, source.bytes.length, source.bytes[SIZE - 1]], ['large.safetensors', SIZE, 7]);
  });

  it('is not waited for any longer when the user breaks it off', async () => {
    const reads = files.reads + 1;
    let outcome: unknown;
    const opened = sourceOf(vscode.Uri.parse('slowfs:/models/larger.safetensors')).then(
      () => (outcome = 'read'),
      (error: unknown) => (outcome = error),
    );
    await whenAsked(reads);
    // What a person does who presses Cancel in the notification; it is shown a moment after the work has begun.
    while (outcome === undefined) {
      await vscode.commands.executeCommand('notifications.focusToasts');
      await vscode.commands.executeCommand('notification.acceptPrimaryAction');
      await soon();
    }
    await opened;
    assert.ok(outcome instanceof Error && outcome.name === 'CancelledError');
    files.give();
  });
});
