import type { Expression } from '../syntax/ast';

const TENSOR_HINTS = new Set(
  (
    'Float Float16 Float32 Float64 BFloat16 Int Int8 Int32 Int64 UInt8 Bool Shaped Num Real Complex Inexact Integer ' +
    'TensorType Annotated'
  ).split(' '),
);

/**
 * The shape that a jaxtyping annotation states (`Float[Tensor, "batch 3 64 64"]`), or a torchtyping one
 * (`TensorType["batch", 3, 64, 64]`). Variadic and broadcasting axes (`*batch`, `#c`, `...`) leave the rank open.
 */
export function annotatedShape(annotation: Expression | undefined): readonly (number | string)[] | undefined {
  if (annotation?.kind !== 'subscript') return undefined;
  const head =
    annotation.object.kind === 'name'
      ? annotation.object.name
      : annotation.object.kind === 'attribute'
        ? annotation.object.name
        : '';
  if (head === 'Optional') return annotatedShape(annotation.index);
  if (!TENSOR_HINTS.has(head)) return undefined;
  const parts = annotation.index.kind === 'tuple' ? annotation.index.items : [annotation.index];
  if (head === 'Annotated')
    return (
      parts
        .slice(1)
        .map(annotatedShape)
        .find((shape) => shape !== undefined) ?? annotatedShape(parts[0])
    );
  const text = parts.find((part) => part.kind === 'string');
  if (head !== 'TensorType' && text?.kind === 'string')
    return dimsOf(text.value.split(/\s+/).filter((each) => each !== ''));
  if (head !== 'TensorType') return undefined;
  return dimsOf(
    parts.map((part) => (part.kind === 'number' ? String(part.value) : part.kind === 'string' ? part.value : '?')),
  );
}

function dimsOf(words: readonly string[]): readonly (number | string)[] | undefined {
  const dims = words.map((word) => word.replace(/^\w+=/, ''));
  return dims.every((word) => /^\w+$/.test(word) && word !== '_')
    ? dims.map((word) => (/^\d+$/.test(word) ? Number(word) : word))
    : undefined;
}
