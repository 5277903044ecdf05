import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Workbench } from './workbench';

/** A network of one layer, small enough to be read from the page: 2×2 becomes 4×4. */
export const NET = `import torch
import torch.nn as nn
from safetensors.torch import load_file


class Up(nn.Module):
    def __init__(self):
        super().__init__()
        self.up = nn.ConvTranspose2d(1, 1, 2, stride=2)

    def forward(self, x):  # x: (1, 1, 2, 2)
        return self.up(x)


net = Up()
net.load_state_dict(load_file("up.safetensors"))
`;

/** A file of float32 tensors as safetensors lays it out: the header's length, the header, the numbers. */
export function safetensorsOf(
  tensors: Readonly<Record<string, { readonly shape: readonly number[]; readonly values: readonly number[] }>>,
): Uint8Array {
  let at = 0;
  const header: Record<string, unknown> = {};
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype: 'F32', shape, data_offsets: [at, at + values.length * 4] };
    at += values.length * 4;
  }
  const text = new TextEncoder().encode(JSON.stringify(header));
  const length = new Uint8Array(8);
  new DataView(length.buffer).setUint32(0, text.length, true);
  const numbers = new Uint8Array(Float32Array.from(Object.values(tensors).flatMap(({ values }) => values)).buffer);
  return Uint8Array.from([...length, ...text, ...numbers]);
}

/** The network and, if there are any, its weights; below so many lines of comments. */
export async function writeNet(folder: string, weights?: Uint8Array, below = 0): Promise<void> {
  await writeFile(join(folder, 'up.py'), '#\n'.repeat(below) + NET);
  if (weights) await writeFile(join(folder, 'up.safetensors'), weights);
}

/** Puts the cursor there, counted from 1, in the editor in front. */
export async function goTo({ page }: Workbench, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  const palette = page.locator('.quick-input-widget');
  await palette.locator('input').fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await palette.waitFor({ state: 'hidden' });
}

/** An encoder and its decoder: 100 → 50 → 12 → 48 → 96. */
export const CHAIN = `import torch
import torch.nn as nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.enc1 = nn.Conv2d(1, 2, 4, stride=2, padding=1)
        self.enc2 = nn.Conv2d(2, 2, 4, stride=4)
        self.dec1 = nn.ConvTranspose2d(2, 2, 4, stride=4)
        self.dec2 = nn.ConvTranspose2d(2, 1, 4, stride=2, padding=1)

    def forward(self, x):  # x: (1, 1, 100, 100)
        return self.dec2(self.dec1(self.enc2(torch.relu(self.enc1(x)))))
`;
