import { format, type Problem } from '../../src/core/problem';
import { button } from '../controls';
import { make, setHidden } from '../dom';
import type { Actions, Model, Part } from '../model';
import { repairEdit } from './repair';

/** While axes are linked, a problem that several axes have is shown once, and its button mends all of them. */
function together(problems: readonly Problem[], linked: boolean): readonly Problem[] {
  if (!linked) return problems;
  const same = (one: Problem, other: Problem): boolean => one.code === other.code && one.field === other.field;
  const firsts = problems.filter((each, at) => problems.findIndex((other) => same(each, other)) === at);
  return firsts.map((first) => {
    const all = problems.filter((each) => same(each, first));
    return all.length > 1 && first.repair ? { ...first, repair: { ...first.repair, axis: undefined } } : first;
  });
}

/**
 * Problems in plain words, with the framework's own wording and a button that mends each. Takes no room when there is
 * none.
 */
export function createProblems(actions: Actions, belongs: (problem: Problem) => boolean): Part {
  const element = make('div', { class: 'problems' });
  let shown: readonly Problem[] = [];
  let joined = false;

  const line = (each: Problem, model: Model): HTMLElement => {
    const row = make('div', { class: `problem ${each.severity}` }, make('span', {}, each.message));
    if (each.framework) row.append(make('code', { class: 'framework' }, each.framework));
    const edit = repairEdit(each, model.edited.head);
    if (edit && each.repair) {
      row.append(
        button(format(model.strings.useValue, [each.repair.value]), () => actions.edit(edit), 'primary').element,
      );
    }
    return row;
  };

  return {
    element,
    update(model) {
      const problems = model.edited.head.problems.filter(belongs);
      const { linked } = model.view;
      setHidden(element, problems.length === 0);
      if (linked === joined && problems.length === shown.length && problems.every((each, at) => each === shown[at]))
        return;
      [shown, joined] = [problems, linked];
      element.replaceChildren(...together(problems, linked).map((each) => line(each, model)));
    },
  };
}
