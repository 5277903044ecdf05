// What is asked of a notebook's kernel, behind the door to the Jupyter extension: a real ipykernel answers, on its own
// protocol. That extension itself cannot be had from a package registry, and is not run here.
import assert from 'node:assert/strict';
import { type ChildProcessByStdio, spawn } from 'node:child_process';
import { createInterface, type Interface } from 'node:readline';
import type { Readable, Writable } from 'node:stream';
import { type Kernel, kernelProgram, type KernelOutput } from '../../src/live/kernel';
import { LiveReader } from '../../src/live/reader';
import { programFile, PYTHON } from './debugged';

class Wire implements Kernel {
  private readonly child: ChildProcessByStdio<Writable, Readable, null>;
  private readonly lines: AsyncIterator<string>;
  private readonly reader: Interface;

  constructor() {
    this.child = spawn(PYTHON, [programFile('kernel.py')], { stdio: ['pipe', 'pipe', 'inherit'] });
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

describe('a tensor of a notebook’s kernel', () => {
  let wire: Wire;
  before(function () {
    if (PYTHON) wire = new Wire();
    else this.skip();
  });
  after(() => wire?.end());

  it('is read as the kernel has it, uncounted, and leaves nothing there', async () => {
    await wire.cell('import numpy as np\nx = np.arange(6, dtype=np.float16).reshape(2, 3) / 4');
    // IPython's own names of a cell's value begin with a line.
    const standing = '" ".join(name for name in dir() if name[0] != "_") + f" {len(In)}"';
    const before = await wire.cell(standing);
    const [reader, program] = [new LiveReader(), kernelProgram(wire)];
    const read = await reader.read(program, 'x');
    assert.ok(read.kind === 'tensor');
    assert.equal(read.dtype, 'float16');
    assert.deepEqual([...read.values.data], [0, 0.25, 0.5, 0.75, 1, 1.25]);
    await assert.rejects(reader.read(program, 'y'), /no value here. NameError: name 'y' is not defined/);
    await wire.cell('x[0, 0] = -1');
    const again = await reader.read(program, 'x');
    assert.ok(again.kind === 'tensor' && again.values.data[0] === -1);
    // Two cells of the notebook's own have run since, each of which is counted, and none of ours.
    assert.match(before, / np .* x 3'$/);
    assert.equal(await wire.cell(standing), before.replace(/3'$/, "5'"));
  });
});
