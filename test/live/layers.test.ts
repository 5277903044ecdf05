// Layers of Keras's and Flax's in a program that is stopped in debugpy: what they make of a tensor by what is read of
// them here, beside what they made of it there.
import assert from 'node:assert/strict';
import { computeReference } from '../../src/core/kernels/compute';
import { planned } from '../../src/core/kernels/gradients';
import { ProblemError } from '../../src/core/problem';
import { documentOfLayer, enters } from '../../src/live/document';
import { channelsFirst } from '../../src/live/layer';
import type { LiveLayer } from '../../src/live/reader';
import { changeBetween } from '../../src/core/tensor/change';
import { tensorOf } from '../../src/core/tensor/tensor';
import { Debugged, PYTHON } from './debugged';

describe('a layer of Keras’s or Flax’s in a stopped program', () => {
  let debugged: Debugged;

  before(async function () {
    if (!PYTHON) this.skip();
    debugged = new Debugged('layers.py');
    await debugged.attach();
  });

  after(() => debugged?.end());

  const read = (expression: string): ReturnType<Debugged['reader']['read']> =>
    debugged.reader.read(debugged.program, expression);

  /** How far our output is from theirs, by the layer and the input that the program holds. */
  async function apart(layer: LiveLayer, input: string, name: string): Promise<number | undefined> {
    const given = await read(input);
    assert.ok(given.kind === 'tensor' && enters(layer, given.shape), name);
    const document = documentOfLayer(layer, name, given.values);
    const { op, input: x, weight, bias } = document;
    const ours = computeReference(planned(op, x, weight), x, weight, bias);
    const [shape, values] = debugged.wanted[name];
    const theirs = channelsFirst(layer.stated, tensorOf('float32', shape, values.map(Number)));
    return changeBetween(ours, theirs)?.largest;
  }

  it('makes the same here as there, whatever its padding, groups and order of axes', async () => {
    const names = Object.keys(debugged.wanted).filter((name) => name !== 'linen');
    assert.equal(names.length, 18);
    for (const name of names) {
      const layer = await read(`theirs[${JSON.stringify(name)}]`);
      assert.equal(layer.kind, 'layer', name);
      const largest = await apart(layer, `inputs[${JSON.stringify(name)}]`, name);
      assert.ok(largest !== undefined && largest < 1e-5, `${name}: ${largest}`);
    }
  });

  it('of Linen’s is read with the parameters that come beside it', async () => {
    const layer = await read('(linen, variables)');
    assert.ok(layer.kind === 'layer');
    const largest = await apart(layer, 'inputs["linen"]', 'linen');
    assert.ok(largest !== undefined && largest < 1e-5, String(largest));
  });

  it('is run by its own code where that is asked for', async () => {
    for (const name of ['keras transposed same', 'flax plain same, strided']) {
      const [layer, input] = [`theirs[${JSON.stringify(name)}]`, `inputs[${JSON.stringify(name)}]`];
      const ran = await debugged.reader.ran(
        debugged.program,
        layer,
        name.startsWith('keras') ? `torch.from_numpy(${input})` : input,
      );
      const [shape, values] = debugged.wanted[name];
      assert.deepEqual(ran.values.shape, shape);
      const change = changeBetween(tensorOf('float32', shape, values.map(Number)), ran.values);
      assert.ok(change && change.largest < 1e-6, name);
    }
  });

  it('that has no values yet, or a padding that is unknown here, is refused with a sentence', async () => {
    const told = async (expression: string): Promise<string> => {
      const failure: unknown = await read(expression).then(
        () => undefined,
        (error: unknown) => error,
      );
      assert.ok(failure instanceof ProblemError, expression);
      return failure.message;
    };
    assert.match(await told('unbuilt'), /no shape yet/);
    assert.match(await told('reflected'), /one of/);
  });

  it('is found in the model that holds it', async () => {
    const model = await read('model');
    assert.ok(model.kind === 'other');
    const entry = model.entries.find(({ name }) => name === 'first');
    assert.ok(entry);
    assert.equal((await read(`model${entry.end}`)).kind, 'layer');
  });
});
