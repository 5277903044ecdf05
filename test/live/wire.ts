// A notebook's kernel, behind the part of the Jupyter extension's API that is used: a real ipykernel.
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import type { Kernel, KernelOutput } from '../../src/live/kernel';
import { resolve } from 'node:path';
import { PYTHON } from './debugged';

/** What the stand-in for the Jupyter extension runs, too. */
const KERNEL = resolve('test/fixtures/jupyter/kernel.py');

export class Wire implements Kernel {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;

  constructor() {
    this.child = spawn(PYTHON, [KERNEL], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.reader = createInterface(this.child.stdout);
    this.lines = this.reader[Symbol.asyncIterator]();
  }

  async *executeCode(code: string, counted = false): AsyncIterable<KernelOutput> {
    this.child.stdin.write(`${JSON.stringify({ code, counted })}\n`);
    for (;;) {
      const line = await this.lines.next();
      if (line.done === true) return;
      const said = JSON.parse(line.value) as { readonly done?: true; readonly items?: readonly [string, string][] };
      if (said.done) return;
      if (said.items)
        yield { items: said.items.map(([mime, data]) => ({ mime, data: new TextEncoder().encode(data) })) };
    }
  }

  /** A cell of the notebook's own: what it puts out as text. */
  async cell(code: string): Promise<string> {
    const texts: string[] = [];
    for await (const { items } of this.executeCode(code, true))
      for (const { mime, data } of items) if (mime === 'text/plain') texts.push(new TextDecoder().decode(data));
    return texts.join();
  }

  end(): void {
    this.child.stdin.end();
    this.reader.close();
  }
}
