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
  conv: 'Convolution',
  convTranspose: 'Transposed convolution',
} as const;

export type Strings = { readonly [Name in keyof typeof STRINGS]: string };
