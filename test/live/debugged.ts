// Programs of these tests under a real debugger, stopped where they say, and read as the extension reads them.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Readable } from 'node:stream';
import { type Program, LiveReader } from '../../src/live/reader';
import { refusedBy, textOfReply } from '../../src/live/reply';
import { Adapter } from './adapter';

/** Where these tests have a Python; without one they are skipped, and the run has said why. */
export const PYTHON = process.env.TCI_LIVE_PYTHON ?? '';

export const programFile = (name: string): string => resolve('test/live/programs', name);

type Wanted = Readonly<Record<string, readonly [shape: readonly number[], values: readonly (number | string)[]]>>;

/** A program that waits for a debugger on a port, and the debugger. */
export class Debugged {
  readonly reader = new LiveReader();
  private readonly folder = mkdtempSync(join(tmpdir(), 'tci-live-'));
  private readonly child: ChildProcessByStdio<null, Readable, Readable>;
  private adapter!: Adapter;
  private frameId = 0;
  private threadId = 0;
  printed = '';
  /** Questions that were sent, in the order of their answers, with the milliseconds that each took. */
  readonly asked: { readonly expression: string; readonly took: number }[] = [];

  private readonly heard: (() => void)[] = [];

  constructor(program: string, python = PYTHON) {
    this.child = spawn(python, [programFile(program), join(this.folder, 'wanted.json')], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [this.child.stdout, this.child.stderr])
      stream.on('data', (chunk: Buffer) => (this.printed += chunk.toString()));
  }

  /** Attaches over the port, and waits for the first stop. */
  async attach(): Promise<void> {
    const port = await this.until(/^port (\d+)$/m);
    this.adapter = new Adapter(Number(port));
    await this.adapter.attach();
    await this.stopped();
  }

  /** Waits until the program has printed something; answers what the pattern's group holds. */
  async until(pattern: RegExp): Promise<string> {
    for (;;) {
      const found = pattern.exec(this.printed);
      if (found) return found[1] ?? found[0];
      if (this.child.exitCode !== null) throw new Error(`The program has ended: ${this.printed}`);
      await new Promise((heard) => {
        this.child.stdout.once('data', heard);
        this.child.once('close', heard);
      });
    }
  }

  async stopped(): Promise<void> {
    const { frameId, threadId } = await this.adapter.stopped();
    [this.frameId, this.threadId] = [frameId, threadId];
    this.reader.goneOn();
  }

  /** Lets the program run to its next stop. */
  async onward(): Promise<void> {
    await this.adapter.request('continue', { threadId: this.threadId });
    await this.stopped();
  }

  /** Waits until so many questions have been answered. */
  async answered(count: number): Promise<void> {
    while (this.asked.length < count) await new Promise<void>((hear) => this.heard.push(hear));
    // What the answer ends has ended, too.
    await new Promise((ended) => setImmediate(ended));
  }

  async release(): Promise<void> {
    await this.adapter.request('continue', { threadId: this.threadId });
  }

  get wanted(): Wanted {
    return JSON.parse(readFileSync(join(this.folder, 'wanted.json'), 'utf8')) as Wanted;
  }

  readonly program: Program = {
    evaluate: async (expression) => {
      const began = performance.now();
      const { frameId } = this;
      const asked = { expression, frameId, context: 'clipboard', format: { rawString: true } };
      const reply = await this.adapter.request('evaluate', asked).catch((error: unknown) => {
        throw refusedBy(error);
      });
      this.asked.push({ expression, took: performance.now() - began });
      this.heard.splice(0).forEach((hear) => {
        hear();
      });
      return textOfReply(reply);
    },
  };

  end(): void {
    this.adapter?.end();
    this.child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}
