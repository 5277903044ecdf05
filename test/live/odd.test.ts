// What a newcomer asks for: values in odd places, types that few have, and expressions that are none.
import assert from 'node:assert/strict';
import type { LiveTensor } from '../../src/live/reader';
import { unwatchCalls, watchCalls } from '../../src/live/watched';
import { Debugged, PYTHON } from './debugged';

describe('of a stopped program', () => {
  let debugged: Debugged;

  before(async function () {
    if (!PYTHON) this.skip();
    debugged = new Debugged('odd.py');
    await debugged.attach();
  });

  after(() => debugged?.end());

  const read = (expression: string): ReturnType<Debugged['reader']['read']> =>
    debugged.reader.read(debugged.program, expression);

  async function tensor(expression: string): Promise<LiveTensor> {
    const found = await read(expression);
    assert.equal(found.kind, 'tensor', expression);
    return found;
  }

  async function entries(expression: string): Promise<readonly string[]> {
    const found = await read(expression);
    assert.ok(found.kind === 'other', expression);
    return found.entries.map(({ end }) => end);
  }

  it('tensors are found in dictionaries of any key that can be written, in objects, queues and files', async () => {
    const held: Readonly<Record<string, readonly string[]>> = {
      odd: ["[('a', 1)]", `['it\\'s "q"\\n']`, '[None]', '[2.5]', "[b'x']"],
      batch: ['.image', '.label'],
      space: ['.a'],
      slots: ['.image'],
      queue: ['[0]'],
      saved: ["['image']"],
      keyed: [],
      net: [".get_parameter('conv.weight')", ".get_parameter('conv.bias')", ".get_submodule('conv')", '.cache'],
    };
    for (const [expression, ends] of Object.entries(held)) {
      assert.deepEqual(await entries(expression), ends, expression);
      // Each leads to what it says.
      for (const end of ends) await read(`${expression}${end}`);
    }
    assert.deepEqual((await tensor("odd['it\\'s \"q\"\\n']")).shape, [2]);
    assert.deepEqual([...(await tensor("saved['image']")).values.data], [0, 1, 2]);
  });

  it('masked tensors, times and large numbers are shown for what they are', async () => {
    for (const name of ['masked', 'dates']) {
      const [shape, values] = debugged.wanted[name];
      const found = await tensor(name);
      assert.deepEqual([found.values.shape, [...found.values.data]], [shape, values.map(Number)], name);
    }
    const notes = async (expression: string): Promise<readonly string[]> =>
      (await tensor(expression)).notes.map(({ template }) => template);
    assert.match((await notes('masked')).join(), /Masked elements/);
    assert.match((await notes('dates')).join(), /^Times/);
    assert.match((await notes('large')).join(), /rounded to float64/);
    assert.match((await notes('large.numpy()')).join(), /rounded to float64/);
    assert.deepEqual([await notes('exact'), await notes('large[1:]')], [[], []]);
    await assert.rejects(read('packed'), /type \(float4_e2m1fn_x2\)/);
    await assert.rejects(read('raw'), /are no numbers \(\|V3\)/);
  });

  it('a call is made once, and what it gives is of one piece', async () => {
    // 12 MB, which takes two answers: as an overview it takes one.
    const first = await tensor('next(pieces)');
    assert.deepEqual([first.plan, first.shape], ['overview', [3 * 2 ** 20]]);
    assert.deepEqual([...new Set(first.values.data)], [0]);
    const { reader, program } = debugged;
    const whole = reader.window(program, 'next(pieces)', first, [[0, 3 * 2 ** 20, 1]]);
    await assert.rejects(whole, /next\(pieces\) calls something/);
  });

  it('a selection may end in a comment or go over lines, and what is no expression is said to be none', async () => {
    assert.deepEqual((await tensor('batch.image  # what comes in')).shape, [1, 1, 3, 3]);
    assert.deepEqual((await tensor('batch\\\n.label')).shape, [1]);
    for (const expression of ['y = batch.image', 'import os', 'batch; odd', 'odd[0, 1,', 'for'])
      await assert.rejects(read(expression), ({ message }: Error) => {
        assert.match(message, /^This is no expression of Python’s: /, expression);
        // Nothing of what was sent along.
        assert.doesNotMatch(message, /lambda|compile/);
        return true;
      });
  });

  it('a layer is read as it stands, and its calls are watched, without a step of its parametrisation', async () => {
    assert.equal((await read('spectral')).kind, 'layer');
    await read('spectral');
    const { reader, program } = debugged;
    await watchCalls(reader, program, 'spectral');
    await unwatchCalls(reader, program, 'spectral');
    await debugged.onward();
    assert.match(debugged.printed, /same vector: True/);
    assert.match(debugged.printed, /next: 1\.0/);
  });
});
