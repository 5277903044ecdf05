import type * as vscode from 'vscode';
import type { Dim, ParameterValue } from '../../python';
import type { Severity } from '../../core/problem';
import { heard } from '../../python/told';
import type { Snapshot } from './analyses';
import { rangeIn } from './documents';
import { problemMessage } from '../../language/problems';
import { EDITOR_WORDS } from './words';

/** One convolution-like call, as the exported API tells it. */
export interface LayerReport {
  /** Resolved: `torch.nn.ConvTranspose2d`, `keras.layers.Conv2DTranspose` … */
  readonly callee: string;
  /** The whole call expression. */
  readonly range: vscode.Range;
  /**
   * Resolved arguments under the framework's own names; a missing key is not known, a string may be an expression over
   * sizes.
   */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly weightShape?: readonly Dim[];
  /** One per way the layer is applied; symbolic if nothing is known. */
  readonly uses: readonly {
    readonly inputShape: readonly Dim[];
    readonly outputShape: readonly Dim[];
    readonly range?: vscode.Range;
  }[];
  /** Without those that a comment silences; what the settings say is for the editor alone. */
  readonly problems: readonly { readonly code: string; readonly message: string; readonly severity: Severity }[];
}

function plain(value: ParameterValue): unknown {
  if (typeof value !== 'object' || value === null) return value;
  return 'symbol' in value ? value.symbol : value.map(plain);
}

/** The reports of the calls that stand in this document (of a notebook: this cell). */
export function layerReports({ source, analysis }: Snapshot, document: vscode.TextDocument): readonly LayerReport[] {
  const { told } = heard(analysis);
  return analysis.reports.flatMap((report) => {
    const range = rangeIn(source, document, report.span);
    if (!range) return [];
    return {
      callee: report.callee,
      range,
      parameters: Object.fromEntries(Object.entries(report.parameters).map(([name, value]) => [name, plain(value)])),
      ...(report.weightShape && { weightShape: report.weightShape }),
      uses: report.uses.map(({ inputShape, outputShape, span }) => {
        const used = span && rangeIn(source, document, span);
        return { inputShape, outputShape, ...(used && { range: used }) };
      }),
      problems: told
        .filter((each) => each.report === report)
        .map(({ problem }) => ({
          code: problem.code,
          message: problemMessage(problem, EDITOR_WORDS),
          severity: problem.severity,
        })),
    };
  });
}
