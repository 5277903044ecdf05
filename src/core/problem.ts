/** Which control of the panel, or argument of the request, a problem belongs to. */
export type ProblemField =
  | 'input'
  | 'weight'
  | 'bias'
  | 'stride'
  | 'padding'
  | 'dilation'
  | 'outputPadding'
  | 'groups'
  | 'paddingMode'
  | 'kind'
  | 'memory'
  | 'document'
  | 'file'
  /** What a running program holds. */
  | 'program';

/** A field as codes of problems have it, `output-padding`. */
export const fieldCode = (field: ProblemField): string =>
  field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

export type Severity = 'error' | 'warning' | 'info';

/** The nearest legal value for the field that a problem names; one click applies it. */
export interface Repair {
  readonly field: ProblemField;
  readonly axis?: number;
  readonly value: number;
}

/**
 * Something wrong with a request, in plain words.
 * `template` and `args` are kept beside the English `message` so that the host can translate it;
 * `framework` is the framework's own wording, never translated, so that it can be searched for.
 */
export interface Problem {
  readonly code: string;
  readonly severity: Severity;
  readonly field: ProblemField;
  /** Spatial axis, 0 for the outermost, when the problem belongs to one. */
  readonly axis?: number;
  readonly template: string;
  readonly args: readonly (string | number)[];
  readonly message: string;
  readonly framework?: string;
  readonly repair?: Repair;
}

/**
 * Words of the field that stand in `args`, in English: names of parameters, tensors and axes. A translator of a problem
 * translates these by themselves before filling them into its template; any other argument stays as it is.
 */
export const WORDS: readonly string[] = [
  'input',
  'weight',
  'bias',
  'stride',
  'padding',
  'dilation',
  'output padding',
  'groups',
  'depth',
  'height',
  'width',
];

/** Fills `{0}`, `{1}` … in a template. The same syntax as `vscode.l10n.t`. */
export function format(template: string, args: readonly (string | number)[]): string {
  return template.replace(/\{(\d+)\}/g, (hole, index: string) => {
    const value = args[Number(index)];
    return value === undefined ? hole : String(value);
  });
}

type ProblemParts = Omit<Problem, 'message' | 'severity' | 'args'> & Partial<Pick<Problem, 'severity' | 'args'>>;

export function problem(parts: ProblemParts): Problem {
  const args = parts.args ?? [];
  return { severity: 'error', ...parts, args, message: format(parts.template, args) };
}

/** The rejection of every call that was asked for something illegal. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  constructor(readonly problems: readonly Problem[]) {
    super(problems.map((each) => (each.framework ? `${each.message} (${each.framework})` : each.message)).join('\n'));
  }

  /** By name: the compute thread loads some of its scripts late, and each has this class for itself. */
  static override [Symbol.hasInstance](value: unknown): boolean {
    return (
      typeof value === 'object' &&
      value !== null &&
      'problems' in value &&
      'name' in value &&
      value.name === 'ProblemError'
    );
  }
}
