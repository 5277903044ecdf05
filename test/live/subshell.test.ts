// A kernel that is asked while it runs a cell: a real ipykernel, by its own protocol and one of its subshells.
import assert from 'node:assert/strict';
import { connectKernel } from '../../src/host/live/kernelPorts';
import { kernelProgram } from '../../src/live/kernel';
import { LiveReader } from '../../src/live/reader';
import { parsePorts, PORTS, Subshell } from '../../src/live/subshell';
import { PYTHON } from './debugged';
import { Wire } from './wire';

describe('a subshell of a notebook’s kernel', () => {
  let wire: Wire;
  let subshell: Subshell;

  before(async function () {
    if (!PYTHON) {
      this.skip();
      return;
    }
    wire = new Wire();
    await wire.cell('import time\nimport numpy as np\nweight = np.zeros((3, 4))\ngo_on = True');
    subshell = await Subshell.open(connectKernel, parsePorts(await kernelProgram(wire).evaluate(PORTS)));
  });

  after(async () => {
    await subshell?.end();
    wire?.end();
  });

  it('answers with values that move while a cell runs', async () => {
    const reader = new LiveReader();
    const cell = wire.cell('while go_on:\n    weight += 1\n    time.sleep(0.001)\n"ended"');
    const seen: number[] = [];
    while (new Set(seen).size < 4) {
      const read = await reader.read(subshell, 'weight');
      assert.ok(read.kind === 'tensor');
      assert.deepEqual(read.values.shape, [3, 4]);
      seen.push(read.values.data[5]);
    }
    assert.deepEqual(
      seen,
      seen.toSorted((a, b) => a - b),
    );
    await assert.rejects(reader.read(subshell, 'nothing'), /no value here. NameError: name 'nothing' is not defined/);
    // An answer that takes several frames of the protocol's long kind.
    const large = await reader.read(subshell, 'np.arange(1000000.0)');
    assert.ok(large.kind === 'tensor' && large.values.data[999_999] === 999_999);
    await subshell.evaluate('globals().update(go_on=False) or "tconv:"');
    assert.equal(await cell, "'ended'");
  });

  it('leaves no history, and is removed at the end', async () => {
    const count = await wire.cell('len(In), get_ipython().kernel.shell_channel_thread.manager.list_subshell()');
    assert.match(count, /^\(4, \['[0-9a-f-]+'\]\)$/);
    await subshell.end();
    await assert.rejects(new LiveReader().read(subshell, 'weight'), /no running kernel/);
    assert.equal(await wire.cell('get_ipython().kernel.shell_channel_thread.manager.list_subshell()'), '[]');
  });

  it('is not looked for on another machine, nor in a kernel that has none', () => {
    const told = { ip: '127.0.0.1', transport: 'tcp', signature_scheme: 'hmac-sha256', shell_port: 1, control_port: 2 };
    const ports = (more: object): unknown =>
      parsePorts(JSON.stringify({ ...told, key: 'k', features: ['kernel subshells'], ...more }));
    assert.deepEqual(ports({}), { ip: '127.0.0.1', shell: 1, control: 2, key: 'k' });
    assert.throws(() => ports({ features: ['debugger'] }), /cannot be asked while a cell runs/);
    assert.throws(() => ports({ ip: '10.0.0.7' }), /on another machine/);
    assert.throws(() => ports({ transport: 'ipc' }), /on another machine/);
    assert.throws(() => parsePorts('<html>'), /cannot be asked while a cell runs/);
  });
});
