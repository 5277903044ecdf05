import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { button, progressRing } from '../controls';
import { make, setHidden, setText } from '../dom';
import type { Actions, Model, Part } from '../model';
import { reportTo } from '../report';

function words({ status }: Model, strings: Strings): string {
  switch (status.case) {
    case 'computing':
      return status.done > 0 ? format(strings.computingDone, [Math.round(status.done * 100)]) : strings.computing;
    case 'ready':
      return '';
    case 'invalid':
      return strings.invalid;
    case 'failed':
      return status.message;
    default:
      return status satisfies never;
  }
}

/** What the inspector is doing, unless it is ready. Long work can be stopped, and failed work tried again. */
export function createStatus(actions: Actions, strings: Strings): Part {
  const report = reportTo(actions);
  const ring = progressRing(strings.computing);
  const text = make('span', { role: 'status' });
  const stop = button(strings.cancel, () => report(actions.host.cancel()));
  const again = button(strings.retry, () => report(actions.host.retry()));
  const element = make('div', { class: 'status' }, ring, text, stop.element, again.element);
  return {
    element,
    update(model) {
      const { case: state } = model.status;
      // The host says that it is computing only when that takes long. Before the first document has come there is
      // nothing to stop.
      const computing = state === 'computing' && model.status.revision >= 0;
      setText(text, words(model, strings));
      element.dataset.case = state;
      setHidden(ring, !computing);
      setHidden(stop.element, !computing);
      setHidden(again.element, state !== 'failed');
    },
  };
}
