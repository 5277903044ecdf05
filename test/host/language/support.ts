import assert from 'node:assert/strict';
import * as vscode from 'vscode';

/** A decoder whose every shape can be told: one constructor is right, one restores a size that is off by one. */
export const DECODER = `import torch
import torch.nn as nn


class Decoder(nn.Module):
    def __init__(self, base=32):
        super().__init__()
        self.up1 = nn.ConvTranspose2d(base * 2, base, 4, stride=2, padding=1)
        self.up2 = nn.ConvTranspose2d(base, 3, kernel_size=3, stride=2, padding=1, output_padding=1)

    def forward(self, x):  # x: (N, 64, 16, 16)
        x = torch.relu(self.up1(x))
        return torch.tanh(self.up2(x))
`;

export const ILLEGAL = `import torch.nn as nn

up = nn.ConvTranspose2d(8, 4, 3, stride=2, output_padding=2)
`;

export async function untitled(content: string): Promise<vscode.TextDocument> {
  // While an untitled document is being closed, VS Code may give its name, and with that its text, to the next one.
  const document = await eventually(
    () => vscode.workspace.openTextDocument({ language: 'python', content }),
    (opened) => opened.getText() === content,
  );
  await vscode.window.showTextDocument(document);
  return document;
}

/** The position in the middle of a text's first occurrence. */
export function at(document: vscode.TextDocument, text: string): vscode.Position {
  const offset = document.getText().indexOf(text);
  assert.ok(offset >= 0, `The document has no ${text}.`);
  return document.positionAt(offset + Math.floor(text.length / 2));
}

export function markdownOf(hovers: readonly vscode.Hover[]): string {
  return hovers.flatMap(({ contents }) => contents.map((each) => (each as vscode.MarkdownString).value)).join('\n');
}

export async function hoverAt(document: vscode.TextDocument, text: string): Promise<string> {
  return markdownOf(
    await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at(document, text),
    ),
  );
}

type Post = (message: { readonly method?: string }, ...rest: unknown[]) => void;
/** What posts to a thread, in either extension host: a web worker's prototype, or a worker's of Node. */
const posting = (): { postMessage: Post } => {
  const { Worker: web } = globalThis as { readonly Worker?: { readonly prototype: { postMessage: Post } } };
  return web?.prototype ?? (process.getBuiltinModule('node:worker_threads').Worker.prototype as { postMessage: Post });
};

/** The methods that threads of the extension are asked for meanwhile. The tests run where it runs. */
export async function askedOfThreads(run: () => Promise<void>): Promise<readonly string[]> {
  const asked: string[] = [];
  const prototype = posting();
  const { postMessage } = prototype;
  prototype.postMessage = function (message, ...rest) {
    if (message.method !== undefined) asked.push(message.method);
    Reflect.apply(postMessage, this, [message, ...rest]);
  };
  try {
    await run();
  } finally {
    prototype.postMessage = postMessage;
  }
  return asked;
}

/** Asks again until the answer is right: what the editor shows follows the text by a moment. */
export async function eventually<Value>(
  ask: () => Value | PromiseLike<Value>,
  isRight: (value: Value) => boolean,
  patience = 10_000,
): Promise<Value> {
  const until = Date.now() + patience;
  for (;;) {
    const value = await ask();
    if (isRight(value)) return value;
    if (Date.now() > until) throw new Error(`Still: ${JSON.stringify(value)?.slice(0, 500)}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export async function setting(name: string, value: unknown): Promise<void> {
  await vscode.workspace.getConfiguration('transposedConv').update(name, value, vscode.ConfigurationTarget.Global);
}

export async function closeAll(): Promise<void> {
  await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  await vscode.commands.executeCommand('workbench.action.closeAllEditors');
}
