import { LONGEST_AXIS } from '../../src/core/state/document';
import type { Strings } from '../../src/protocol/strings';
import { make, setHidden, setText, uniqueId } from '../dom';
import type { Actions, Model } from '../model';
import { type NumberField, createNumberField } from './numberField';
import type { ParameterSpec } from './parameterSpecs';
import { createProblems } from './problems';

export interface ParameterBlock {
  readonly element: HTMLElement;
  update(spec: ParameterSpec, model: Model): void;
}

/** One parameter: its name and symbol, its fields, and beside them what is wrong with it. */
export function createParameter(key: string, actions: Actions, strings: Strings): ParameterBlock {
  const name = make('span', { class: 'name' });
  const symbol = make('var', {});
  const note = make('span', { class: 'note' });
  const title = make('div', { class: 'title', id: uniqueId('parameter') }, name, ' ', symbol);
  const row = make('div', { class: 'fields' });
  const complaint = make('div', { class: 'problem error' });
  let field = '';
  const problems = createProblems(actions, (problem) => problem.field === field);
  const element = make(
    'div',
    { class: 'parameter', role: 'group', 'aria-labelledby': title.id, 'data-parameter': key },
    title,
    row,
    note,
    complaint,
    problems.element,
  );
  setHidden(complaint, true);

  let keys = '';
  let current: ParameterSpec['fields'] = [];
  let fields: readonly NumberField[] = [];
  const complaints = new Map<string, string>();
  const complain =
    (at: string) =>
    (message: string | undefined): void => {
      if (message === undefined) complaints.delete(at);
      else complaints.set(at, message);
      setText(complaint, [...complaints.values()][0] ?? '');
      setHidden(complaint, complaints.size === 0);
    };

  return {
    element,
    update(spec, model) {
      field = spec.problemField;
      current = spec.fields;
      setText(name, spec.title);
      setText(symbol, spec.symbol);
      setText(note, spec.note ?? '');
      setHidden(note, spec.note === undefined);
      const wanted = spec.fields.map((each) => each.key).join(' ');
      if (wanted !== keys) {
        keys = wanted;
        complaints.clear();
        setHidden(complaint, true);
        fields = spec.fields.map(({ key: name, label, short }, at) =>
          createNumberField({
            label,
            short,
            settles: spec.settles,
            strings,
            least: spec.least,
            // A parameter may be illegal, which PyTorch's words say then; a size must be one that a tensor can have.
            ...(spec.settles ? { most: () => LONGEST_AXIS } : {}),
            send: (value, group) => actions.edit({ ...current[at].edit(value), group }),
            complain: complain(name),
          }),
        );
        row.replaceChildren(...fields.map((each) => each.element));
      }
      fields.forEach((each, at) => {
        each.update(spec.fields[at].value, spec.fields[at].mixed);
      });
      problems.update(model);
    },
  };
}
