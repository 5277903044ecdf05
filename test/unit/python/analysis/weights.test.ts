import assert from 'node:assert/strict';
import { TORCH, analyze } from './read';

const NET = `${TORCH}import numpy as np
import os
from pathlib import Path
from safetensors.torch import load_file, load_model
from safetensors import safe_open

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.encoder = nn.Sequential(nn.Conv2d(3, 8, 3), nn.ReLU(), nn.Conv2d(8, 8, 3))
        self.up1 = nn.ConvTranspose2d(8, 3, 4, stride=2)

    def forward(self, x):
        return self.up1(self.encoder(x))

net = Net()
`;

/** `file#tensor` of every call that has one, in order. */
const told = (text: string): string[] =>
  analyze(text).reports.flatMap(({ weights = [] }) =>
    weights.map(({ path, name }) => `${path}${name === undefined ? '' : `#${name}`}`),
  );

describe('the file that a layer’s weights come from', () => {
  const all = (path: string): string[] => [
    `${path}#encoder.0.weight`,
    `${path}#encoder.2.weight`,
    `${path}#up1.weight`,
  ];
  const cases: readonly (readonly [title: string, body: string, wanted: readonly string[]])[] = [
    ['a state read and loaded', 'state = torch.load("unet.pt")\nnet.load_state_dict(state)\n', all('unet.pt')],
    [
      'in one expression, under a constant',
      'PATH = "w.safetensors"\nnet.load_state_dict(load_file(PATH, device="cpu"), strict=False)\n',
      all('w.safetensors'),
    ],
    ['by safetensors itself', 'load_model(net, "w.safetensors")\n', all('w.safetensors')],
    [
      'a checkpoint that holds the state',
      'net.load_state_dict(torch.load("ck.pth", map_location="cpu")["state_dict"])\n',
      all('ck.pth'),
    ],
    [
      'in a function that nothing calls',
      'def restore(path="a.safetensors"):\n    net = Net()\n    net.load_state_dict(load_file(path))\n    return net\n',
      all('a.safetensors'),
    ],
    [
      'a path put together',
      'net.load_state_dict(load_file(os.path.join("runs", "best", "w.safetensors")))\n',
      all('runs/best/w.safetensors'),
    ],
    [
      'a path beside the code',
      'HERE = Path(__file__).parent\nnet.load_state_dict(load_file(HERE / "w.safetensors"))\n',
      all('/project/w.safetensors'),
    ],
    ['an array given to a layer', 'net.up1.weight = nn.Parameter(torch.from_numpy(np.load("w.npy")))\n', ['w.npy']],
    [
      'an array copied into a layer',
      'with torch.no_grad():\n    net.up1.weight.copy_(torch.tensor(np.load("w.npz")["up"]).float())\n',
      ['w.npz#up'],
    ],
    ['an array put into a layer’s data', 'net.up1.weight.data = torch.from_numpy(np.load("w.npy"))\n', ['w.npy']],
    [
      'one tensor of an open file',
      'with safe_open("w.safetensors", framework="pt") as f:\n    net.up1.weight.data = f.get_tensor("decoder.up1.weight")\n',
      ['w.safetensors#decoder.up1.weight'],
    ],
    [
      'an array given to a function',
      'y = F.conv_transpose2d(torch.zeros(1, 8, 4, 4), torch.from_numpy(np.load("w.npy")), stride=2)\n',
      ['w.npy'],
    ],
    [
      'arrays set on a layer of Keras',
      'import keras\nup = keras.layers.Conv2DTranspose(3, 4)\nup(keras.Input((8, 8, 2)))\nup.set_weights([np.load("k.npy"), np.load("b.npy")])\n',
      ['k.npy'],
    ],
    [
      'the one read last',
      'net.load_state_dict(load_file("old.safetensors"))\nnet.up1.weight.data = torch.from_numpy(np.load("w.npy"))\n',
      ['old.safetensors#encoder.0.weight', 'old.safetensors#encoder.2.weight', 'w.npy', 'old.safetensors#up1.weight'],
    ],
    [
      'an array of a file of HDF5, of MATLAB, or of a checkpoint of TensorFlow',
      `import h5py, scipy.io, tensorflow as tf
net.up1.weight.data = torch.from_numpy(h5py.File("w.h5")["up/kernel"])
net.up1.weight.data = torch.from_numpy(scipy.io.loadmat("w.mat")["k"])
net.up1.weight.data = torch.from_numpy(tf.train.load_checkpoint("runs/ckpt-1").get_tensor("up/kernel"))
`,
      ['runs/ckpt-1#up/kernel', 'w.mat#k', 'w.h5#up/kernel'],
    ],
    ['nothing, of a path that is not known', 'import sys\nnet.load_state_dict(load_file(sys.argv[1]))\n', []],
    [
      'nothing, of a state that was made anew',
      'state = {k: v * 2 for k, v in load_file("w.safetensors").items()}\nnet.load_state_dict(state)\n',
      [],
    ],
  ];
  for (const [title, body, wanted] of cases) {
    it(title, () => {
      assert.deepEqual(told(NET + body), wanted);
    });
  }

  it('is told to the file that makes the layer by the file that reads the weights', () => {
    const text = NET.replace('net = Net()\n', '');
    const script = {
      path: '/project/train.py',
      text: 'from model import Net\nfrom safetensors.torch import load_file\nNet().load_state_dict(load_file("w.safetensors"))\n',
      version: 1,
    };
    const model = { path: '/project/model.py', text, version: 1 };
    const project = {
      resolve: (_from: string, module: string) => (module === 'model' ? model : undefined),
      importers: () => [script],
    };
    const { reports } = analyze(text, { project });
    assert.deepEqual(
      reports.map(({ weights }) => weights?.map(({ name, by }) => `${by} ${name}`)),
      [
        ['/project/train.py encoder.0.weight'],
        ['/project/train.py encoder.2.weight'],
        ['/project/train.py up1.weight'],
      ],
    );
  });

  it('survives an edit elsewhere, when only what has changed is read again', () => {
    const text = `${NET}net.load_state_dict(torch.load("unet.pt"))\n`;
    const changed = `${text}\nWIDTH = 3\n`;
    const again = analyze(changed, { previous: analyze(text) });
    assert.deepEqual(
      again.reports.map(({ weights }) => weights?.[0].name),
      ['encoder.0.weight', 'encoder.2.weight', 'up1.weight'],
    );
  });
});
