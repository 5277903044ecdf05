import { isKnown } from '../sizes/size';
import type { ListValue, Value } from './value';

/** A list or tuple as `str` has it, of what has the same text in both: a string stands in quotes there. */
function sequenceText({ kind, items, open, sizesOf, fields }: ListValue): string | undefined {
  const texts = items.map((item) => (item.kind === 'string' ? undefined : textOf(item)));
  if (open || fields || texts.includes(undefined)) return undefined;
  const inner = texts.join(', ');
  if (sizesOf) return sizesOf.torch ? `torch.Size([${inner}])` : undefined;
  return kind === 'list' ? `[${inner}]` : `(${inner}${items.length === 1 ? ',' : ''})`;
}

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
    case 'list':
    case 'tuple':
      return sequenceText(value);
    case 'shape': {
      const { cell, torch } = value.tensor;
      return torch && cell.shape?.every(isKnown) ? `torch.Size([${cell.shape.join(', ')}])` : undefined;
    }
    default:
      return undefined;
  }
}

/** `repr(value)`, when that can be told: of texts without anything that would be written in another way. */
export function reprOf(value: Value): string | undefined {
  if (value.kind !== 'string') return textOf(value);
  return /^[\w .,:/()[\]-]*$/.test(value.value) ? `'${value.value}'` : undefined;
}

/**
 * What a format makes of a value: `{i:02d}`, `{name:>8}`. Of whole numbers and texts, as wide as is said; what other
 * formats make is not followed.
 */
export function formattedText(value: Value, format: string): string | undefined {
  if (format === '') return textOf(value);
  if (value.kind === 'string') {
    const [, side, width] = /^([<>]?)(\d+)s?$/.exec(format) ?? [];
    if (width === undefined) return undefined;
    return side === '>' ? value.value.padStart(Number(width)) : value.value.padEnd(Number(width));
  }
  const [, zero, width] = /^(0?)(\d*)d?$/.exec(format) ?? [];
  const isWhole = value.kind === 'number' && !value.float && typeof value.size === 'number';
  if (!isWhole || width === undefined || value.exact !== undefined) return undefined;
  const digits = String(Math.abs(Number(value.size)));
  const sign = Number(value.size) < 0 ? '-' : '';
  const wide = Number(width);
  return zero === '0' ? sign + digits.padStart(wide - sign.length, '0') : (sign + digits).padStart(wide);
}
