import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import { refusal } from '../../live/sentences';
import type { DocumentEditor } from '../documents/editor';
import { PYTHON } from '../language/documents';
import { describe } from '../translate';
import { Asides } from './asides';
import { askExpression } from './asking';
import { type Clicked, clickedOf, expressionAt } from './clicked';
import { verifyByInterpreter, verifyThere } from './computing';
import { LiveHover } from './hover';
import { inspect, type Somewhere } from './inspect';
import { itemCommands, type ItemRooms } from './itemCommands';
import { LiveItems } from './items';
import { cellOf, notebookOf, Notebooks, onDidRunCell, outputOf } from './notebooks';
import { demandTrust, type Place } from './place';
import type { Read } from './reading';
import { Roles } from './roles';
import { Sessions } from './sessions';
import { showStop } from './showing';
import type { Stops } from './stops';
import { registerLiveTree } from './tree';

/** What the rest of the extension gets of running programs. */
export interface LiveFeatures {
  /** For the exported API: what an expression stands for where a session has stopped. */
  inspect(session: vscode.DebugSession, expression: string): Promise<Read>;
  /** The same in the program that the user looks at. */
  inspectHere(expression: string): Promise<Read>;
}

/** Runs what a program, or its debugger, may make fail, and says in a sentence why it did. */
async function attempt(work: () => Promise<unknown>): Promise<void> {
  try {
    await work();
  } catch (error) {
    void vscode.window.showWarningMessage(describe(error));
  }
}

async function askClicked(): Promise<Clicked | undefined> {
  const expression = await askExpression(
    vscode.l10n.t('Inspect in the stopped program'),
    vscode.l10n.t('A tensor, a layer, or what holds some, as the program would write it.'),
  );
  return expression === undefined ? undefined : { expression };
}

export function registerLive(
  context: vscode.ExtensionContext,
  { engine, editor, stops }: { readonly engine: EngineClient; readonly editor: DocumentEditor; readonly stops: Stops },
): LiveFeatures {
  const sessions = new Sessions(stops);
  const asides = new Asides();
  const notebooks = new Notebooks(asides);
  const items = new LiveItems(sessions);
  const rooms: ItemRooms = {
    editor,
    engine,
    items,
    roles: new Roles(context.workspaceState),
    connectAside: async (notebook) => asides.connect(notebook, await notebooks.between(notebook)),
    closeAside: (notebook) => asides.close(notebook),
    isAside: (notebook) => asides.of(notebook) !== undefined,
    placeOf: ({ source }) =>
      source.kind === 'notebook' ? notebooks.at(source.notebook) : sessions.at(source.session.id),
  };

  const somewhere = async ({ session, notebook }: Clicked): Promise<Somewhere> => {
    if (notebook) return { place: await notebooks.at(notebook), source: { kind: 'notebook', notebook } };
    const place = await sessions.at(session);
    return { place, source: { kind: 'session', session: place.session } };
  };

  /** `again`: asks what the tensor is, though it was said before. */
  const inspectClicked = async (clicked: Clicked | undefined, again = false): Promise<void> => {
    if (!clicked) return;
    await inspect(rooms, await somewhere(clicked), clicked.expression, again);
  };

  const commands: Readonly<Record<string, (argument: unknown) => Promise<void>>> = {
    'transposedConv.live.inspect': async (argument) => inspectClicked(clickedOf(argument) ?? (await askClicked())),
    'transposedConv.live.inspectAs': async (argument) =>
      inspectClicked(clickedOf(argument) ?? (await askClicked()), true),
    'transposedConv.live.inspectHere': async () => {
      const text = vscode.window.activeTextEditor;
      const expression = text && expressionAt(text);
      const notebook = text && notebookOf(text.document)?.uri;
      await inspectClicked(expression === undefined ? await askClicked() : { expression, notebook });
    },
    'transposedConv.live.inspectOutput': async (argument) => {
      const cell = cellOf(argument);
      if (!cell) throw refusal('no-output-value');
      const notebook = cell.notebook.uri;
      await inspectClicked({ expression: await outputOf(cell, await notebooks.at(notebook)), notebook });
    },
    'transposedConv.live.verifyHere': async () => {
      const { current } = editor;
      if (!current) throw refusal('no-output');
      const notebook = vscode.debug.activeDebugSession ? undefined : vscode.window.activeNotebookEditor?.notebook.uri;
      await verifyThere(rooms, current, await (notebook ? notebooks.at(notebook) : sessions.at()));
    },
    'transposedConv.live.verifyByInterpreter': async () => {
      const { current } = editor;
      if (!current) throw refusal('no-output');
      await verifyByInterpreter(rooms, current);
    },
    ...itemCommands(rooms),
  };

  /** Reads again what is pinned of a notebook. Where nothing is, nothing is asked. */
  const followNotebook = async (notebook: vscode.Uri, place: () => Promise<Place | undefined>): Promise<void> => {
    const source = { kind: 'notebook', notebook } as const;
    const found = items.isFollowed(source) ? await place() : undefined;
    if (found) await items.follow(source, found);
  };
  let reading = false;

  context.subscriptions.push(
    sessions,
    items,
    asides,
    asides.onBeat((notebook) => {
      // What takes longer than a beat is not asked for twice.
      if (reading) return;
      reading = true;
      const whileBusy = async (): Promise<Place | undefined> =>
        (await notebooks.between(notebook)).isBusy ? asides.of(notebook) : undefined;
      void attempt(() => followNotebook(notebook, whileBusy)).finally(() => (reading = false));
    }),
    // A cell that has run is to a notebook what a stop is to a program.
    onDidRunCell((notebook) => void attempt(() => followNotebook(notebook, () => notebooks.at(notebook)))),
    // An inspector that was closed stays closed; what was read is in the view.
    items.onDidRead(({ item, stop }) => {
      if (item.inspector.isOpen) void attempt(() => showStop(editor, item, stop));
    }),
    registerLiveTree(items),
    vscode.languages.registerHoverProvider(PYTHON, new LiveHover()),
    ...Object.entries(commands).map(([name, run]) =>
      vscode.commands.registerCommand(name, (argument: unknown) =>
        attempt(async () => {
          // Before anything is asked of the user for it.
          demandTrust();
          await run(argument);
        }),
      ),
    ),
  );
  const inspectIn = async (session: string | undefined, expression: string): Promise<Read> => {
    const { reader, program } = await sessions.at(session);
    const read = await reader.read(program, expression);
    if (read.kind === 'other') throw refusal('no-tensor', expression, read.type);
    return read;
  };
  return {
    inspect: (session, expression) => inspectIn(session.id, expression),
    inspectHere: (expression) => inspectIn(undefined, expression),
  };
}
