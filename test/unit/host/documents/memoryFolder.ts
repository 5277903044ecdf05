import type { FileState, Folder } from '../../../../src/host/documents/folder';

/** A folder in memory, which a test looks into, writes into as another program would, and lets fail. */
export class MemoryFolder implements Folder {
  readonly files = new Map<string, Uint8Array>();
  readonly links = new Set<string>();
  /** What was asked of it, but for questions: `move a b`. */
  readonly did: string[] = [];
  /** How many more changes are carried out; the one after fails, having written half of what it should. */
  left = Infinity;
  readonly move: Folder['move'];
  private readonly times = new Map<string, number>();
  private clock = 0;

  constructor({ moves = true } = {}) {
    const move = async (from: string, to: string): Promise<void> => {
      const bytes = await this.read(from);
      await this.change(`move ${from} ${to}`, () => undefined);
      this.put(to, bytes);
      this.files.delete(from);
    };
    this.move = moves ? move : undefined;
  }

  read(name: string): Promise<Uint8Array> {
    const bytes = this.files.get(name);
    return bytes ? Promise.resolve(bytes) : Promise.reject(new Error(`${name} is not there.`));
  }

  async write(name: string, bytes: Uint8Array): Promise<void> {
    await this.change(`write ${name}`, () => {
      this.put(name, bytes.subarray(0, bytes.length >> 1));
    });
    this.put(name, bytes);
  }

  async remove(name: string): Promise<void> {
    await this.read(name);
    this.did.push(`remove ${name}`);
    this.files.delete(name);
  }

  state(name: string): Promise<FileState | null> {
    const bytes = this.files.get(name);
    return Promise.resolve(
      bytes ? { modified: this.times.get(name) ?? 0, size: bytes.length, link: this.links.has(name) } : null,
    );
  }

  /** As another program writes it. */
  put(name: string, bytes: Uint8Array | string): void {
    this.files.set(name, typeof bytes === 'string' ? new TextEncoder().encode(bytes) : bytes.slice());
    this.times.set(name, ++this.clock);
  }

  text(name: string): string {
    return new TextDecoder('utf-8', { ignoreBOM: true }).decode(this.files.get(name));
  }

  /** All that it holds. */
  photograph(): Readonly<Record<string, string>> {
    const all = [...this.files].map(([name, bytes]) => [name, Buffer.from(bytes).toString('base64')] as const);
    return Object.fromEntries(all);
  }

  private async change(what: string, fail: () => void): Promise<void> {
    await Promise.resolve();
    this.did.push(what);
    if (this.left-- > 0) return;
    // Only once: what takes the failed change back must not fail as well.
    this.left = Infinity;
    fail();
    throw new Error('The disk is full.');
  }
}
