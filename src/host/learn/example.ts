import * as vscode from 'vscode';

/** A generator as people write it, whose last layer has a size that is worth a look. */
const EXAMPLE = `import torch
from torch import nn


class Generator(nn.Module):
    def __init__(self):
        super().__init__()
        self.up1 = nn.ConvTranspose2d(128, 64, kernel_size=4, stride=2, padding=1)
        self.up2 = nn.ConvTranspose2d(64, 32, kernel_size=3, stride=2, padding=1)
        self.out = nn.Conv2d(32, 3, kernel_size=3, padding=1)

    def forward(self, x):
        x = torch.relu(self.up1(x))
        x = torch.relu(self.up2(x))
        return torch.tanh(self.out(x))


image = Generator()(torch.zeros(1, 128, 8, 8))
`;

/** Opens a few lines of Python in which convolutions can be hovered. */
export async function openExample(): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ language: 'python', content: EXAMPLE });
  await vscode.window.showTextDocument(document);
}
