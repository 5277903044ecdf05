import * as vscode from 'vscode';
import type { Dim, ParameterValue } from '../../python';

/** `12 345`, or `1.2 M`, or an expression as it is. */
export function count(value: Dim): string {
  if (typeof value === 'string') return value.replace(/\*/g, '·');
  const units: readonly [number, string][] = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
  ];
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
