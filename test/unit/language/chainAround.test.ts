import assert from 'node:assert/strict';
import { sizesOf } from '../../../src/core/chain/sizes';
import { parseStage } from '../../../src/core/chain/text';
import { chainAround, type ChainDraft } from '../../../src/language/chainAround';
import { analyzeModule } from '../../../src/python';

const TORCH = 'import torch\nimport torch.nn as nn\nimport torch.nn.functional as F\n';

/** Of the first use of the call that stands at this text. */
function chainAt(code: string, at: string): ChainDraft | undefined {
  const text = `${TORCH}${code}\n`;
  const { reports } = analyzeModule({ path: 'm.py', text });
  const offset = text.indexOf(at);
  const report = reports.find(({ span }) => span.start === offset);
  assert.ok(report, at);
  return chainAround(reports, report, report.uses[0]);
}

const autoencoder = `
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc1 = nn.Conv2d(3, 8, 4, stride=2, padding=1)
        self.enc2 = nn.Conv2d(8, 16, 4, stride=4)
        self.dec1 = nn.ConvTranspose2d(16, 8, 4, stride=4)
        self.dec2 = nn.ConvTranspose2d(8, 3, 4, stride=2, padding=1)

    def forward(self, x):
        x = F.relu(self.enc1(x))
        x = F.relu(self.enc2(x))
        return self.dec2(self.dec1(x))

Net()(torch.zeros(1, 3, 100, 100))
`;

describe('the chain around a call', () => {
  it('is all that runs one after another, from whichever of them it is asked', () => {
    for (const at of ['nn.Conv2d(3, 8', 'nn.Conv2d(8, 16', 'nn.ConvTranspose2d(16', 'nn.ConvTranspose2d(8'])
      assert.deepEqual(chainAt(autoencoder, at), {
        lines: ['conv k4 s2 p1', 'conv k4 s4', 'tconv k4 s4', 'tconv k4 s2 p1'],
        input: 100,
      });
  });

  it('has the sizes that the code has', () => {
    const chain = chainAt(autoencoder, 'nn.Conv2d(3, 8');
    assert.ok(chain);
    assert.deepEqual(sizesOf(chain.lines.map(parseStage), [chain.input]).sizes, [[100], [50], [12], [48], [96]]);
  });

  it('is nothing of a layer alone, and of branches that read the same', () => {
    assert.equal(chainAt('nn.Conv2d(1, 1, 3)(torch.zeros(1, 1, 8, 8))', 'nn.Conv2d'), undefined);
    const branches = `
a = nn.Conv2d(4, 4, 3, padding=1)
b = nn.Conv2d(4, 4, 5, padding=2)
x = torch.zeros(1, 4, 16, 16)
y = torch.cat([a(x), b(x)], 1)
`;
    for (const at of ['nn.Conv2d(4, 4, 3', 'nn.Conv2d(4, 4, 5']) assert.equal(chainAt(branches, at), undefined);
  });

  it('ends where something between changes the size, and where padding is not of zeros', () => {
    const pooled = `
x = torch.zeros(1, 1, 16, 16)
x = nn.Conv2d(1, 2, 3, padding=1)(x)
x = nn.Conv2d(2, 3, 3, padding=1)(x)
x = F.max_pool2d(x, 2)
x = nn.Conv2d(3, 4, 3, padding=1)(x)
`;
    assert.deepEqual(chainAt(pooled, 'nn.Conv2d(1, 2')?.lines, ['conv k3 s1 p1', 'conv k3 s1 p1']);
    assert.equal(chainAt(pooled, 'nn.Conv2d(3, 4'), undefined);
    const reflected = `
x = torch.zeros(1, 1, 16, 16)
x = nn.Conv2d(1, 2, 3, padding=1, padding_mode='reflect')(x)
x = nn.Conv2d(2, 3, 3, padding=1)(x)
`;
    assert.equal(chainAt(reflected, 'nn.Conv2d(2, 3'), undefined);
  });

  it('follows a signal, and what nn.Sequential holds', () => {
    const sequential = `
net = nn.Sequential(
    nn.Conv1d(1, 8, 16, stride=8, padding=4),
    nn.ReLU(),
    nn.ConvTranspose1d(8, 1, 16, stride=8, padding=8),
)
net(torch.zeros(1, 1, 16000))
`;
    assert.deepEqual(chainAt(sequential, 'nn.ConvTranspose1d'), {
      lines: ['conv k16 s8 p4', 'tconv k16 s8 p8'],
      input: 16_000,
    });
  });
});
