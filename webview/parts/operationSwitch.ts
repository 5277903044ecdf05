import type { Kind } from '../../src/core/operation';
import type { Strings } from '../../src/protocol/strings';
import { radios } from '../controls';
import { make } from '../dom';
import type { Actions, Part } from '../model';
import { createProblems } from './problems';

/** Convolution or transposed convolution. */
export function createOperationSwitch(actions: Actions, strings: Strings): Part {
  const kinds: readonly Kind[] = ['conv', 'convTranspose'];
  const control = radios(
    strings.operation,
    kinds.map((value) => ({ value, text: strings[value] })),
    (value) => actions.edit({ kind: 'setParameter', field: 'kind', value: value as Kind }),
  );
  const problems = createProblems(actions, ({ field }) => field === 'kind');
  return {
    element: make('div', { class: 'operation' }, control.element, problems.element),
    update(model) {
      control.value = model.edited.head.operation.kind;
      problems.update(model);
    },
  };
}
