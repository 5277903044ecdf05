// What the language status says of the file in the editor, and above all of one that could not be read.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ModuleAnalysis } from '../../../src/python';
import { Emitter } from '../../../src/language/emitter';
import type { Analyses, Snapshot } from '../../../src/host/language/analyses';
import { sourceOf } from '../../../src/host/language/documents';
import { LayerStatus } from '../../../src/host/language/statusItem';
import { activatedApi } from '../support';
import { closeAll, eventually, ILLEGAL, untitled } from './support';

const EMPTY: ModuleAnalysis = {
  path: '',
  reports: [],
  problems: [],
  inputs: [],
  dependencies: [],
  broken: false,
  incomplete: false,
};

/** What the status says of each of these snapshots of the active document, one after another. */
async function said(
  ...snapshots: readonly Partial<Snapshot>[]
): Promise<Pick<vscode.LanguageStatusItem, 'text' | 'detail' | 'severity' | 'command'>[]> {
  const document = await untitled(ILLEGAL);
  const { languages } = vscode;
  const { createLanguageStatusItem } = languages;
  let item: vscode.LanguageStatusItem | undefined;
  // The tests' `vscode` is the extension's own, and its status items cannot be asked for.
  Object.assign(languages, {
    createLanguageStatusItem: (...args: Parameters<typeof createLanguageStatusItem>) =>
      (item = createLanguageStatusItem(`test.${args[0]}`, args[1])),
  });
  const analysed = new Emitter<Snapshot>();
  const whole = (each: Partial<Snapshot>): Snapshot => ({ source: sourceOf(document), analysis: EMPTY, ...each });
  const analyses = { onDidAnalyse: analysed.event, of: async () => whole(snapshots[0]) };
  const status = new LayerStatus(analyses as unknown as Analyses);
  Object.assign(languages, { createLanguageStatusItem });
  try {
    await eventually(
      () => item!.busy,
      (busy) => !busy,
    );
    return snapshots.map((each) => {
      analysed.fire(whole(each));
      const { text, detail, severity, command } = item!;
      return { text, detail, severity, command };
    });
  } finally {
    status.dispose();
  }
}

describe('the language status', () => {
  before(async () => {
    await activatedApi();
  });
  afterEach(closeAll);

  const { Information, Warning } = vscode.LanguageStatusSeverity;
  const cases: readonly (readonly [
    what: string,
    Partial<Snapshot>,
    detail: RegExp,
    title: string,
    severity: number,
  ])[] = [
    ['took too long', { failure: { why: 'slow', message: '' } }, /too long/, 'Try again', Warning],
    ['ended the thread', { failure: { why: 'ended', message: '' } }, /memory/, 'Try again', Warning],
    ['met a fault', { failure: { why: 'fault', message: '' } }, /fault/, 'Show Log', Warning],
    [
      'takes too many steps',
      { analysis: { ...EMPTY, incomplete: true } },
      /more steps/,
      'Find Convolution for Sizes',
      Warning,
    ],
    [
      'does not parse',
      { analysis: { ...EMPTY, broken: true } },
      /not parse/,
      'Find Convolution for Sizes',
      Information,
    ],
  ];
  for (const [what, snapshot, detail, title, severity] of cases)
    it(`says of a file that ${what} what happened and what can be done, and no more when it is over`, async () => {
      const [during, over] = await said(snapshot, {});
      assert.match(during.detail ?? '', detail);
      assert.deepEqual([during.command?.title, during.severity], [title, severity]);
      assert.deepEqual(
        [over.detail ?? '', over.command?.title, over.severity],
        ['', 'Find Convolution for Sizes', Information],
      );
    });

  it('offers to try the file again that it speaks of', async () => {
    const [{ command }] = await said({ failure: { why: 'slow', message: '' } });
    assert.deepEqual(command?.arguments, [vscode.window.activeTextEditor?.document.uri.toString()]);
    const commands = await vscode.commands.getCommands(true);
    assert.deepEqual(
      ['transposedConv.readAgain', 'transposedConv.showLog'].filter((each) => !commands.includes(each)),
      [],
    );
  });
});
