// Programs of Python's under a real debugger, through VS Code's own debugging.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { TransposedConvApi } from '../../src/host/api';
import { activatedApi, extensionId, until } from './support';

interface TestDebugger {
  readonly python: string | undefined;
  start(program: string, ...args: readonly string[]): Promise<{ readonly port: number; end(): void }>;
}

type Frame = vscode.DebugStackFrame;

const frameOf = (item: typeof vscode.debug.activeStackItem): Frame | undefined =>
  item && 'frameId' in item ? item : undefined;

describe('a program that has stopped in VS Code’s debugger', () => {
  let api: TransposedConvApi;
  let tools: TestDebugger;

  const program = (name: string): string => {
    const extension = vscode.extensions.getExtension(extensionId);
    return vscode.Uri.joinPath(extension!.extensionUri, 'test/live/programs', name).fsPath;
  };

  before(async function () {
    const extension = vscode.extensions.getExtension<TestDebugger>('transposed-conv.test-debugger');
    if (!extension) {
      this.skip();
      return;
    }
    tools = await extension.activate();
    if (tools.python) api = await activatedApi();
    else this.skip();
  });

  afterEach(async () => {
    await vscode.debug.stopDebugging();
    await vscode.commands.executeCommand('workbench.action.closeAllEditors');
  });

  // Frames are numbered anew at each stop, and in each session.
  let looks = 0;
  const listening = vscode.debug.onDidChangeActiveStackItem((item) => {
    if (frameOf(item)) looks++;
  });
  after(() => {
    listening.dispose();
  });

  /** The frame of the next stop, after so many. */
  async function stopAfter(before: number): Promise<Frame> {
    const deadline = Date.now() + 30_000;
    for (;;) {
      const frame = frameOf(vscode.debug.activeStackItem);
      if (frame && looks > before) return frame;
      assert.ok(Date.now() < deadline, 'the program does not stop');
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  async function onward(): Promise<Frame> {
    const before = looks;
    await vscode.commands.executeCommand('workbench.action.debug.continue');
    return stopAfter(before);
  }

  async function numbers(session: vscode.DebugSession, expression: string): Promise<readonly number[]> {
    const read = await api.inspectExpression(session, expression);
    assert.equal(read.kind, 'tensor');
    return [...read.values.data];
  }

  const tabs = (): readonly string[] =>
    vscode.window.tabGroups.all.flatMap((group) => group.tabs.map(({ label }) => label));

  /** What a language model is told of an expression. */
  async function toldModel(expression: string): Promise<object> {
    const options = { input: { expression }, toolInvocationToken: undefined };
    const { content } = await vscode.lm.invokeTool('transposedConv_readTensor', options);
    const { read, values } = JSON.parse((content as readonly vscode.LanguageModelTextPart[])[0].value) as {
      readonly read: string;
      readonly values: readonly number[];
    };
    return { read, values };
  }

  /** What is told of a place in the program's text. */
  async function hovered(text: string): Promise<string> {
    const document = await vscode.workspace.openTextDocument(program('steps.py'));
    const position = document.positionAt(document.getText().indexOf(text));
    const hovers = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      position,
    );
    return hovers
      .flatMap(({ contents }) => contents)
      .map((content) => (content as vscode.MarkdownString).value)
      .join('\n');
  }

  async function opened(name: string): Promise<void> {
    const label = `${name}.tconv.json`;
    const found = await until(tabs, (labels) => labels.includes(label));
    assert.ok(found.includes(label), found.join());
  }

  it('is read in its frame, from stop to stop, and in the processes that it starts', async () => {
    assert.ok(
      await vscode.debug.startDebugging(undefined, {
        type: 'debugpy',
        name: 'steps',
        request: 'launch',
        program: program('steps.py'),
        console: 'internalConsole',
        justMyCode: false,
        subProcess: true,
      }),
    );
    let frame = await stopAfter(0);
    assert.deepEqual(await numbers(frame.session, 'weight'), [0, 1, 2, 3, 4, 5, 6, 7, 8]);
    assert.deepEqual(await toldModel('weight'), { read: 'all of it', values: [0, 1, 2, 3, 4, 5, 6, 7, 8] });

    const variable = { name: 'weight', evaluateName: 'weight', value: '', variablesReference: 1, type: 'ndarray' };
    await vscode.commands.executeCommand('transposedConv.live.inspect', { sessionId: frame.session.id, variable });
    await opened('weight');
    await vscode.commands.executeCommand('transposedConv.live.pin');
    assert.match(await hovered('weight ='), /Inspect weight in the stopped program\]\(command:/);

    await onward();
    frame = await onward();
    assert.deepEqual(await numbers(frame.session, 'weight'), [3, 1, 2, 3, 7, 5, 6, 7, 11]);
    await assert.rejects(api.inspectExpression(frame.session, 'held["nothing"]'), /KeyError/);
    assert.deepEqual(await numbers(frame.session, 'held["image"]'), Array<number>(20).fill(1));

    // It was pinned: read at each stop by itself, as the third of which it is compared with the second.
    await vscode.commands.executeCommand('transposedConv.live.showDifference');
    await opened('weight-stop-3-stop-2');

    const parent = frame.session;
    frame = await onward();
    assert.notEqual(frame.session.id, parent.id);
    assert.equal(frame.session.parentSession?.id, parent.id);
    assert.deepEqual(await numbers(frame.session, 'inner'), [7, 7, 7, 7]);
    // The process that started it runs on.
    await assert.rejects(api.inspectExpression(parent, 'weight'), /running/);
  });

  async function launched(name: string, ...args: readonly string[]): Promise<Frame> {
    const before = looks;
    const configuration = { type: 'debugpy', name, request: 'launch', console: 'internalConsole', justMyCode: false };
    assert.ok(await vscode.debug.startDebugging(undefined, { ...configuration, program: program(name), args }));
    return stopAfter(before);
  }

  /** Takes the first of what is offered, until the command that asks has ended. */
  async function chosenFirst(command: Thenable<unknown>): Promise<void> {
    let isOver = false;
    const ended = Promise.resolve(command).finally(() => (isOver = true));
    while (!isOver) {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    await ended;
  }

  it('has a layer whose calls are watched, and whose last one is shown, until they are not any more', async () => {
    const result = vscode.Uri.joinPath(vscode.workspace.workspaceFolders![0].uri, 'watched.json');
    const { session } = await launched('watched.py', result.fsPath);
    const hooks = (): Promise<readonly number[]> => numbers(session, 'len(layer._forward_hooks)');
    // What enters it: the first that is at hand, which is x.
    await chosenFirst(vscode.commands.executeCommand('transposedConv.live.inspect', { name: 'layer' }));
    await opened('layer');
    await vscode.commands.executeCommand('transposedConv.live.watch');
    assert.deepEqual(await hooks(), [1]);
    await onward();
    await vscode.commands.executeCommand('transposedConv.live.lastCall');
    await opened('Last-call-of-layer');
    await vscode.commands.executeCommand('transposedConv.live.unwatch');
    assert.deepEqual(await hooks(), [0]);
    await vscode.commands.executeCommand('transposedConv.live.watch');
    assert.deepEqual(await hooks(), [1]);
    // With its line, its hook goes.
    await vscode.commands.executeCommand('transposedConv.live.remove');
    assert.deepEqual(await hooks(), [0]);
  });

  it('is attached to over a port, read in the thread that stopped, and ends in the middle of a question', async () => {
    const { port, end } = await tools.start(program('weather.py'));
    try {
      const before = looks;
      const connect = { host: '127.0.0.1', port };
      const configuration = { type: 'debugpy', name: 'attached', request: 'attach', connect, justMyCode: false };
      assert.ok(await vscode.debug.startDebugging(undefined, configuration));
      const { session } = await stopAfter(before);
      assert.deepEqual(await numbers(session, 'held'), [2, 2, 2]);
      const variable = {
        name: 'printing',
        evaluateName: 'printing',
        value: '',
        variablesReference: 1,
        type: 'Printing',
      };
      await vscode.commands.executeCommand('transposedConv.live.inspect', { sessionId: session.id, variable });
      await opened('printing');
      const text = await vscode.workspace.openTextDocument(program('weather.py'));
      const editor = await vscode.window.showTextDocument(text);
      const at = text.positionAt(text.getText().indexOf('liar = np'));
      editor.selection = new vscode.Selection(at, at);
      // As the input of an inspector of its own.
      await chosenFirst(vscode.commands.executeCommand('transposedConv.live.inspectHere'));
      await opened('liar');
      const asked = assert.rejects(api.inspectExpression(session, 'slow'), /The debugger refused the question/);
      await new Promise((resolve) => setTimeout(resolve, 200));
      await vscode.debug.stopDebugging(session);
      await asked;
      await assert.rejects(api.inspectExpression(session, 'held'), /session that this belongs to is over/);
      // What had been read is still there.
      assert.ok(tabs().includes('printing.tconv.json'));
    } finally {
      end();
    }
  });

  it('is none of Python’s, and is not asked', async () => {
    const configuration = { type: 'other-language', name: 'other', request: 'launch' };
    assert.ok(await vscode.debug.startDebugging(undefined, configuration));
    const session = await until(
      () => vscode.debug.activeDebugSession,
      (active) => active?.type === 'other-language',
    );
    assert.ok(session);
    await assert.rejects(api.inspectExpression(session, 'x'), /This debugger \(other-language\) does not debug Python/);
  });
});
