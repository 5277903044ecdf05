// The tools of the command, asked by the official client of the Model Context Protocol over the standard streams.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { PROJECT } from './support';

interface Called {
  readonly content: readonly { readonly type: string; readonly text: string }[];
  readonly isError?: boolean;
}

describe('what an agent is told over the Model Context Protocol', () => {
  const client = new Client({ name: 'test', version: '1.0.0' });
  before(async () => {
    await client.connect(
      new StdioClientTransport({
        command: process.execPath,
        args: [join(process.cwd(), 'dist/cli/main.js'), 'mcp'],
        cwd: PROJECT,
      }),
    );
  });
  after(() => client.close());

  const called = async (name: string, input: Record<string, unknown>): Promise<Called> =>
    (await client.callTool({ name, arguments: input })) as unknown as Called;
  const answer = async (name: string, input: Record<string, unknown>): Promise<unknown> => {
    const { content, isError } = await called(name, input);
    assert.notEqual(isError, true, content[0].text);
    assert.ok(content[0].text.split('\n').length < 150 && content[0].text.length < 8_000, 'an answer is a screen');
    return JSON.parse(content[0].text);
  };
  const refusal = async (name: string, input: Record<string, unknown>): Promise<string> => {
    const { content, isError } = await called(name, input);
    assert.equal(isError, true);
    return content[0].text;
  };

  it('are four tools that change nothing', async () => {
    const { tools } = await client.listTools();
    assert.deepEqual(
      tools.map(({ name, annotations }) => [name, annotations?.readOnlyHint]),
      [
        ['shapes_of_file', true],
        ['why_unknown', true],
        ['explain_convolution', true],
        ['solve_sizes', true],
      ],
    );
  });

  it('tells the shape that each line leaves, and where the shape of the input comes from', async () => {
    const told = (await answer('shapes_of_file', { path: 'models/unet.py' })) as Record<string, unknown>;
    assert.deepEqual(told.inputs, [
      { key: 'UNet.forward:x', shape: ['N', 3, 60, 60], source: 'set by the user or the team' },
    ]);
    assert.deepEqual(told.tensors, [
      '17:9 UNet.forward first: (N, 16, 60, 60)',
      '18:9 UNet.forward second: (N, 64, 15, 15)',
    ]);
    const other = (await answer('shapes_of_file', { path: 'models/unet.py', within: 'Other' })) as typeof told;
    assert.deepEqual(
      [other.tensors, other.note, other.askWithin],
      [[], 'No line that leaves a tensor is within Other.', ['UNet.forward']],
    );
  });

  it('names the places of layers to whoever asks about a line without one', async () => {
    const told = (await answer('explain_convolution', { path: 'models/autoencoder.py', line: 1 })) as {
      readonly layers: readonly unknown[];
      readonly layersStandAt: readonly string[];
    };
    assert.deepEqual(told.layers, []);
    assert.ok(told.layersStandAt.includes('16:13 torch.nn.ConvTranspose2d'), told.layersStandAt.join('\n'));
  });

  it('says what is missing where a shape is unknown, and what would supply it', async () => {
    const { missing } = (await answer('why_unknown', { path: 'models/autoencoder.py' })) as {
      readonly missing: readonly string[];
    };
    assert.ok(
      missing.some((each) => each === '  4:10 lost.build is of the package lost, which is not read.'),
      missing.join('\n'),
    );
    assert.ok(missing.some((each) => each.includes('[tool.transposed-conv-inspector.shapes."models/autoencoder.py"]')));
  });

  // What PyTorch 2.15 says of nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1): 8208 parameters, sizes doubled.
  it('explains a transposed convolution with units and the source of each number', async () => {
    const { layers, units } = (await answer('explain_convolution', { path: 'models/autoencoder.py', line: 16 })) as {
      readonly layers: readonly Record<string, unknown>[];
      readonly units: Record<string, string>;
    };
    assert.deepEqual(
      layers.map(({ callee, at, weightShape, parameters }) => ({ callee, at, weightShape, parameters })),
      [{ callee: 'torch.nn.ConvTranspose2d', at: '16:13', weightShape: [32, 16, 4, 4], parameters: 8208 }],
    );
    const [use] = layers[0].uses as readonly Record<string, unknown>[];
    assert.ok(typeof use.inputSource === 'string' && Array.isArray(use.outputSource));
    assert.deepEqual((use.overlap as readonly unknown[])[0], {
      tapsPerOutputResidue: [2, 2],
      even: true,
      holes: false,
    });
    assert.ok(['shape', 'weightShape', 'parameters', 'multiplyAdds', 'receptiveField'].every((name) => units[name]));
  });

  it('finds convolutions between sizes, of the kind that the sizes ask for', async () => {
    const { solutions, question } = (await answer('solve_sizes', {
      input: [16, 16],
      output: [32, 32],
      even: true,
    })) as {
      readonly solutions: readonly { readonly code: string }[];
      readonly question: string;
    };
    assert.equal(question, 'convTranspose: (16, 16) → (32, 32)');
    assert.ok(
      solutions.some(
        ({ code }) => code === 'nn.ConvTranspose2d(in_channels, out_channels, kernel_size=4, stride=2, padding=1)',
      ),
    );
    assert.ok(!solutions.some(({ code }) => code.includes('kernel_size=3, stride=2')));
  });

  it('refuses in words what cannot be answered, and goes on', async () => {
    assert.match(await refusal('shapes_of_file', { path: 'gone.py' }), /^There is no file gone\.py in /);
    assert.match(
      await refusal('shapes_of_file', { path: 'models' }),
      /^models is a folder: ask about one of its files/,
    );
    assert.match(await refusal('explain_convolution', { path: 'models/unet.py', line: 900 }), /has no such line/);
    assert.match(await refusal('solve_sizes', { input: [16], output: ['a'] }), /output\[0\] must be a whole number/);
    assert.match(await refusal('solve_sizes', { input: [16], output: [32, 32] }), /output must be a list of 1/);
    assert.match(await refusal('nothing', {}), /no tool nothing/);
    assert.ok(await answer('solve_sizes', { input: [8], output: [4] }));
  });
});
