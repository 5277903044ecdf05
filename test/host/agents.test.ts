// The tools that the extension has for language models, called as an agent's host calls them.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { agentTools } from '../../src/host/agents/tools';
import { activatedApi, until } from './support';
import { closeAll } from './language/support';

const NET = `import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(32, 16, 4, stride=2, padding=1)

    def forward(self, x):  # x: (1, 32, 16, 16)
        y = self.up(x)
        return y.mean(k)
`;

describe('what a language model is told in VS Code', () => {
  let file: vscode.Uri;
  before(async () => {
    await activatedApi();
    file = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'agents', 'net.py');
    await vscode.workspace.fs.writeFile(file, new TextEncoder().encode(NET));
  });
  after(() => vscode.workspace.fs.delete(vscode.Uri.joinPath(file, '..'), { recursive: true }));
  afterEach(closeAll);

  async function asked(name: string, input: object): Promise<Record<string, unknown>> {
    const { content } = await vscode.lm.invokeTool(`transposedConv_${name}`, { input, toolInvocationToken: undefined });
    const [text] = content as readonly vscode.LanguageModelTextPart[];
    return JSON.parse(text.value) as Record<string, unknown>;
  }

  it('comes from six tools', () => {
    const own = vscode.lm.tools.filter(({ name }) => name.startsWith('transposedConv_'));
    assert.deepEqual(own.map(({ name }) => name.slice('transposedConv_'.length)).sort(), [
      'explainConvolution',
      'openInspector',
      'readTensor',
      'shapesOfFile',
      'solveSizes',
      'whyUnknown',
    ]);
  });

  it('is the shape of each line of a file, by its path within the workspace', async () => {
    const told = await asked('shapesOfFile', { path: 'agents/net.py' });
    assert.deepEqual(told.tensors, ['10:9 Net.forward y: (1, 16, 32, 32)', '11:16 Net.forward return: ?']);
    assert.deepEqual(told.inputs, [{ key: 'Net.forward:x', shape: [1, 32, 16, 16], source: 'a comment of the code' }]);
  });

  it('is why a shape is not known', async () => {
    const { missing } = await asked('whyUnknown', { path: file.fsPath });
    assert.ok(
      (missing as readonly string[]).some((each) => /11:\d+ .*\bk\b/.test(each)),
      JSON.stringify(missing),
    );
  });

  // As PyTorch counts them: 32·16·4·4 weights and 16 numbers of the bias.
  it('is what a layer is, from the line on which it is applied', async () => {
    const { layers } = await asked('explainConvolution', { path: 'agents/net.py', line: 10 });
    const [layer] = layers as readonly Record<string, unknown>[];
    assert.deepEqual(
      [layer.callee, layer.parameters, layer.weightShape],
      ['torch.nn.ConvTranspose2d', 8208, [32, 16, 4, 4]],
    );
  });

  it('is which convolutions make a size', async () => {
    const { solutions } = await asked('solveSizes', { input: [7], output: [4], kind: 'conv' });
    const codes = (solutions as readonly { readonly code: string }[]).map(({ code }) => code);
    assert.ok(codes.includes('nn.Conv1d(in_channels, out_channels, kernel_size=3, stride=2, padding=1)'), codes.join());
  });

  it('opens the inspector on a layer', async () => {
    assert.deepEqual(await asked('openInspector', { path: 'agents/net.py', line: 7 }), {
      opened: 'torch.nn.ConvTranspose2d',
      at: '7:19',
      use: 0,
    });
    const tabs = (): readonly string[] =>
      vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));
    assert.ok((await until(tabs, (all) => all.some((each) => each.includes('up')))).some((each) => /up/.test(each)));
  });

  it('is a sentence where there is no answer', async () => {
    await assert.rejects(asked('shapesOfFile', { path: 'agents/gone.py' }), /There is no file agents\/gone\.py/);
    await assert.rejects(asked('explainConvolution', { path: 'agents/net.py', line: 99 }), /has no such line/);
    await assert.rejects(asked('openInspector', { path: 'agents/net.py', line: 2 }), /No layer/);
    await assert.rejects(asked('solveSizes', { input: [7], output: ['x'] }), /output\[0\] must be a whole number/);
    await assert.rejects(asked('readTensor', { expression: 'x' }), /debug session|stopped|program/);
  });

  it('is agreed to by the user, who is told what is read and what is run', async () => {
    const none = async (): Promise<never> => Promise.reject(new Error('Nothing may be read for this.'));
    const tools = agentTools({ readLines: none }, { inspectHere: none });
    const inputs = {
      shapesOfFile: { path: 'net.py' },
      whyUnknown: { path: 'net.py' },
      explainConvolution: { path: 'net.py', line: 3 },
      solveSizes: { input: [1], output: [1] },
      openInspector: { path: 'net.py', line: 3 },
      readTensor: { expression: 'self.up.weight' },
    };
    const { token } = new vscode.CancellationTokenSource();
    const messages = await Promise.all(
      Object.entries(inputs).map(async ([name, input]) => {
        const prepared = await tools[`transposedConv_${name}`].prepareInvocation?.({ input }, token);
        return prepared?.confirmationMessages?.message;
      }),
    );
    assert.deepEqual(messages, [
      'Tell the model the shapes of the tensors in net.py? The code is read, not run.',
      'Tell the model why shapes in net.py are not known? The code is read, not run.',
      'Tell the model about a layer in net.py? The code is read, not run.',
      'Tell the model which convolutions make these sizes? Nothing of yours is read.',
      'Open the inspector on the layer in line 3 of net.py?',
      'Evaluate self.up.weight in the program that has stopped in the debugger, and tell the model its values?',
    ]);
  });
});
