// What is asked of a notebook's kernel, behind the door to the Jupyter extension: a real ipykernel answers, on its own
// protocol. That extension itself cannot be had from a package registry, and is not run here.
import assert from 'node:assert/strict';
import { kernelProgram } from '../../src/live/kernel';
import { LiveReader } from '../../src/live/reader';
import { PYTHON } from './debugged';
import { Wire } from './wire';

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
