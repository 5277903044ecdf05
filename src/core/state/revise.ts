import type { Tensor } from '../operation';
import type { InspectorDocument, TensorRole } from './document';
import { memberText, withMembers } from './jsonText';
import { attachmentName, fieldsOf, inlineValues, MOST_INLINE } from './serialize';

/** A document as it was last read or written. */
export interface Before {
  readonly text: string;
  /** What the text says that the tensors are, those in files beside it included, as far as these can be read. */
  readonly tensors: Readonly<Partial<Record<TensorRole, Tensor>>>;
  /** Whether the document is to stand elsewhere now: then the files that it names must be there, too. */
  readonly moved: boolean;
}

/** A file that belongs beside the document: the values of a tensor, or, where those are unchanged, a file as it is. */
export type RevisedFile = { readonly file: string } & ({ readonly tensor: Tensor } | { readonly from: string });

export interface Revised {
  readonly text: string;
  readonly files: readonly RevisedFile[];
}

const OP_KEYS = ['kind', 'stride', 'dilation', 'padding', 'outputPadding', 'groups', 'paddingMode'] as const;

/** Whether two tensors are the same to the last bit; NaN is itself. */
function isSameTensor(one: Tensor | undefined, other: Tensor): boolean {
  return (
    one?.dtype === other.dtype &&
    one.shape.join() === other.shape.join() &&
    // `every` of a typed array calls back for each element, a hundred million times for the largest.
    hasSameElements(one.data, other.data)
  );
}

function hasSameElements(one: Tensor['data'], other: Tensor['data']): boolean {
  for (let at = 0; at < one.length; at++) if (!Object.is(one[at], other[at])) return false;
  return true;
}

/**
 * The text of a `.tconv.json` file as it is to be now. Only what has changed is written anew: the rest stays as it
 * stands, with the order and the spaces that someone gave it, and with what this version does not know. A tensor that
 * has not changed keeps the file that holds it, whatever its type there is.
 */
export function revise(document: InspectorDocument, name: string, before: Before): Revised {
  const files: RevisedFile[] = [];
  const tensor = (role: TensorRole, value: Tensor): string => {
    const text = memberText(before.text, role) ?? '{}';
    const kept = isSameTensor(before.tensors[role], value);
    const named = memberText(text, 'file');
    const from = named === undefined ? undefined : (JSON.parse(named) as string);
    const shape = JSON.stringify(value.shape);
    if (kept && (from === undefined || !before.moved)) return text;
    if (!kept && value.data.length <= MOST_INLINE) {
      return withMembers(text, [
        ['shape', shape],
        ['file', undefined],
        ['values', inlineValues(value)],
      ]);
    }
    const file = attachmentName(name, role);
    files.push({ file, ...(kept && from !== undefined ? { from } : { tensor: value }) });
    return withMembers(text, [
      ['shape', shape],
      ['values', undefined],
      ['file', JSON.stringify(file)],
    ]);
  };
  const op = (): string => {
    const known = OP_KEYS.map((key) => [key, JSON.stringify(document.op[key]) as string | undefined] as const);
    return withMembers(memberText(before.text, 'op') ?? '{}', known);
  };
  const fields = fieldsOf(document, tensor).map(([key, value]) => {
    if (key === 'op') return [key, op()] as const;
    // A view that nobody has looked at is not written into a file that says nothing of one.
    return key === 'view' && value === '{}' && memberText(before.text, key) === undefined
      ? ([key, undefined] as const)
      : ([key, value] as const);
  });
  return { text: withMembers(before.text, fields), files };
}
