import * as vscode from 'vscode';
import { Door } from '../../core/door';
import { explainConvolution, shapesOfFile, solveSizes, whyUnknown } from '../../language/agents/answers';
import { asked } from '../../language/agents/tools';
import { written } from '../../language/agents/written';
import { canOpen } from '../../language/draft';
import { reportsOn } from '../../language/layerAt';
import { useOf } from '../../language/refusedUse';
import type { Snapshot } from '../language/analyses';
import { COMMANDS } from '../language/commands';
import { located } from '../language/documents';
import { openingCommand } from '../language/openingCommand';
import type { LanguageFeatures } from '../language/register';
import type { LiveFeatures } from '../live/register';
import { describe } from '../translate';
import { asReadFile, documentAt, lineIn, NoAnswer } from './files';
import { toldTensor } from './readTensor';

/** What a user is told before a tool runs, and while it does. */
interface Asking {
  readonly title: string;
  readonly message: string;
  readonly running: string;
}

interface Tool {
  /** What it was given, checked, in the words of the user; throws where that is malformed. */
  ask(input: Door): Asking;
  answer(input: Door): Promise<object>;
}

const expressionOf = (input: Door): string => input.at('expression').text(1_000);

/** The tools that the manifest contributes for language models, by their names there. */
export function agentTools(
  language: Pick<LanguageFeatures, 'readLines'>,
  live: Pick<LiveFeatures, 'inspectHere'>,
): Readonly<Record<string, vscode.LanguageModelTool<unknown>>> {
  const read = async (path: string): Promise<Snapshot> => language.readLines(await documentAt(path));
  const ofFile = (message: (path: string) => string, answer: Tool['answer']): Tool => ({
    ask: (input) => {
      const { path } = asked.file(input);
      return {
        title: vscode.l10n.t('Read shapes'),
        message: message(path),
        running: vscode.l10n.t('Reading {0}', path),
      };
    },
    answer,
  });
  const tools: Readonly<Record<string, Tool>> = {
    transposedConv_shapesOfFile: ofFile(
      (path) => vscode.l10n.t('Tell the model the shapes of the tensors in {0}? The code is read, not run.', path),
      async (input) => {
        const { path, within } = asked.shapes(input);
        return shapesOfFile(asReadFile(path, await read(path)), { within });
      },
    ),
    transposedConv_whyUnknown: ofFile(
      (path) => vscode.l10n.t('Tell the model why shapes in {0} are not known? The code is read, not run.', path),
      async (input) => {
        const { path } = asked.file(input);
        return whyUnknown(asReadFile(path, await read(path)));
      },
    ),
    transposedConv_explainConvolution: ofFile(
      (path) => vscode.l10n.t('Tell the model about a layer in {0}? The code is read, not run.', path),
      async (input) => {
        const wanted = asked.line(input);
        const snapshot = await read(wanted.path);
        return explainConvolution(asReadFile(wanted.path, snapshot), lineIn(snapshot, wanted));
      },
    ),
    transposedConv_solveSizes: {
      ask: () => ({
        title: vscode.l10n.t('Find convolutions'),
        message: vscode.l10n.t('Tell the model which convolutions make these sizes? Nothing of yours is read.'),
        running: vscode.l10n.t('Looking for convolutions'),
      }),
      answer: async (input) => solveSizes(asked.solve(input)),
    },
    transposedConv_openInspector: {
      ask: (input) => {
        const { path, line } = asked.line(input);
        return {
          title: vscode.l10n.t('Open the inspector'),
          message: vscode.l10n.t('Open the inspector on the layer in line {0} of {1}?', line, path),
          running: vscode.l10n.t('Opening the inspector'),
        };
      },
      answer: async (input) => {
        const wanted = asked.line(input);
        return open(await read(wanted.path), wanted);
      },
    },
    transposedConv_readTensor: {
      ask: (input) => ({
        title: vscode.l10n.t('Read a tensor of the stopped program'),
        message: vscode.l10n.t(
          'Evaluate {0} in the program that has stopped in the debugger, and tell the model its values?',
          expressionOf(input),
        ),
        running: vscode.l10n.t('Reading {0}', expressionOf(input)),
      }),
      answer: async (input) => {
        const expression = expressionOf(input);
        return toldTensor(expression, await live.inspectHere(expression));
      },
    },
  };
  return Object.fromEntries(Object.entries(tools).map(([name, tool]) => [name, served(tool)]));
}

function served({ ask, answer }: Tool): vscode.LanguageModelTool<unknown> {
  return {
    prepareInvocation: ({ input }) => {
      const { title, message, running } = ask(new Door(input, ''));
      return { invocationMessage: running, confirmationMessages: { title, message } };
    },
    invoke: async ({ input }) => {
      try {
        return told(written(await answer(new Door(input, ''))));
      } catch (error) {
        // The model is told why, so that it may ask otherwise.
        throw error instanceof NoAnswer ? error : new NoAnswer(describe(error));
      }
    },
  };
}

const told = (text: string): vscode.LanguageModelToolResult =>
  new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);

/** Opens the inspector on the first layer of a line whose numbers are known. */
async function open(snapshot: Snapshot, wanted: ReturnType<typeof asked.line>): Promise<object> {
  const { analysis, source } = snapshot;
  const on = lineIn(snapshot, wanted);
  for (const { span } of reportsOn(analysis, on)) {
    // Of a layer that is applied on the line only those uses are listed; the inspector wants the number among all.
    const report = analysis.reports.find((each) => each.span.start === span.start);
    const place = report && located(source, report.span);
    if (!report || !place) continue;
    const applied = report.uses.findIndex((use) => use.span && use.span.start < on.end && use.span.end > on.start);
    const use = Math.max(0, applied);
    const chosen = useOf(report, use);
    const opening = chosen && canOpen(report, chosen) && openingCommand({ report, use }, source, place.document);
    if (!opening) continue;
    await vscode.commands.executeCommand(COMMANDS.openCall, ...opening.arguments);
    return { opened: report.callee, at: asReadFile(wanted.path, snapshot).at(report.span.start), use };
  }
  throw new NoAnswer(
    'No layer whose parameters are all known numbers stands on this line. explain_convolution says what is known.',
  );
}
