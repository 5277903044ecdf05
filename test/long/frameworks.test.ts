// TensorFlow and Paddle in programs that are stopped in debugpy, beside what the programs themselves have written down.
import assert from 'node:assert/strict';
import { ProblemError } from '../../src/core/problem';
import { computeReference } from '../../src/core/kernels/compute';
import { planned } from '../../src/core/kernels/gradients';
import { changeBetween } from '../../src/core/tensor/change';
import { tensorOf } from '../../src/core/tensor/tensor';
import { interpreterProgram } from '../../src/host/live/interpreter';
import { librariesOf } from '../../src/live/computed';
import { documentOfLayer } from '../../src/live/document';
import { channelsFirst } from '../../src/live/layer';
import { LiveReader } from '../../src/live/reader';
import { countWhole } from '../../src/live/statistics';
import { Turns } from '../../src/live/turns';
import { CASES, sameThere } from '../live/cases';
import { Debugged } from '../live/debugged';

const numberOf = (value: number | string): number =>
  typeof value === 'number' ? value : Number(value.replace('inf', 'Infinity'));

/** What is the same of every framework. */
class Framework {
  readonly debugged: Debugged;

  constructor(
    program: string,
    readonly python: string,
  ) {
    this.debugged = new Debugged(`../../long/programs/${program}`, python);
  }

  read(expression: string): ReturnType<LiveReader['read']> {
    return this.debugged.reader.read(this.debugged.program, expression);
  }

  async hasItsValues(): Promise<void> {
    for (const [expression, [shape, values]] of Object.entries(this.debugged.wanted)) {
      const found = await this.read(expression);
      assert.ok(found.kind === 'tensor' && found.plan === 'whole', expression);
      assert.deepEqual(found.values.shape, shape, expression);
      assert.deepEqual([...found.values.data], values.map(numberOf), expression);
      assert.match(found.dtype, /^(bool|complex64|u?int\d+|b?float\d+(_\w+)?)$/, expression);
    }
  }

  async tells(sentences: Readonly<Record<string, RegExp>>): Promise<void> {
    for (const [expression, sentence] of Object.entries(sentences)) {
      const failure: unknown = await this.read(expression).then(
        () => undefined,
        (error: unknown) => error,
      );
      assert.ok(failure instanceof ProblemError, `${expression}: ${String(failure)}`);
      assert.match(failure.message, sentence, expression);
    }
  }

  async hasAnOverview(): Promise<void> {
    const found = await this.read('huge');
    assert.ok(found.kind === 'tensor');
    assert.equal(found.plan, 'overview');
    const { reader, program } = this.debugged;
    const counted = await countWhole(reader, program, 'huge', found);
    assert.deepEqual([counted.count, counted.max], [12e6, 0]);
  }
}

const patient = (): LiveReader => new LiveReader(new Turns(180_000));

describe('TensorFlow in a stopped program', () => {
  let framework: Framework;

  before(async function () {
    const python = process.env.TCI_LONG_TENSORFLOW ?? '';
    if (!python) this.skip();
    framework = new Framework('tensorflow_values.py', python);
    await framework.debugged.attach();
  });

  after(() => framework?.debugged.end());

  it('has tensors of every type', () => framework.hasItsValues());

  it('has those that are none told of in a sentence each', () =>
    framework.tells({
      empty: /no elements: its shape is \(0, 3\)/,
      words: /are no numbers/,
      ragged: /no one shape/,
    }));

  it('has an overview of what is large', () => framework.hasAnOverview());

  it('has a layer that makes the same here as there', async () => {
    const [layer, input] = [await framework.read('layer'), await framework.read('image')];
    assert.ok(layer.kind === 'layer' && input.kind === 'tensor');
    const { op, input: x, weight, bias } = documentOfLayer(layer, 'layer', input.values);
    const ours = computeReference(planned(op, x, weight), x, weight, bias);
    const [shape, values] = framework.debugged.wanted.made;
    const theirs = channelsFirst(layer.stated, tensorOf('float32', shape, values.map(Number)));
    const change = changeBetween(ours, theirs);
    assert.ok(change && change.largest < 1e-5, String(change?.largest));
    const { reader, program } = framework.debugged;
    const ran = await reader.ran(program, 'layer', 'tf.constant(image)');
    assert.deepEqual([...ran.values.data], values);
  });

  it(`computes what is sent along: ${Object.keys(CASES).join('; ')}`, async () => {
    const { reader, program } = framework.debugged;
    assert.deepEqual(await librariesOf(reader, program), ['tensorflow']);
    for (const name of Object.keys(CASES)) await sameThere(name, 'tensorflow', reader, program);
    await sameThere('transposed', 'tensorflow', patient(), interpreterProgram(framework.python, 'tensorflow'));
  });

  it('is described while it traces, and nothing is added to the graph', async () => {
    await framework.debugged.onward();
    await framework.tells({ doubled: /being traced/ });
    const outside = await framework.read('given');
    assert.ok(outside.kind === 'tensor');
    const { reader, program } = framework.debugged;
    await sameThere('plain', 'tensorflow', reader, program);
    await framework.debugged.release();
    assert.equal(await framework.debugged.until(/^same graph: (\w+)$/m), 'True');
  });
});

describe('Paddle in a stopped program', () => {
  let framework: Framework;

  before(async function () {
    const python = process.env.TCI_LONG_PADDLE ?? '';
    if (!python) this.skip();
    framework = new Framework('paddle_values.py', python);
    await framework.debugged.attach();
  });

  after(() => framework?.debugged.end());

  it('has tensors of every type', () => framework.hasItsValues());

  it('has those that are none told of in a sentence each', () =>
    framework.tells({ empty: /no elements: its shape is \(0, 3\)/ }));

  it('has an overview of what is large', () => framework.hasAnOverview());

  it(`computes what is sent along: ${Object.keys(CASES).join('; ')}`, async () => {
    const { reader, program } = framework.debugged;
    assert.deepEqual(await librariesOf(reader, program), ['paddle']);
    for (const name of Object.keys(CASES)) await sameThere(name, 'paddle', reader, program);
  });
});
