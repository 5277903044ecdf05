import * as vscode from 'vscode';

/** What is made when it is asked for first, and is the same from then on. */
export function once<Made>(make: () => Promise<Made>): () => Promise<Made> {
  let made: Promise<Made> | undefined;
  return () => (made ??= make());
}

/**
 * Commands of a room that is not loaded yet. The first that is called loads it, and is called again: `load` disposes of
 * these before the room registers its own under the same names.
 */
export function commandsOf(names: readonly string[], load: () => Promise<unknown>): vscode.Disposable {
  return vscode.Disposable.from(
    ...names.map((name) =>
      vscode.commands.registerCommand(name, async (...given: readonly unknown[]) => {
        await load();
        return vscode.commands.executeCommand(name, ...given);
      }),
    ),
  );
}

/** An editor of which every change can be undone. */
type Editor<Model extends vscode.CustomDocument> = vscode.CustomEditorProvider<Model> & {
  readonly onDidChangeCustomDocument: vscode.Event<vscode.CustomDocumentEditEvent<Model>>;
};

/** The editor of a kind of documents, which is loaded when the first of them is opened. */
export class EditorStandIn<Model extends vscode.CustomDocument> implements Editor<Model> {
  private readonly changed = new vscode.EventEmitter<vscode.CustomDocumentEditEvent<Model>>();
  readonly onDidChangeCustomDocument = this.changed.event;
  private readonly editor: () => Promise<Editor<Model>>;

  constructor(load: () => Promise<Editor<Model>>) {
    this.editor = once(async () => {
      const editor = await load();
      editor.onDidChangeCustomDocument((change) => {
        this.changed.fire(change);
      });
      return editor;
    });
  }

  async openCustomDocument(...given: Parameters<Editor<Model>['openCustomDocument']>): Promise<Model> {
    return (await this.editor()).openCustomDocument(...given);
  }

  async resolveCustomEditor(...given: Parameters<Editor<Model>['resolveCustomEditor']>): Promise<void> {
    await (await this.editor()).resolveCustomEditor(...given);
  }

  async saveCustomDocument(...given: Parameters<Editor<Model>['saveCustomDocument']>): Promise<void> {
    await (await this.editor()).saveCustomDocument(...given);
  }

  async saveCustomDocumentAs(...given: Parameters<Editor<Model>['saveCustomDocumentAs']>): Promise<void> {
    await (await this.editor()).saveCustomDocumentAs(...given);
  }

  async revertCustomDocument(...given: Parameters<Editor<Model>['revertCustomDocument']>): Promise<void> {
    await (await this.editor()).revertCustomDocument(...given);
  }

  async backupCustomDocument(
    ...given: Parameters<Editor<Model>['backupCustomDocument']>
  ): Promise<vscode.CustomDocumentBackup> {
    return (await this.editor()).backupCustomDocument(...given);
  }
}

/** A tool for language models that is loaded when one asks for it. */
export function toolStandIn(load: () => Promise<vscode.LanguageModelTool<unknown>>): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: async (...given) => (await load()).prepareInvocation?.(...given),
    invoke: async (...given) => (await load()).invoke(...given),
  };
}
