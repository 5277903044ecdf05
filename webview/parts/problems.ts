import { format, type Problem } from '../../src/core/problem';
import { button } from '../controls';
import { make, setHidden } from '../dom';
import type { Actions, Model, Part } from '../model';
import { repairEdit } from './repair';

/** Problems in plain words, with the framework's own wording and a button that mends each. Takes no room when there is none. */
export function createProblems(actions: Actions, belongs: (problem: Problem) => boolean): Part {
  const element = make('div', { class: 'problems' });
  let shown: readonly Problem[] = [];

  const line = (each: Problem, model: Model): HTMLElement => {
    const row = make('div', { class: `problem ${each.severity}` }, make('span', {}, each.message));
    if (each.framework) row.append(make('code', { class: 'framework' }, each.framework));
    const edit = repairEdit(each, model.head);
    if (edit && each.repair) {
      row.append(button(format(model.strings.useValue, [each.repair.value]), () => actions.edit(edit), 'primary').element);
    }
    return row;
  };

  return {
    element,
    update(model) {
      const problems = model.head.problems.filter(belongs);
      setHidden(element, problems.length === 0);
      if (problems.length === shown.length && problems.every((each, at) => each === shown[at])) return;
      shown = problems;
      element.replaceChildren(...problems.map((each) => line(each, model)));
    },
  };
}
