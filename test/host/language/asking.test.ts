import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { answering } from './answers';
import { DECODER, at, closeAll, eventually, hoverAt, untitled } from './support';

interface Reference {
  readonly uri: string;
  readonly line: number;
  readonly character: number;
  readonly use: number;
}

function reference(document: vscode.TextDocument, text: string): Reference {
  const { line, character } = document.positionAt(document.getText().indexOf(text));
  return { uri: document.uri.toString(), line, character, use: 0 };
}

const command = (name: string, argument?: unknown) => (): Thenable<unknown> =>
  vscode.commands.executeCommand(`transposedConv.${name}`, argument);

describe('Set Input Shape', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  it('wins over the comment in the code, and is forgotten when it is emptied', async () => {
    const document = await untitled(DECODER);
    assert.match(await hoverAt(document, 'self.up1 ='), /from a comment/);
    const asked = await answering(
      ['(2, 64, 10, 12)'],
      command('setInputShape', reference(document, 'nn.ConvTranspose2d(base * 2')),
    );
    assert.match(asked.inputs[0].title ?? '', /Decoder\.forward:x/);
    const told = await eventually(
      () => hoverAt(document, 'self.up1 ='),
      (each) => each.includes('(2, 32, 20, 24)'),
    );
    assert.match(told, /set by you/);
    await answering([''], command('setInputShape', reference(document, 'nn.ConvTranspose2d(base * 2')));
    await eventually(
      () => hoverAt(document, 'self.up1 ='),
      (each) => each.includes('(N, 32, 32, 32)'),
    );
  });

  it('is remembered for the file when it is closed and opened again', async () => {
    const [folder] = vscode.workspace.workspaceFolders ?? [];
    const uri = vscode.Uri.joinPath(folder.uri, 'remembered.py');
    await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode(DECODER));
    try {
      const first = await vscode.workspace.openTextDocument(uri);
      await vscode.window.showTextDocument(first);
      await answering(['(1, 64, 7, 7)'], command('setInputShape', reference(first, 'nn.ConvTranspose2d(base * 2')));
      await closeAll();
      const again = await vscode.workspace.openTextDocument(uri);
      assert.match(
        await eventually(
          () => hoverAt(again, 'self.up1 ='),
          (each) => each !== '',
        ),
        /\(1, 32, 14, 14\)/,
      );
      await answering([''], command('setInputShape', reference(again, 'nn.ConvTranspose2d(base * 2')));
    } finally {
      await vscode.workspace.fs.delete(uri);
    }
  });
});

describe('Set Input Shape', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  const FUNCTION = python`
    import torch.nn as nn
    def double(x):
        up = nn.ConvTranspose2d(3, 8, 2, stride=2)
        return up(x)
    class Net(nn.Module):
        def __init__(self):
            super().__init__()
            self.idle = nn.Conv2d(3, 8, 3)
            self.conv = nn.Conv2d(3, 8, 3)
        def forward(self, y):
            return self.conv(y)
  `;

  it('takes effect for a layer that is used in a plain function', async () => {
    const document = await untitled(FUNCTION);
    const asked = await answering(
      ['(2, 3, 5, 7)'],
      command('setInputShape', reference(document, 'nn.ConvTranspose2d')),
    );
    assert.match(asked.inputs[0].title ?? '', /double:x/);
    const told = await eventually(
      () => hoverAt(document, 'nn.ConvTranspose2d'),
      (each) => each.includes('(2, 8, 10, 14)'),
    );
    assert.match(told, /set by you/);
    await answering([''], command('setInputShape', reference(document, 'nn.ConvTranspose2d')));
  });

  it('asks about no other layer for one that nobody calls', async () => {
    const document = await untitled(FUNCTION);
    const asked = await answering([], command('setInputShape', reference(document, 'nn.Conv2d(3')));
    assert.deepEqual([asked.inputs, asked.lists], [[], []]);
  });
});

describe('Copy as …', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  const KERAS = python`
    import keras
    x = keras.Input(shape=(16, 16, 3))
    y = keras.layers.Conv2DTranspose(8, 3, strides=2, padding='same')(x)
  `;
  const cases: readonly (readonly [label: string, code: string, call: string, wanted: string])[] = [
    [
      'Call with the numbers in it',
      DECODER,
      'nn.ConvTranspose2d(base * 2',
      'torch.nn.ConvTranspose2d(in_channels=64, out_channels=32, kernel_size=4, stride=2, padding=1, output_padding=0, groups=1, bias=True, dilation=1',
    ],
    [
      'Call as written',
      DECODER,
      'nn.ConvTranspose2d(base * 2',
      'nn.ConvTranspose2d(base * 2, base, 4, stride=2, padding=1)',
    ],
    ['Output shape', DECODER, 'nn.ConvTranspose2d(base * 2', '(N, 32, 32, 32)'],
    ['Input and output shape', DECODER, 'nn.ConvTranspose2d(base * 2', '# (N, 64, 16, 16) -> (N, 32, 32, 32)'],
    [
      'PyTorch equivalent',
      KERAS,
      'keras.layers.Conv2DTranspose',
      'nn.ConvTranspose2d(3, 8, 3, stride=2)\n# y[..., 0:32, 0:32]',
    ],
    ['Size formula as LaTeX', DECODER, 'nn.ConvTranspose2d(base * 2', 'o = (i - 1)'],
  ];
  for (const [label, code, call, wanted] of cases) {
    it(label, async () => {
      const document = await untitled(code);
      const copied: string[] = [];
      const before = Object.getOwnPropertyDescriptor(vscode.env, 'clipboard')!;
      Object.defineProperty(vscode.env, 'clipboard', {
        configurable: true,
        value: { writeText: async (text: string) => void copied.push(text) },
      });
      try {
        await answering([[label]], command('copyCallAs', reference(document, call)));
      } finally {
        Object.defineProperty(vscode.env, 'clipboard', before);
      }
      assert.ok(copied[0]?.startsWith(wanted), copied[0]);
    });
  }
});

describe('Find Convolution for Sizes', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  it('asks for sizes and limits, ranks the answers, and inserts the one chosen', async () => {
    const document = await untitled('import torch.nn as nn\nup = ');
    vscode.window.activeTextEditor!.selection = new vscode.Selection(1, 5, 1, 5);
    const asked = await answering(
      [
        ['Transposed'],
        '16',
        '32',
        ['Even overlap'],
        ['nn.ConvTranspose1d(in_channels, out_channels, kernel_size=4, stride=2, padding=1)'],
      ],
      command('findConvolution'),
    );
    const found = asked.lists[2];
    assert.ok(found.length > 3);
    // No checkerboard: no kernel of 3 under a stride of 2.
    assert.deepEqual(
      found.filter((each) => /kernel_size=3, stride=2/.test(each)),
      [],
    );
    await eventually(
      () => document.lineAt(1).text,
      (line) => line === 'up = nn.ConvTranspose1d(in_channels, out_channels, kernel_size=4, stride=2, padding=1)',
    );
  });

  it('stays within kernel 9 and stride 8, or less when asked', async () => {
    await untitled('import torch.nn as nn\n');
    const largest = (labels: readonly string[], name: string): number =>
      Math.max(...labels.map((label) => Number(new RegExp(`${name}=(\\d+)`).exec(label)?.[1] ?? 1)));
    const wide = await answering([['Transposed'], '8', '64', [], []], command('findConvolution'));
    assert.deepEqual([largest(wide.lists[2], 'kernel_size'), largest(wide.lists[2], 'stride')], [9, 8]);
    const narrow = await answering(
      [['Convolution'], '64', '32', ['Kernel up to 5', 'Stride up to 2'], []],
      command('findConvolution'),
    );
    assert.deepEqual([largest(narrow.lists[2], 'kernel_size'), largest(narrow.lists[2], 'stride')], [5, 2]);
  });

  it('speaks Keras when asked', async () => {
    await untitled('import keras\n');
    const asked = await answering([['Transposed'], '16 x 16', '32', ['Keras'], []], command('findConvolution'));
    assert.ok(
      asked.lists[2].includes("layers.Conv2DTranspose(out_channels, 2, strides=2, padding='same')"),
      asked.lists[2].join('\n'),
    );
  });

  it('inverts a given convolution exactly', async () => {
    await untitled('import torch.nn as nn\n');
    const asked = await answering(
      [['Transposed convolution that inverts'], '3, 2, 1, 1', '32 x 33', []],
      command('findConvolution'),
    );
    assert.deepEqual(asked.lists[1], [
      'nn.ConvTranspose2d(in_channels, out_channels, kernel_size=3, stride=2, padding=1, output_padding=(1, 0))',
    ]);
  });

  it('opens the inspector with the answer where there is no Python to insert it into', async () => {
    await closeAll();
    await answering(
      [
        ['Transposed'],
        '16',
        '32',
        [],
        ['nn.ConvTranspose1d(in_channels, out_channels, kernel_size=4, stride=2, padding=1)'],
      ],
      command('findConvolution'),
    );
    await eventually(
      () => vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs),
      (tabs) => tabs.some(({ input }) => input instanceof vscode.TabInputCustom),
    );
  });

  const actionsAt = async (document: vscode.TextDocument, text: string): Promise<vscode.CodeAction[]> => {
    const place = at(document, text);
    return vscode.commands.executeCommand<vscode.CodeAction[]>(
      'vscode.executeCodeActionProvider',
      document.uri,
      new vscode.Range(place, place),
    );
  };
  const runAction = async (
    document: vscode.TextDocument,
    text: string,
    title: string,
  ): Promise<() => Thenable<unknown>> => {
    const actions = await eventually(
      () => actionsAt(document, text),
      (found) => found.some((each) => each.title.startsWith(title)),
    );
    const { command: asked } = actions.find((each) => each.title.startsWith(title))!;
    return () => vscode.commands.executeCommand(asked!.command, ...((asked!.arguments ?? []) as unknown[]));
  };

  it('is offered on a call, with its sizes filled in, and changes the call', async () => {
    const document = await untitled(DECODER);
    const run = await runAction(document, 'nn.ConvTranspose2d(base * 2', 'Find convolutions for these sizes');
    const asked = await answering(
      ['33', [], ['nn.ConvTranspose2d(in_channels, out_channels, kernel_size=3, stride=2)']],
      run,
    );
    assert.equal(asked.inputs[0].value, '32 x 32');
    await eventually(
      () => hoverAt(document, 'self.up1 ='),
      (told) => told.includes('(N, 32, 33, 33)'),
    );
    assert.equal(
      document.lineAt(7).text.trim(),
      'self.up1 = nn.ConvTranspose2d(base * 2, base, 3, stride=2, padding=0)',
    );
    await vscode.commands.executeCommand('undo');
    await eventually(
      () => document.lineAt(7).text.trim(),
      (line) => line === 'self.up1 = nn.ConvTranspose2d(base * 2, base, 4, stride=2, padding=1)',
    );
  });

  it('is offered on a convolution for its inverse, which goes below it', async () => {
    const document = await untitled(
      python`
        import torch
        import torch.nn as nn
        y = nn.Conv2d(3, 8, 3, stride=2, padding=1)(torch.zeros(1, 3, 32, 32))
      `,
    );
    const run = await runAction(document, 'nn.Conv2d(3', 'Find the transposed convolution that inverts this');
    await answering([['nn.ConvTranspose2d']], run);
    await eventually(
      () => document.lineAt(3).text,
      (line) =>
        line === 'nn.ConvTranspose2d(in_channels, out_channels, kernel_size=3, stride=2, padding=1, output_padding=1)',
    );
  });
});
