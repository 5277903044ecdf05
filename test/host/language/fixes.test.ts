// Each fix as a person takes it: from the light bulb, after which the squiggle is gone and the shape is the wanted one.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { activatedApi } from '../support';
import { closeAll, eventually, hoverAt, untitled } from './support';

const TORCH = python`
  import torch
  import torch.nn as nn
  import torch.nn.functional as F
`;
const KERAS = python`
  import keras
  from keras import layers
`;

const problemsOf = (document: vscode.TextDocument): vscode.Diagnostic[] =>
  vscode.languages
    .getDiagnostics(document.uri)
    .filter(
      ({ source, severity }) => source === 'Transposed Conv' && severity !== vscode.DiagnosticSeverity.Information,
    );
const actionsAt = (document: vscode.TextDocument, range: vscode.Range): Thenable<vscode.CodeAction[]> =>
  vscode.commands.executeCommand('vscode.executeCodeActionProvider', document.uri, range);

describe('quick fixes', () => {
  before(() => activatedApi());
  afterEach(closeAll);

  const cases: readonly (readonly [
    title: string,
    code: string,
    problem: string,
    fix: string,
    line: string,
    hover: readonly [text: string, shape: string],
  ])[] = [
    [
      'the output padding that restores the encoder’s size',
      TORCH +
        python`
          x = torch.zeros(1, 4, 16, 16)
          y = nn.Conv2d(4, 8, 3, 2, 1)(x)
          z = torch.cat([x, nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1)(y)], 1)
        `,
      'cannot-restore',
      'Set output_padding=1',
      'z = torch.cat([x, nn.ConvTranspose2d(8, 4, 3, stride=2, padding=1, output_padding=1)(y)], 1)',
      ['nn.ConvTranspose2d', '(1, 4, 16, 16)'],
    ],
    [
      'the padding that restores it',
      TORCH +
        python`
          x = torch.zeros(1, 4, 12, 12)
          y = nn.Conv2d(4, 8, 4, 2, 1)(x)
          z = x + nn.ConvTranspose2d(8, 4, 4, 2, 0)(y)
        `,
      'broadcast-mismatch',
      'Set padding=1',
      'z = x + nn.ConvTranspose2d(8, 4, 4, 2, 1)(y)',
      ['nn.ConvTranspose2d', '(1, 4, 12, 12)'],
    ],
    [
      'the output padding under a loss',
      TORCH +
        python`
          x = torch.zeros(1, 1, 28, 28)
          y = nn.Conv2d(1, 8, 3, 2, 1)(x)
          loss = nn.BCELoss()(nn.ConvTranspose2d(8, 1, 3, 2, 1)(y), x)
        `,
      'loss-size',
      'Set output_padding=1',
      'loss = nn.BCELoss()(nn.ConvTranspose2d(8, 1, 3, 2, 1, output_padding=1)(y), x)',
      ['nn.ConvTranspose2d', '(1, 1, 28, 28)'],
    ],
    [
      'channels the wrong way round',
      `${TORCH}y = nn.Conv2d(8, 4, 3)(torch.zeros(1, 4, 9, 9))\n`,
      'channels-mismatch',
      'Swap in_channels and out_channels',
      'y = nn.Conv2d(4, 8, 3)(torch.zeros(1, 4, 9, 9))',
      ['nn.Conv2d', '(1, 8, 7, 7)'],
    ],
    [
      'groups and dilation the wrong way round, which only the transposed function has so',
      `${TORCH}y = F.conv_transpose2d(torch.zeros(1, 8, 4, 4), torch.zeros(8, 4, 3, 3), None, 2, 1, 1, 3, 1)\n`,
      'groups-divide',
      'Swap groups and dilation',
      'y = F.conv_transpose2d(torch.zeros(1, 8, 4, 4), torch.zeros(8, 4, 3, 3), None, 2, 1, 1, 1, 3)',
      ['F.conv_transpose2d', '(1, 4, 12, 12)'],
    ],
    [
      'a legal output padding',
      `${TORCH}y = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=2)(torch.zeros(1, 8, 4, 4))\n`,
      'output-padding-large',
      'Set output_padding=1',
      'y = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=1)(torch.zeros(1, 8, 4, 4))',
      ['nn.ConvTranspose2d', '(1, 4, 10, 10)'],
    ],
    [
      'padding in numbers where the word is refused',
      `${TORCH}y = nn.Conv2d(3, 8, 3, stride=2, padding='same')(torch.zeros(1, 3, 8, 8))\n`,
      'padding-text',
      'Set padding=1',
      'y = nn.Conv2d(3, 8, 3, stride=2, padding=1)(torch.zeros(1, 3, 8, 8))',
      ['nn.Conv2d', '(1, 8, 4, 4)'],
    ],
    [
      'Keras’s output padding that restores an odd size',
      KERAS +
        python`
          i = keras.Input((33, 33, 3))
          d = layers.Conv2D(8, 3, strides=2, padding='same')(i)
          o = layers.Concatenate()([layers.Conv2DTranspose(3, 3, strides=2, padding='same')(d), i])
        `,
      'cannot-restore',
      'Set output_padding=0',
      "o = layers.Concatenate()([layers.Conv2DTranspose(3, 3, strides=2, padding='same', output_padding=0)(d), i])",
      ['layers.Conv2DTranspose', '(N, 33, 33, 3)'],
    ],
  ];
  for (const [title, code, problem, fix, line, [text, shape]] of cases) {
    it(`${title}: ${fix}`, async () => {
      const document = await untitled(code);
      const [found] = await eventually(
        () => problemsOf(document).filter((each) => each.code === problem),
        (each) => each.length > 0,
      );
      const actions = await actionsAt(document, found.range);
      const chosen = actions.find(
        (each) => each.title === fix && each.kind?.value === vscode.CodeActionKind.QuickFix.value,
      );
      assert.ok(chosen?.edit, actions.map((each) => each.title).join('\n'));
      await vscode.workspace.applyEdit(chosen.edit);
      assert.ok(document.getText().split('\n').includes(line), document.getText());
      await eventually(
        () => problemsOf(document),
        (each) => each.length === 0,
      );
      assert.ok((await hoverAt(document, text)).includes(shape));
      await vscode.commands.executeCommand('undo');
      assert.equal(document.getText(), code);
    });
  }

  it('the exact PyTorch layer for a Keras one, or the nearest with the slice beside it', async () => {
    const document = await untitled(
      KERAS +
        python`
          x = keras.Input(shape=(16, 16, 3))
          a = layers.Conv2DTranspose(8, 4, strides=2, padding='same')(x)
          b = layers.Conv2DTranspose(8, 3, strides=2, padding='same')(x)
        `,
    );
    for (const [line, wanted] of [
      [3, 'a = nn.ConvTranspose2d(3, 8, 4, stride=2, padding=1)(x)'],
      [4, 'b = nn.ConvTranspose2d(3, 8, 3, stride=2)(x)  # y[..., 0:32, 0:32]'],
    ] as const) {
      const ask = (): Thenable<vscode.CodeAction[]> => actionsAt(document, document.lineAt(line).range);
      const actions = await eventually(ask, (each) =>
        each.some((action) => action.title.startsWith('Replace by PyTorch’s')),
      );
      await vscode.workspace.applyEdit(actions.find((each) => each.title.startsWith('Replace by PyTorch’s'))!.edit!);
      assert.equal(document.lineAt(line).text, wanted);
    }
  });
});
