import { lessonOf } from '../../core/learn/lesson';
import type { Problem } from '../../core/problem';
import type { InspectorDocument, Origin } from '../../core/state/document';
import type { Label } from '../../core/state/edits';
import type { DocumentHead } from '../../protocol/panel';
import type { Surroundings } from './surroundings';

interface Standing {
  readonly name: string;
  readonly revision: number;
  readonly problems: readonly Problem[];
  readonly undoLabel: Label | undefined;
  readonly redoLabel: Label | undefined;
  readonly code: DocumentHead['code'];
  readonly against: DocumentHead['against'];
}

type Words = Pick<Surroundings, 'translate' | 'pathOf'>;

function originText(origin: Origin | undefined, { pathOf }: Words): string | undefined {
  switch (origin?.kind) {
    case undefined:
      return undefined;
    case 'preset':
      return undefined;
    case 'file':
      return pathOf(origin.uri);
    case 'python':
      return `${pathOf(origin.uri)}:${origin.range.start.line + 1}`;
    default:
      return origin satisfies never;
  }
}

/** The document as a view is told of it: all but the tensors' values. */
export function headOf(
  document: InspectorDocument,
  { name, revision, problems, undoLabel, redoLabel, code, against }: Standing,
  words: Words,
): DocumentHead {
  const { translate } = words;
  return {
    revision,
    title: name,
    operation: document.op,
    dtype: document.dtype,
    inputShape: document.input.shape,
    weightShape: document.weight.shape,
    biasShape: document.bias?.shape,
    pixelKernels: document.pixelKernels,
    problems,
    origin: originText(document.origin, words),
    lesson: lessonOf(document),
    code,
    against,
    undo: undoLabel && translate(undoLabel),
    redo: redoLabel && translate(redoLabel),
  };
}
