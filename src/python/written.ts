import type { Dim, ParameterValue } from './report';

/** As Python writes a tuple: `(N, 3, 64, 64)`. */
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

/** A shape as typed, `N, 3, 64, 64` or `(1, 3, H, W)`; nothing when it is none. */
export function parseShape(text: string): readonly Dim[] | undefined {
  const inner = text
    .trim()
    .replace(/^[([](.*)[)\]]$/s, '$1')
    .replace(/,\s*$/, '');
  return shapeOf(inner.split(',').map((each) => each.trim()));
}

/** A shape of which each axis is written by itself; nothing when one of them is neither a size nor a name. */
export function shapeOf(axes: readonly string[]): readonly Dim[] | undefined {
  const dims: Dim[] = [];
  for (const part of axes) {
    if (/^[1-9]\d{0,8}$/.test(part)) dims.push(Number(part));
    else if (/^[A-Za-z_]\w*$/.test(part)) dims.push(part);
    else return undefined;
  }
  return dims.length <= 8 ? dims : undefined;
}
