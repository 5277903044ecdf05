import * as vscode from 'vscode';

/**
 * What a person would answer, in order: a text for an input box, a list of labels (or beginnings of them) for a list.
 */
export type Answer = string | readonly string[];

/** What was asked meanwhile. */
export interface Asked {
  readonly inputs: vscode.InputBoxOptions[];
  /** Labels of each list that was shown. */
  readonly lists: (readonly string[])[];
}

type Item = vscode.QuickPickItem;

/**
 * Runs a command that asks, with these answers. The tests' `vscode` is the extension's own, so that its questions
 * arrive here: nothing else can answer VS Code's inputs from within the extension host.
 */
export async function answering(answers: readonly Answer[], run: () => PromiseLike<unknown>): Promise<Asked> {
  const { window } = vscode;
  const { showInputBox, showQuickPick, createQuickPick } = window;
  const left = [...answers];
  const asked: Asked = { inputs: [], lists: [] };
  const next = <Kind extends Answer>(is: (answer: Answer) => answer is Kind): Kind => {
    const answer = left.shift();
    if (answer === undefined || !is(answer))
      throw new Error(`Nobody expected this question; asked so far: ${JSON.stringify(asked)}`);
    return answer;
  };
  const isText = (answer: Answer): answer is string => typeof answer === 'string';
  const isChoice = (answer: Answer): answer is readonly string[] => typeof answer !== 'string';
  const choose = (items: readonly Item[]): Item[] => {
    asked.lists.push(items.map(({ label }) => label));
    const wanted = next(isChoice);
    return items.filter(({ label }) => wanted.some((each) => label.startsWith(each)));
  };
  let accepted: PromiseLike<unknown> = Promise.resolve();
  Object.assign(window, {
    showInputBox: async (options: vscode.InputBoxOptions) => {
      asked.inputs.push(options);
      const text = next(isText);
      const wrong = await options.validateInput?.(text);
      if (wrong) throw new Error(`"${text}" was refused: ${typeof wrong === 'string' ? wrong : wrong.message}`);
      return text;
    },
    showQuickPick: async (items: readonly Item[] | PromiseLike<readonly Item[]>, options?: vscode.QuickPickOptions) => {
      const chosen = choose(await items);
      return options?.canPickMany ? chosen : chosen[0];
    },
    createQuickPick: () => {
      let accept = (): unknown => undefined;
      const nothing = { dispose: (): void => undefined };
      const list = {
        items: [] as Item[],
        selectedItems: [] as Item[],
        onDidAccept: (listener: () => unknown) => ((accept = listener), nothing),
        onDidHide: () => nothing,
        onDidTriggerItemButton: () => nothing,
        hide: () => undefined,
        dispose: () => undefined,
        show: () => {
          list.selectedItems = choose(list.items);
          accepted = Promise.resolve(accept());
        },
      };
      return list;
    },
  });
  try {
    await run();
    await accepted;
  } finally {
    Object.assign(window, { showInputBox, showQuickPick, createQuickPick });
  }
  if (left.length > 0) throw new Error(`Never asked: ${JSON.stringify(left)}`);
  return asked;
}
