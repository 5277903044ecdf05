import * as vscode from 'vscode';
import { createApi, type TransposedConvApi } from './api';
import { COMMANDS } from './language/commands';
import { isOfPython, Stops } from './live/stops';
import { registerLog } from './log';
import { References } from './panel/references';
import { Rooms } from './rooms';
import { EditorStandIn, toolStandIn } from './standIns';
import { EDITOR_TYPE } from './editorType';

/** What is read here of the manifest. */
interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly languageModelTools: readonly { readonly name: string }[];
  };
}

const LOG: string = COMMANDS.showLog;
const OF_LANGUAGE: readonly string[] = Object.values(COMMANDS).filter((name) => name !== LOG);
const OF_LIVE = 'transposedConv.live.';

/** Whose commands are whose: the language's are named in its room, the live tensors' by what they begin with. */
function commandsByRoom({ contributes }: Manifest): Readonly<Record<'documents' | 'live', readonly string[]>> {
  const others = contributes.commands
    .map(({ command }) => command)
    .filter((name) => name !== LOG && !OF_LANGUAGE.includes(name));
  const isLive = (name: string): boolean => name.startsWith(OF_LIVE);
  return { documents: others.filter((name) => !isLive(name)), live: others.filter(isLive) };
}

/**
 * Registers what stands in for the rooms until they are wanted: a window pays for what is used in it. Only what a
 * program does in a debugger has to be listened to from its beginning.
 */
export async function activate(context: vscode.ExtensionContext): Promise<TransposedConvApi> {
  const manifest = context.extension.packageJSON as Manifest;
  const stops = new Stops();
  const rooms = new Rooms(context, stops);
  const references = new References(context.workspaceState);
  const { documents, live } = commandsByRoom(manifest);
  rooms.standIn('documents', documents);
  rooms.standIn('language', OF_LANGUAGE);
  rooms.standIn('live', live);

  const readsPython = async ({ languageId }: vscode.TextDocument): Promise<void> => {
    if (languageId === 'python') await rooms.language();
  };
  const asksPrograms = async (session: vscode.DebugSession): Promise<void> => {
    if (isOfPython(session)) await rooms.live();
  };
  context.subscriptions.push(
    registerLog(context),
    stops,
    rooms,
    // One editor a document: its session has one watch, and two pages would show each other's windows.
    vscode.window.registerCustomEditorProvider(
      EDITOR_TYPE,
      new EditorStandIn(async () => (await rooms.documents()).editor),
      { webviewOptions: { retainContextWhenHidden: true } },
    ),
    vscode.window.registerUriHandler({
      handleUri: async (uri) => (await rooms.documents()).links.handleUri(uri),
    }),
    ...manifest.contributes.languageModelTools.map(({ name }) =>
      vscode.lm.registerTool(
        name,
        toolStandIn(async () => (await rooms.tools())[name]),
      ),
    ),
    vscode.workspace.onDidOpenTextDocument(readsPython),
    // Before the room of documents is wanted, too: what it would look for is elsewhere then.
    vscode.workspace.onDidRenameFiles(({ files }) => void references.follow(files)),
    // A link below what is hovered asks a program that stands.
    vscode.debug.onDidStartDebugSession(asksPrograms),
  );
  for (const document of vscode.workspace.textDocuments) await readsPython(document);
  const { activeDebugSession } = vscode.debug;
  if (activeDebugSession) await asksPrograms(activeDebugSession);
  return createApi(rooms);
}
