import * as vscode from 'vscode';

export const shapeText = (shape: readonly number[]): string => `(${shape.join(', ')})`;

/** A value with as many digits as tell it from its neighbours in a list. */
export function describeValue(value: number): string {
  const rounded = Number(value.toPrecision(3));
  return String(rounded).replace('-', '−');
}

/** What values may be taken for, in words; the names of types stay as they are. */
export function readingText(reading: string): string {
  switch (reading) {
    case 'real part':
      return vscode.l10n.t('real part');
    case 'imaginary part':
      return vscode.l10n.t('imaginary part');
    case 'magnitude':
      return vscode.l10n.t('magnitude');
    case 'colours':
      return vscode.l10n.t('colours');
    case 'class indices':
      return vscode.l10n.t('class indices');
    default:
      return reading;
  }
}
