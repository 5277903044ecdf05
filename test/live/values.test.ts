// Values of a program that is stopped in debugpy, beside what the program itself has written down of them.
import assert from 'node:assert/strict';
import { ProblemError } from '../../src/core/problem';
import { computeReference } from '../../src/core/kernels/compute';
import { planned } from '../../src/core/kernels/gradients';
import { changeBetween } from '../../src/core/tensor/change';
import { documentOfLayer } from '../../src/live/document';
import type { LiveLayer, LiveTensor } from '../../src/live/reader';
import { putWindow } from '../../src/live/put';
import { ranBy } from '../../src/live/ran';
import { lastCall, unwatchCalls, watchCalls } from '../../src/live/watched';
import { parseWindow } from '../../src/live/window';
import { Debugged, PYTHON } from './debugged';

const numberOf = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity'));

describe('values of a stopped program', () => {
  let debugged: Debugged;

  before(async function () {
    if (!PYTHON) this.skip();
    debugged = new Debugged('values.py');
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

  async function layer(expression: string): Promise<LiveLayer> {
    const found = await read(expression);
    assert.equal(found.kind, 'layer', expression);
    return found;
  }

  function same(found: LiveTensor, expression: string): void {
    const [shape, values] = debugged.wanted[expression];
    assert.deepEqual(found.values.shape, shape, expression);
    assert.deepEqual([...found.values.data], values.map(numberOf), expression);
  }

  /** What the user is told where there are no values. */
  async function told(expression: string): Promise<string> {
    const failure = await read(expression).then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(failure instanceof ProblemError, `${expression}: ${String(failure)}`);
    return failure.message;
  }

  it('are those that the program has, of every type and layout', async () => {
    const skipped = ['huge[::62, ::2, ::2]', 'sharded[1:8:3, 2:]'];
    for (const expression of Object.keys(debugged.wanted)) {
      if (skipped.includes(expression)) continue;
      const found = await tensor(expression);
      assert.equal(found.plan, 'whole', expression);
      same(found, expression);
    }
    const { dtype, device, type } = await tensor('x');
    assert.deepEqual([dtype, device, type], ['float32', 'cpu', 'torch.Tensor']);
    assert.equal((await tensor('brain')).dtype, 'bfloat16');
  });

  it('of a billion elements are an overview, and a window of it where one is asked for', async () => {
    const found = await tensor('huge');
    assert.equal(found.plan, 'overview');
    assert.deepEqual(found.shape, [1000, 1000, 1000]);
    // Element (i, j, k) of it is 10i + j + 2k.
    const [plane, down, across] = found.window;
    assert.deepEqual(plane, [0, 1, 1]);
    const [, rows, columns] = found.values.shape;
    assert.ok(rows * columns <= 2 ** 16 && rows > 200 && columns > 200);
    assert.equal(found.values.data[3 * columns + 2], 3 * down[2] + 2 * 2 * across[2]);
    const window = parseWindow('3:5, 10:14:2, ::499', found.shape);
    assert.ok(window);
    same(await debugged.reader.window(debugged.program, 'huge', found, window), 'huge[::62, ::2, ::2]');
    const counted = await debugged.reader.ask(debugged.program, 'huge', { do: 'count', window, bins: [4, 0, 3000] });
    assert.ok(counted.kind === 'count');
    const [, values] = debugged.wanted['huge[::62, ::2, ::2]'];
    assert.deepEqual([counted.count, counted.max], [values.length, Math.max(...values.map(Number))]);
    assert.equal(
      counted.histogram?.reduce((sum, each) => sum + each, 0),
      values.length,
    );
  });

  it('of a sharded array are read from its shards', async () => {
    const found = await tensor('sharded');
    const window = parseWindow('1:8:3, 2:', found.shape);
    assert.ok(window);
    same(await debugged.reader.window(debugged.program, 'sharded', found, window), 'sharded[1:8:3, 2:]');
  });

  it('of a layer are its parameters and its tensors', async () => {
    const found = await layer('layer');
    same(found.weight, 'layer.weight');
    assert.ok(found.bias);
    same(found.bias, 'layer.bias');
    const { op } = documentOfLayer(found, 'layer', (await tensor('x')).values);
    assert.deepEqual(op, {
      kind: 'convTranspose',
      stride: [2, 2],
      padding: [1, 1],
      dilation: [1, 1],
      outputPadding: [1, 1],
      groups: 1,
      paddingMode: 'zeros',
    });
    assert.deepEqual((await layer('net[0]')).op.padding, [2, 2]);
  });

  it('of the last call of a layer are caught by a hook, which is removed again', async () => {
    const { reader, program } = debugged;
    const hooks = async (): Promise<number> => {
      const found = await tensor('len(layer._forward_hooks)');
      return found.values.data[0];
    };
    await assert.rejects(lastCall(reader, program, 'layer'), /No hook of the inspector/);
    await watchCalls(reader, program, 'layer');
    await watchCalls(reader, program, 'layer');
    assert.equal(await hooks(), 1);
    await assert.rejects(lastCall(reader, program, 'layer'), /has not been called since its hook was set/);
    // The program calls the layer by itself between two stops; here it is let do so by an expression of its own.
    same(await tensor('layer(x)'), 'layer(x)');
    const call = await lastCall(reader, program, 'layer');
    same(call.input, 'x');
    same(call.weight, 'layer.weight');
    assert.ok(call.bias);
    assert.deepEqual([...call.output.data], debugged.wanted['layer(x)'][1]);
    await unwatchCalls(reader, program, 'layer');
    assert.equal(await hooks(), 0);
    await assert.rejects(watchCalls(reader, program, 'ramp'), /is no convolution/);
  });

  it('are chosen among what holds them', async () => {
    const [net, both] = [await read('net'), await read('both')];
    assert.ok(net.kind === 'other' && both.kind === 'other');
    assert.deepEqual(
      net.entries.map(({ name, end }) => [name, end]),
      [
        ['0.weight', ".get_parameter('0.weight')"],
        ['0.bias', ".get_parameter('0.bias')"],
        ['0', ".get_submodule('0')"],
      ],
    );
    assert.deepEqual(
      both.entries.map(({ end }) => end),
      ["['first']", '[3]'],
    );
  });

  it('that are none are told of in a sentence each', async () => {
    const sentences: Readonly<Record<string, RegExp>> = {
      meta: /on the device "meta"/,
      fake: /is a fake one \(torch\._subclasses\.fake_tensor\.FakeTensor\)/,
      gone: /have been freed/,
      empty: /no elements: its shape is \(0, 3\)/,
      structured: /has fields \(x, y\)/,
      words: /are no numbers \(<U1\)/,
      'torch.nested.nested_tensor([x[0, 0], x[0, 1]])': /no one shape/,
      'torch.nn.LazyConv2d(3, 3).weight': /no shape yet/,
      full: /no memory left.*8,589,934,592/,
      broken: /asked of it before: CUDA error: an illegal memory access/,
      nowhere: /no value here. NameError: .*nowhere/,
      '1 / 0': /ZeroDivisionError/,
      'x[': /no expression of Python’s/,
    };
    for (const [expression, sentence] of Object.entries(sentences))
      assert.match(await told(expression), sentence, expression);
    // Nothing is printed, and no property of it is asked for.
    assert.deepEqual(await read('loud'), { kind: 'other', type: '__main__.Loud', entries: [] });
    assert.ok(!debugged.printed.includes('LOUD'));
    assert.match((await tensor('part')).notes[0].args[0], /Shard\(dim=0\)/);
    assert.deepEqual(
      (await tensor('masked')).notes.map(({ template }) => template),
      ['Masked elements are shown as NaN.'],
    );
  });

  it('of a layer’s output, run there by its own code, are those that are computed here', async () => {
    const [found, input] = [await layer('layer'), await tensor('x')];
    const theirs = await debugged.reader.ran(debugged.program, 'layer', 'x');
    same(theirs, 'layer(x)');
    const { op, weight, bias } = documentOfLayer(found, 'layer', input.values);
    const ours = computeReference(planned(op, input.values, weight), input.values, weight, bias);
    const change = changeBetween(ours, theirs.values);
    assert.ok(change && change.largest < 1e-6, String(change?.largest));
    assert.match(await told('layer(x[:, :2])'), /RuntimeError/);
  });

  it('of a layer’s output that is too large to cross stay there, and are looked at by an overview', async () => {
    const { reader, program } = debugged;
    await assert.rejects(reader.ran(program, 'layer', 'wide_picture'), /too large to be compared whole/);
    const found = await tensor(ranBy(await layer('layer'), 'layer', 'wide_picture'));
    assert.deepEqual([found.plan, found.shape], ['overview', [1, 4, 3000, 3000]]);
    assert.ok(new Set(found.values.data.slice(-5)).size === 1 && found.values.data.length <= 2 ** 16);
  });

  it('are written in place, in their own type, and taken back', async () => {
    const { reader, program } = debugged;
    const window = parseWindow('0, 1', [1, 2, 3, 4]) ?? [];
    await putWindow(
      reader,
      program,
      'ramp',
      window,
      Float32Array.from({ length: 12 }, (_, at) => -at),
    );
    assert.deepEqual([...(await tensor('ramp[0, 1]')).values.data].slice(0, 3), [-0, -1, -2]);
    assert.deepEqual([...(await tensor('ramp[0, 0, 0]')).values.data], [0, 1, 2, 3]);
    const weight = (await layer('layer')).weight;
    const changed = weight.values.data.slice().fill(0.5);
    await putWindow(reader, program, 'layer.weight', weight.window, changed);
    assert.deepEqual([...(await layer('layer')).weight.values.data], [...changed]);
    // Another view of the same storage sees it, and the parameter is still the one that is trained.
    assert.deepEqual([...(await tensor('layer.weight.data[0, 0, 0]')).values.data], [0.5, 0.5, 0.5]);
    await putWindow(reader, program, 'layer.weight', weight.window, weight.values.data);
    same((await layer('layer')).weight, 'layer.weight');
    await putWindow(reader, program, 'bf', [[0, 2, 1]], Float32Array.of(3.14159, -1));
    assert.deepEqual([...(await tensor('bf')).values.data].slice(0, 2), [3.140625, -1]);
    await assert.rejects(
      putWindow(reader, program, 'traced', [[0, 7, 1]], new Float32Array(7)),
      /ArrayImpl does not take/,
    );
    await assert.rejects(putWindow(reader, program, 'fixed', [[0, 3, 1]], new Float32Array(3)), /does not take/);
    // What was there, for what comes behind.
    const [shape, values] = debugged.wanted.bf;
    await putWindow(reader, program, 'bf', [[0, shape[0], 1]], Float32Array.from(values.map(numberOf)));
    await putWindow(
      reader,
      program,
      'ramp',
      window,
      Float32Array.from({ length: 12 }, (_, at) => 12 + at),
    );
  });

  it('take one question each, and leave nothing behind', async () => {
    const before = debugged.asked.length;
    await read('layer');
    assert.equal(debugged.asked.length, before + 1);
    await debugged.onward();
    assert.match(debugged.printed, /same names: True/);
    assert.match(debugged.printed, /same weight: True/);
  });

  it('are read whatever rules the program has set for itself', async () => {
    for (const expression of ['ramp', 'half', 'bf', 'tiny', 'x', 'sharded', 'traced', 'fixed', 'layer.weight'])
      same(await tensor(expression), expression);
    await debugged.onward();
  });

  it('of what is being traced are described, and nothing is added to the trace', async () => {
    assert.match(await told('doubled'), /being traced \(.*float32\[7\]/);
    same(await tensor('traced_outside'), 'traced');
    await debugged.onward();
    assert.match(debugged.printed, /equations: 2/);
  });

  it('follow the program from stop to stop', async () => {
    for (let step = 0; step < 3; step++) {
      const { values } = await tensor('x');
      const expected = [step, step, step, step, step, step];
      expected[step] = -1;
      assert.deepEqual([...values.data], expected);
      if (step < 2) await debugged.onward();
    }
  });
});
