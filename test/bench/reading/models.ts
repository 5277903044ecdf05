/** A U-Net of its own blocks, and an example call; `stem` is a class of the file that it begins with, if any. */
function unet(name: string, width: number, stem: string | undefined): string[] {
  return [
    `class Block${name}(nn.Module):`,
    '    def __init__(self, cin, cout):',
    '        super().__init__()',
    '        self.body = nn.Sequential(',
    '            nn.Conv2d(cin, cout, 3, padding=1),',
    '            nn.BatchNorm2d(cout),',
    '            nn.ReLU(inplace=True),',
    '            nn.Conv2d(cout, cout, 3, padding=1),',
    '        )',
    '',
    '    def forward(self, x):',
    '        return self.body(x)',
    '',
    `class Net${name}(nn.Module):`,
    `    def __init__(self, width=${width}):`,
    '        super().__init__()',
    `        self.enc = ${stem ?? `Block${name}`}(3, width)`,
    '        self.pool = nn.MaxPool2d(2)',
    `        self.mid = Block${name}(width, width * 2)`,
    '        self.up = nn.ConvTranspose2d(width * 2, width, 2, stride=2)',
    `        self.dec = Block${name}(width * 2, width)`,
    '',
    '    def forward(self, x):',
    '        e = self.enc(x)',
    '        d = self.up(self.mid(self.pool(e)))',
    '        return self.dec(torch.cat([d, e], dim=1))',
    '',
    `y${name} = Net${name}()(torch.randn(1, 3, 64, 64))`,
    '',
  ];
}

const HEAD = ['import torch', 'import torch.nn as nn', ''];

/**
 * A file of about this many lines: models with blocks and an example call. Files of different seeds have no layer in
 * common.
 */
export function modelFile(lines: number, seed: number): string {
  const parts = [...HEAD];
  for (let index = 0; parts.length < lines; index++)
    parts.push(...unet(`${seed}_${index}`, 8 * (seed + 2) + 2 * (index % 4), undefined));
  return `${parts.join('\n')}\n`;
}

/** The same, but every model begins with one and the same block: whoever changes that changes them all. */
export function sharedBlockFile(lines: number): string {
  const parts = [...HEAD, ...unet('Shared', 32, undefined).slice(0, 13)];
  for (let index = 0; parts.length < lines; index++) parts.push(...unet(String(index), 32, 'BlockShared'));
  return `${parts.join('\n')}\n`;
}
