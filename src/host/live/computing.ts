import * as vscode from 'vscode';
import type { EngineClient } from '../../engine/client';
import { computationOf, computedThere, LIBRARIES, librariesOf } from '../../live/computed';
import { computationText } from '../../live/computationText';
import type { Library } from '../../live/expression';
import { LiveReader } from '../../live/reader';
import { refusal } from '../../live/sentences';
import { Turns } from '../../live/turns';
import type { Tensor } from '../../core/operation';
import { chosenPython } from '../language/chosenInterpreter';
import type { DocumentEditor } from '../documents/editor';
import { memoryLimit } from '../memory';
import type { Inspector } from '../panel/inspector';
import { interpreterProgram, PATIENCE_OF_STARTING } from './interpreter';
import type { Place } from './place';
import { unlessGivenUp, withProgress } from './reading';
import { askToRun, compared, showBeside } from './verify';

interface Rooms {
  readonly engine: EngineClient;
  readonly editor: Pick<DocumentEditor, 'create' | 'current'>;
}

type Asked = Pick<Place, 'reader' | 'program'>;

/** Lets the user say which framework computes; nothing when they break off. */
async function chooseLibrary(libraries: readonly Library[]): Promise<Library | undefined> {
  if (libraries.length <= 1) return libraries[0];
  const items = libraries.map((library) => ({ label: LIBRARIES[library], library }));
  return (await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which framework computes it?') }))?.library;
}

const copyOf = (tensor: Tensor): Tensor => ({ ...tensor, data: tensor.data.slice() });

/** Has the operation of an inspector computed by a framework, after the user has seen how, and shows both. */
async function verifyBy(
  { engine, editor }: Rooms,
  { home: { session } }: Inspector,
  library: Library,
  question: string,
  where: string,
  place: (signal: AbortSignal | undefined) => Asked,
): Promise<void> {
  const { document, revision } = session;
  // Cells are edited in place: both sides compute with what stands here now.
  const [input, weight] = [copyOf(document.input), copyOf(document.weight)];
  const asked = { op: document.op, input, weight, bias: document.bias && copyOf(document.bias) };
  const computation = computationOf(asked, library);
  if (!(await askToRun(question, `${where}${computationText(computation)}`))) return;
  const title = vscode.l10n.t('Running {0} …', session.name);
  const both = await unlessGivenUp(
    withProgress(title, async ({ signal }) => {
      const { reader, program } = place(signal);
      return {
        there: await computedThere(reader, program, computation, { signal }),
        ours: await engine.compute({ ...asked, limit: memoryLimit() }, signal),
      };
    }),
  );
  if (!both) return;
  // What was edited meanwhile is not what was computed there.
  if (session.revision !== revision) throw refusal('not-the-same');
  const { there, ours } = both;
  await showBeside(editor, session, `${LIBRARIES[library]}, ${there.device}`, compared(document, ours, there.values));
}

/** By a framework that the program has imported: the one that it works with. */
export async function verifyThere(rooms: Rooms, inspector: Inspector, place: Place): Promise<void> {
  const libraries = await librariesOf(place.reader, place.program);
  if (libraries.length === 0) throw refusal('no-library', Object.values(LIBRARIES).join(', '));
  const library = await chooseLibrary(libraries);
  if (!library) return;
  const question = vscode.l10n.t('Run this in the stopped program, on the device that it uses, and compare?');
  await verifyBy(rooms, inspector, library, question, '', () => place);
}

/** By the interpreter that is chosen for the folder, started for this one question. */
export async function verifyByInterpreter(rooms: Rooms, inspector: Inspector): Promise<void> {
  const executable = await chosenPython();
  if (executable === undefined) throw refusal('no-interpreter');
  // Which of them it has installed is not known without running it.
  const library = await chooseLibrary(Object.keys(LIBRARIES) as Library[]);
  if (!library) return;
  const question = vscode.l10n.t('Start this Python, run this in it, and compare?');
  await verifyBy(rooms, inspector, library, question, `${executable}\nimport ${library}\n`, (signal) => ({
    reader: new LiveReader(new Turns(PATIENCE_OF_STARTING)),
    program: interpreterProgram(executable, library, signal),
  }));
}
