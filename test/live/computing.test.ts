// Convolutions that are computed by the user's own frameworks: in a stopped program, and by an interpreter of its own.
import assert from 'node:assert/strict';
import { zeros } from '../../src/core/tensor/tensor';
import { interpreterProgram } from '../../src/host/live/interpreter';
import { computationOf, librariesOf } from '../../src/live/computed';
import { computationText } from '../../src/live/computationText';
import type { Library } from '../../src/live/expression';
import { LiveReader } from '../../src/live/reader';
import { Turns } from '../../src/live/turns';
import { CASES, sameThere } from './cases';
import { Debugged, PYTHON } from './debugged';

const patient = (): LiveReader => new LiveReader(new Turns(180_000));

describe('a convolution of tensors that are sent along', () => {
  let debugged: Debugged;

  before(async function () {
    if (!PYTHON) this.skip();
    debugged = new Debugged('layers.py');
    await debugged.attach();
  });

  after(() => debugged?.end());

  it('is computed by what the program has imported', async () => {
    assert.deepEqual(await librariesOf(debugged.reader, debugged.program), ['torch', 'jax']);
  });

  for (const library of ['torch', 'jax'] as const)
    it(`is the same as here by ${library} of a stopped program: ${Object.keys(CASES).join('; ')}`, async () => {
      for (const name of Object.keys(CASES)) await sameThere(name, library, debugged.reader, debugged.program);
    });

  it('is refused where the framework is none of the program’s', async () => {
    await assert.rejects(
      sameThere('plain', 'paddle', debugged.reader, debugged.program),
      /has not imported what could compute this: paddle/,
    );
  });
});

describe('an interpreter that is started for a question', () => {
  before(function () {
    if (!PYTHON) this.skip();
  });

  for (const library of ['torch', 'jax'] as const)
    it(`computes with its own ${library}`, async () => {
      await sameThere('transposed', library, patient(), interpreterProgram(PYTHON, library));
    });

  it('that has no such library, or is none, is told of', async () => {
    await assert.rejects(
      sameThere('plain', 'paddle', patient(), interpreterProgram(PYTHON, 'paddle')),
      /could not compute this. ModuleNotFoundError: No module named 'paddle'/,
    );
    await assert.rejects(
      sameThere('plain', 'torch', patient(), interpreterProgram('/no/such/python', 'torch')),
      /\/no\/such\/python could not compute this. .*ENOENT/,
    );
  });

  it('is ended when nobody waits for it any more', async () => {
    const controller = new AbortController();
    const asked = interpreterProgram(PYTHON, 'torch', controller.signal).evaluate('__import__("time").sleep(600)');
    controller.abort();
    await assert.rejects(asked, /could not compute this. The operation was aborted/);
  });
});

describe('what is run to compute a convolution', () => {
  const told = (name: string, library: Library): string => {
    const [shape, kernel, op] = CASES[name];
    const bias = zeros('float64', [op.kind === 'conv' ? kernel[0] : kernel[1] * (op.groups ?? 1)]);
    const tensors = { input: zeros('float64', shape), weight: zeros('float64', kernel), bias };
    return computationText(computationOf({ op, ...tensors }, library));
  };

  const texts: readonly (readonly [name: string, library: Library, text: string])[] = [
    [
      'transposed',
      'torch',
      'torch.nn.functional.conv_transpose2d(input, weight, bias, stride=(2, 1), padding=(1, 0), output_padding=(1, 0), groups=1, dilation=(1, 2))',
    ],
    [
      'transposed, cut unevenly',
      'torch',
      'torch.nn.functional.conv_transpose2d(input, weight, bias, stride=(2, 1), padding=(0, 0), output_padding=(1, 0), groups=1, dilation=(1, 2))[..., 1:, :-2]',
    ],
    [
      'reflected',
      'torch',
      'input = torch.nn.functional.pad(input, (2, 2, 1, 1), mode="reflect")\ntorch.nn.functional.conv2d(input, weight, bias, stride=(1, 1), padding=(0, 0), groups=2, dilation=(2, 1))',
    ],
    [
      'transposed, cut unevenly',
      'jax',
      'jax.lax.conv_general_dilated(input, turned(weight), window_strides=(1, 1), padding=[(1, 3), (4, 2)], lhs_dilation=(2, 1), rhs_dilation=(1, 2), feature_group_count=1, precision="highest") + bias',
    ],
    [
      'circular',
      'jax',
      'input = numpy.pad(input, [(0, 0), (0, 0), (1, 1), (2, 2)], mode="wrap")\njax.lax.conv_general_dilated(input, weight, window_strides=(1, 1), padding=[(0, 0), (0, 0)], lhs_dilation=(1, 1), rhs_dilation=(2, 1), feature_group_count=2, precision="highest") + bias',
    ],
    [
      'transposed, in groups',
      'tensorflow',
      'tf.nn.conv_transpose(input, weight, output_shape, strides=(3, 2), padding="VALID")[:, :, 1:-1], of each of 2 groups + bias',
    ],
    [
      'plain, padded unevenly',
      'paddle',
      'paddle.nn.functional.conv2d(input, weight, bias, stride=(1, 1), padding=(0, 3, 1, 0), groups=2, dilation=(2, 1))',
    ],
  ];
  for (const [name, library, text] of texts)
    it(`is said in Python: ${name}, ${library}`, () => {
      assert.equal(told(name, library), text);
    });
});
