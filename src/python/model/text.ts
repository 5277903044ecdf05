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
