/**
 * Every text of the webview, in English. The host translates the values with `vscode.l10n` and sends the same object;
 * `{0}` … are filled by the webview.
 */
export const STRINGS = {
  input: 'Input',
  kernel: 'Kernel',
  output: 'Output',
  bias: 'Bias',
  matrix: 'Matrix',
  matrixSize: '{0} × {1}, {2} entries',
  matrixItem: 'item {0} of {1}',
  matrixNone: 'There is no matrix until the parameters are legal.',
  matrixHelp: 'Arrows move, Ctrl+arrows go to the next entry, Enter pins, + and − zoom, 0 shows all.',
  matrixEntry: '{0}: {1} · {2}',
  matrixEmpty: '{0}, {1}: no entry',
  matrixTools: 'Matrix tools',
  matrixZoomIn: 'Zoom in',
  matrixZoomOut: 'Zoom out',
  matrixFit: 'Show all',
  matrixSymbols: 'Symbols',
  matrixCopyText: 'Copy as text',
  matrixCopyCsv: 'Copy as CSV',
  matrixCopyLatex: 'Copy as LaTeX',
  matrixCopyLarge: '{0} × {1} cells are in view; zoom in to at most {2} to copy them.',
  matrixCopied: 'the visible part of the matrix',
  matrixSaveMarket: 'Save as Matrix Market',
  matrixSaveScipy: 'Save for SciPy',
  conv: 'Convolution',
  convTranspose: 'Transposed convolution',
} as const;

export type Strings = { readonly [Name in keyof typeof STRINGS]: string };
