// What a layer's file gives, read as the code means it; the whole way from a hover's link is in test/ui/code.test.ts.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { python } from '../../python';
import { writeNpy } from '../../../src/core/formats/npy';
import { writeNpz } from '../../../src/core/formats/npz';
import { RARE_READERS } from '../../../src/core/formats/rare';
import { type Report, type WeightSource, analyzeModule } from '../../../src/python';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { createOpenFiles } from '../../../src/engine/files';
import { openPath } from './reachPath';
import type { Wanting } from '../../../src/protocol/engine';
import { draftOf } from '../../../src/language/draft';
import type { FileEngine } from '../../../src/host/files/openFile';
import { type LayerWeights, findFile, readWeights } from '../../../src/host/language/weightFile';

const files = createOpenFiles({ shares: false, openPath, rareReaders: () => RARE_READERS });
/** A file on this machine leaves nothing to want. */
function settled<Answer extends object>(answer: Answer | Wanting): Answer {
  assert.ok(!('wants' in answer));
  return answer;
}
/** Reads as the compute thread does, here. */
const engine: FileEngine = {
  openFile: async (call) => settled(files.open(call)),
  readTensor: async (call) => settled(files.read(call)),
  closeFile: files.close,
};

const TORCH = python`
  import torch
  import torch.nn as nn
  import numpy as np
  up = nn.ConvTranspose2d(1, 2, 2)
  y = up(torch.zeros(1, 1, 4, 4))
`;
const KERAS = python`
  import keras
  import numpy as np
  up = keras.layers.Conv2DTranspose(2, 2)
  y = up(keras.Input((4, 4, 1)))
`;
const eight = [1, 2, 3, 4, 5, 6, 7, 8];

describe('a layer’s weight file', () => {
  const [folder] = vscode.workspace.workspaceFolders ?? [];
  const place = vscode.Uri.joinPath(folder.uri, 'weight-files');
  const script = vscode.Uri.joinPath(place, 'code', 'net.py');
  after(() => vscode.workspace.fs.delete(place, { recursive: true }));

  async function read(code: string, file: string, bytes: Uint8Array): Promise<LayerWeights> {
    await vscode.workspace.fs.writeFile(vscode.Uri.joinPath(place, 'code', file), bytes);
    const [report] = analyzeModule({ path: script.toString(), text: code }).reports as [
      Report & { weights: readonly [WeightSource] },
    ];
    const uri = await findFile(report.weights[0]);
    assert.ok(uri);
    assert.equal(uri.path.split('/').at(-1), file);
    return readWeights(
      engine,
      report,
      report.weights[0],
      uri,
      draftOf(report, report.uses[0], script, new vscode.Range(0, 0, 0, 0))!,
    );
  }
  const refused = (pattern: RegExp) => (error: Error & { problems?: readonly { message: string }[] }) =>
    pattern.test(error.problems?.[0].message ?? '');

  it('is looked for beside the code, and in the folders above', async () => {
    await vscode.workspace.fs.writeFile(
      vscode.Uri.joinPath(place, 'above.npy'),
      writeNpy(tensorOf('float32', [1], [1])),
    );
    const uri = await findFile({ path: 'above.npy', by: script.toString() });
    assert.ok(uri);
    assert.equal(uri.path, vscode.Uri.joinPath(place, 'above.npy').path);
    assert.equal(await findFile({ path: 'nowhere.npy', by: script.toString() }), undefined);
    assert.equal((await findFile({ path: uri.toString(), by: '' }))?.path, uri.path);
  });

  it('has a member of the layer’s name, perhaps behind a wrapper’s, and a bias beside it', async () => {
    const loading = python`
      up.load_state_dict({})
      net = nn.Sequential(up)
      net.load_state_dict(torch.load('w.npz'))
    `;
    const { weight, bias } = await read(
      TORCH + loading,
      'w.npz',
      writeNpz({
        'module.0.weight': tensorOf('float32', [1, 2, 2, 2], eight),
        'module.0.bias': tensorOf('float32', [2], [9, 10]),
        'module.1.weight': tensorOf('float32', [1], [0]),
      }),
    );
    assert.deepEqual([Array.from(weight.data), Array.from(bias?.data ?? [])], [eight, [9, 10]]);
  });

  it('has the names that Flax and Keras give to a layer’s kernel and bias', async () => {
    const loading = `${TORCH}nn.Sequential(up).load_state_dict(torch.load('named.npz'))\n`;
    const [one, two] = [tensorOf('float32', [1, 2, 2, 2], eight), tensorOf('float32', [2], [9, 10])];
    for (const [kernel, bias] of [
      ['params/0/kernel', 'params/0/bias'],
      ['0/vars/0', '0/vars/1'],
    ]) {
      const found = await read(loading, 'named.npz', writeNpz({ [kernel]: one, [bias]: two }));
      assert.deepEqual([Array.from(found.weight.data), Array.from(found.bias?.data ?? [])], [eight, [9, 10]]);
    }
  });

  it('of Keras is turned into PyTorch’s order', async () => {
    // (k, k, out, in) of Keras; PyTorch has (in, out, k, k).
    const { weight } = await read(
      `${KERAS}up.set_weights([np.load('k.npy')])\n`,
      'k.npy',
      writeNpy(tensorOf('float32', [2, 2, 2, 1], eight)),
    );
    assert.deepEqual(
      [weight.shape, Array.from(weight.data)],
      [
        [1, 2, 2, 2],
        [1, 3, 5, 7, 2, 4, 6, 8],
      ],
    );
  });

  const bad: readonly (readonly [title: string, file: string, bytes: Uint8Array, words: RegExp])[] = [
    [
      'of another shape',
      'shape.npy',
      writeNpy(tensorOf('float32', [2, 1, 2, 2], eight)),
      /has the shape \(2, 1, 2, 2\); this layer’s weight has \(1, 2, 2, 2\)/,
    ],
    [
      'that is a pickle cut off',
      'old.pt',
      Uint8Array.of(0x80, 2, 0x8a, 10, 0x6c, 0xfc, 0x9c, 0x46, 0xf9, 0x20),
      /The file ends after 10 bytes/,
    ],
    [
      'that is HDF5 cut off',
      'k.h5',
      Uint8Array.of(0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a),
      /not an HDF5 file, or it is cut off/,
    ],
  ];
  for (const [title, file, bytes, words] of bad) {
    it(`${title} is refused in words`, async () => {
      await assert.rejects(
        read(`${TORCH}up.weight.data = torch.from_numpy(np.load('${file}'))\n`, file, bytes),
        refused(words),
      );
    });
  }

  it('without such a tensor is refused by its name', async () => {
    await assert.rejects(
      read(
        `${TORCH}up.weight.data = torch.from_numpy(np.load('many.npz')['b'])\n`,
        'many.npz',
        writeNpz({ a: tensorOf('float32', [1], [1]), c: tensorOf('float32', [1], [1]) }),
      ),
      refused(/The file many\.npz has no tensor b\./),
    );
  });
});
