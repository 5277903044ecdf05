import { format } from '../../src/core/problem';
import type { Strings } from '../../src/protocol/strings';
import { button } from '../controls';
import { make, setHidden, setText } from '../dom';
import type { Actions, Part } from '../model';
import { createCopyMenu } from './copyMenu';
import { createPresets } from './presets';

/** The buttons for the document as a whole, and where it comes from. */
export function createToolbar(actions: Actions, strings: Strings): Part {
  const report = (answer: Promise<void>): void => {
    answer.catch((error: unknown) => actions.announce(error instanceof Error ? error.message : String(error)));
  };
  const presets = createPresets(actions, strings);
  const copy = createCopyMenu(actions, strings);
  const undo = button(strings.undo, () => actions.undo());
  const redo = button(strings.redo, () => actions.redo());
  const save = button(strings.saveDocument, () => report(actions.host.save('document', 'output')));
  const apply = button(strings.applyToCode, () => report(actions.host.applyToCode()), 'primary');
  const parted = make('span', { class: 'note' });
  const title = make('strong', { class: 'document-title' });
  const origin = make('span', { class: 'note' });
  const buttons = make('div', { class: 'buttons', role: 'toolbar', 'aria-label': strings.document });
  buttons.append(presets.element, undo.element, redo.element, copy.element, save.element, apply.element);
  return {
    element: make(
      'div',
      { class: 'toolbar' },
      buttons,
      make('div', { class: 'about' }, title, ' ', origin, ' ', parted),
    ),
    update(model) {
      const { head } = model.edited;
      presets.update(model);
      copy.update(model);
      undo.enable(head.undo !== undefined);
      undo.label(strings.undo, head.undo === undefined ? strings.undo : format(strings.undoWhat, [head.undo]));
      redo.enable(head.redo !== undefined);
      redo.label(strings.redo, head.redo === undefined ? strings.redo : format(strings.redoWhat, [head.redo]));
      setHidden(apply.element, head.code === undefined);
      apply.enable(head.code?.state !== 'inStep');
      if (head.code) apply.label(strings.applyToCode, format(strings.applyToCodeTitle, [head.code.label]));
      setText(parted, head.code?.state === 'parted' ? strings.codeParted : '');
      setText(title, head.title);
      setText(origin, head.origin ?? '');
    },
  };
}
