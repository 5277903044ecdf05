import type { Value } from './value';

/** `str(value)`, when that can be told. */
export function textOf(value: Value): string | undefined {
  switch (value.kind) {
    case 'string':
      return value.value;
    case 'number':
      if (value.exact !== undefined) return String(value.exact);
      if (typeof value.size !== 'number') return undefined;
      return value.float && Number.isInteger(value.size) ? `${value.size}.0` : String(value.size);
    case 'bool':
      return value.value ? 'True' : 'False';
    case 'none':
      return 'None';
    default:
      return undefined;
  }
}
