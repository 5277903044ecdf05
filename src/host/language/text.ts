import * as vscode from 'vscode';
import { WORDS } from '../../core/problem';
import type { Dim, ParameterValue } from '../../core/python';

/** What core says in English templates, in the user's language. */
export function translated(said: { readonly template: string; readonly args: readonly (string | number)[] }): string {
  return vscode.l10n.t(said.template, ...said.args.map((arg) => (WORDS.includes(String(arg)) ? vscode.l10n.t(String(arg)) : arg)));
}

/** `12 345`, or `1.2 M`, or an expression as it is. */
export function count(value: Dim): string {
  if (typeof value === 'string') return value.replace(/\*/g, '·');
  const units: readonly [number, string][] = [[1e12, 'T'], [1e9, 'G'], [1e6, 'M']];
  for (const [unit, name] of units) if (value >= unit) return `${(value / unit).toPrecision(3)} ${name}`;
  return value.toLocaleString(vscode.env.language);
}

export function shape(dims: readonly Dim[]): string {
  return `(${dims.join(', ')}${dims.length === 1 ? ',' : ''})`;
}

/** A resolved argument as Python writes it. */
export function argument(value: ParameterValue): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value.replace(/[`\\]/g, '')}'`;
  if (typeof value === 'number') return String(value);
  if ('symbol' in value) return value.symbol;
  return `(${value.map(argument).join(', ')}${value.length === 1 ? ',' : ''})`;
}
