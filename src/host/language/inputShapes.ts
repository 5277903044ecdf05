import * as vscode from 'vscode';
import type { Dim } from '../../python';
import { type Renamed, renamed } from '../renamed';

const KEY = 'inputShapes';

type Shapes = Readonly<Record<string, readonly Dim[]>>;

/** The input shapes that the user set, by file and `InputPoint.key`, remembered in the workspace. */
export class InputShapes implements vscode.Disposable {
  private readonly changed = new vscode.EventEmitter<void>();
  readonly onDidChange = this.changed.event;

  constructor(private readonly memory: vscode.Memento) {}

  dispose(): void {
    this.changed.dispose();
  }

  of(uri: vscode.Uri): Shapes {
    return this.all()[uri.toString()] ?? {};
  }

  /** Without a shape, forgets the one that was set. */
  async set(uri: vscode.Uri, key: string, shape: readonly Dim[] | undefined): Promise<void> {
    const { [key]: _forgotten, ...others } = this.of(uri);
    const own: Shapes = shape ? { ...others, [key]: shape } : others;
    const { [uri.toString()]: _before, ...files } = this.all();
    await this.memory.update(KEY, Object.keys(own).length > 0 ? { ...files, [uri.toString()]: own } : files);
    this.changed.fire();
  }

  /** Files have other names now, or the folders in which they are. */
  async follow(files: readonly Renamed[]): Promise<void> {
    const before = Object.entries(this.all());
    const after = before.map(
      ([address, shapes]) => [files.reduce((now, file) => renamed(now, file) ?? now, address), shapes] as const,
    );
    if (after.every(([address], at) => address === before[at][0])) return;
    await this.memory.update(KEY, Object.fromEntries(after));
    this.changed.fire();
  }

  private all(): Readonly<Record<string, Shapes>> {
    return this.memory.get<Readonly<Record<string, Shapes>>>(KEY, {});
  }
}
