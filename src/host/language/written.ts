import type { Dim, ParameterValue } from '../../python';

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
