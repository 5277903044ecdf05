import * as vscode from 'vscode';
import { convOutput, kernelExtent, NUMBERS } from '../../core/formulas';
import type { Kind } from '../../core/operation';
import type { SolveRequest } from '../../core/solve/request';
import { parseShape } from '../../python/written';

type Sizes = readonly number[];

/** Sizes as typed: `16`, `16 x 24`, `(16, 24)`; one to three whole numbers. */
export function parseSizes(text: string): Sizes | undefined {
  const dims = parseShape(text.replace(/\s*[x×]\s*/g, ', '));
  if (!dims || dims.length > 3) return undefined;
  return dims.every((dim): dim is number => typeof dim === 'number') ? dims : undefined;
}

async function askSizes(title: string, placeHolder: string, rank?: number, value?: string): Promise<Sizes | undefined> {
  const wrong =
    rank === undefined
      ? vscode.l10n.t('Write one to three whole numbers: 16 or 16 x 24.')
      : vscode.l10n.t('Write as many whole numbers as the input has: {0}.', rank);
  const typed = await vscode.window.showInputBox({
    title,
    placeHolder,
    value,
    // Else a look at the code or the panel would close the box, with what was typed in it.
    ignoreFocusOut: true,
    validateInput: (text) => {
      const sizes = parseSizes(text);
      return sizes && (rank === undefined || sizes.length === rank || sizes.length === 1) ? undefined : wrong;
    },
  });
  const sizes = typed === undefined ? undefined : parseSizes(typed);
  return sizes && rank !== undefined && sizes.length === 1 ? Array.from({ length: rank }, () => sizes[0]) : sizes;
}

interface Choice extends vscode.QuickPickItem {
  readonly change: Partial<SolveRequest> & { readonly limits?: SolveRequest['limits'] };
}

/** Asks for limits beside the sizes, several at once. */
async function askLimits(
  kind: Kind,
  framework?: SolveRequest['framework'],
): Promise<Pick<SolveRequest, 'framework' | 'limits'> | undefined> {
  const items: Choice[] = [
    ...(framework
      ? []
      : [
          {
            label: vscode.l10n.t('Keras instead of PyTorch'),
            description: vscode.l10n.t('padding is valid or same'),
            change: { framework: 'keras' as const },
          },
        ]),
    ...(kind === 'convTranspose'
      ? [
          {
            label: vscode.l10n.t('Even overlap only'),
            description: vscode.l10n.t('no checkerboard'),
            change: { limits: { even: true } },
          },
        ]
      : []),
    { label: vscode.l10n.t('Dilation up to 4'), change: { limits: { dilation: 4 } } },
    {
      label: vscode.l10n.t('Kernel up to 5'),
      description: vscode.l10n.t('9 otherwise'),
      change: { limits: { kernel: 5 } },
    },
    {
      label: vscode.l10n.t('Stride up to 2'),
      description: vscode.l10n.t('8 otherwise'),
      change: { limits: { stride: 2 } },
    },
  ];
  const chosen = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Limits (none are needed)'),
    canPickMany: true,
    ignoreFocusOut: true,
  });
  if (!chosen) return undefined;
  return {
    framework: chosen.find(({ change }) => change.framework)?.change.framework ?? framework ?? 'torch',
    limits: Object.assign({}, ...chosen.map(({ change }) => change.limits)) as NonNullable<SolveRequest['limits']>,
  };
}

interface Question extends vscode.QuickPickItem {
  readonly sought: Kind;
  readonly inverse: boolean;
}

/** Asks what is sought; nothing when the user closes one of the questions. */
export async function askQuestion(): Promise<SolveRequest | undefined> {
  const questions: Question[] = [
    { label: vscode.l10n.t('Transposed convolution'), sought: 'convTranspose', inverse: false },
    { label: vscode.l10n.t('Convolution'), sought: 'conv', inverse: false },
    {
      label: vscode.l10n.t('Transposed convolution that inverts a given convolution'),
      sought: 'convTranspose',
      inverse: true,
    },
  ];
  const asked = await vscode.window.showQuickPick(questions, {
    title: vscode.l10n.t('Find Convolution for Sizes'),
    ignoreFocusOut: true,
  });
  if (!asked) return undefined;
  const { sought: kind, inverse } = asked;
  if (inverse) return askInverse();
  const input = await askSizes(vscode.l10n.t('Input size'), '16 x 16');
  const output =
    input && (await askSizes(vscode.l10n.t('Wanted output size'), kind === 'conv' ? '8 x 8' : '32 x 32', input.length));
  const limits = output && (await askLimits(kind));
  return (
    input &&
    output &&
    limits && { kind, ...limits, sizes: input.map((size, axis) => ({ input: size, output: output[axis] })) }
  );
}

/** A call in the code answers most: only the wanted output and the limits are asked for. */
export async function askAbout(
  known: Pick<SolveRequest, 'kind' | 'framework' | 'sizes'>,
): Promise<SolveRequest | undefined> {
  const { kind, framework, sizes } = known;
  const [input, present] = [sizes.map((each) => each.input), sizes.map((each) => each.output)];
  const output = await askSizes(
    vscode.l10n.t('Wanted output size for the input {0}', input.join(' x ')),
    present.join(' x '),
    input.length,
    present.join(' x '),
  );
  const limits = output && (await askLimits(kind, framework));
  return (
    output && limits && { kind, ...limits, sizes: input.map((size, axis) => ({ input: size, output: output[axis] })) }
  );
}

/** The question for the way back: from the output size of the given convolution to its input size. */
export function inverseRequest(inverseOf: NonNullable<SolveRequest['inverseOf']>, size: Sizes): SolveRequest {
  const { kernel, stride, padding, dilation } = inverseOf;
  const window = { stride, padBegin: padding, padEnd: padding, extent: kernelExtent(NUMBERS, kernel, dilation) };
  const reduced = size.map((input) => convOutput(NUMBERS, { input, ...window }));
  return {
    kind: 'convTranspose',
    framework: 'torch',
    inverseOf,
    sizes: size.map((output, axis) => ({ input: reduced[axis], output })),
  };
}

/** Asks for the parameters and the input size of the convolution that is to be inverted. */
async function askInverse(): Promise<SolveRequest | undefined> {
  const stated = await vscode.window.showInputBox({
    title: vscode.l10n.t('The convolution to invert: kernel, stride, padding, dilation'),
    placeHolder: '3, 2, 1, 1',
    ignoreFocusOut: true,
    validateInput: (text) =>
      parseConvolution(text)
        ? undefined
        : vscode.l10n.t('Write four whole numbers: kernel, stride, padding, dilation.'),
  });
  const inverseOf = stated === undefined ? undefined : parseConvolution(stated);
  const size = inverseOf && (await askSizes(vscode.l10n.t('Its input size, which is to be restored'), '33 x 33'));
  return inverseOf && size && inverseRequest(inverseOf, size);
}

function parseConvolution(text: string): NonNullable<SolveRequest['inverseOf']> | undefined {
  const numbers = text.split(/[\s,]+/).filter((each) => each !== '');
  if (numbers.length < 1 || numbers.length > 4 || !numbers.every((each) => /^\d{1,6}$/.test(each))) return undefined;
  const [kernel, stride = 1, padding = 0, dilation = 1] = numbers.map(Number);
  return kernel > 0 && stride > 0 && dilation > 0 ? { kernel, stride, padding, dilation } : undefined;
}
