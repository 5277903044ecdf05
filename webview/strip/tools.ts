import { format } from '../../src/core/problem';
import type { CodeState } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';
import { button, tool } from '../controls';
import { make, setHidden, setText } from '../dom';
import type { Actions, Part } from '../model';
import { reportTo } from '../report';
import { createCopyMenu } from '../parts/copyMenu';
import { createPresets } from '../parts/presets';
import { rove } from '../roving';

/** What can be done with the document as a whole, and where it comes from. */
export function createTools(actions: Actions, strings: Strings): Part {
  const report = reportTo(actions);
  const presets = createPresets(actions, strings);
  const copy = createCopyMenu(actions, strings);
  const undo = tool('discard', strings.undo, () => actions.undo());
  const redo = tool('redo', strings.redo, () => actions.redo());
  undo.element.classList.add('undo');
  redo.element.classList.add('redo');
  const save = tool('save', strings.saveDocument, () => report(actions.host.save('document', 'output')));
  const apply = button(strings.applyToCode, () => report(actions.host.applyToCode()), 'primary');
  const origin = make('button', { type: 'button', class: 'origin' });
  origin.addEventListener('click', () => report(actions.host.reveal()));
  const standing = make('span', { class: 'standing' });
  const keep = button(strings.codeKeep, () => report(actions.host.settleCode('keep')));
  const take = button(strings.codeTake, () => report(actions.host.settleCode('take')));
  keep.label(strings.codeKeep, strings.codeKeepTitle);
  take.label(strings.codeTake, strings.codeTakeTitle);
  // One place, in which one of these stands.
  const slot = make('span', { class: 'apply' }, standing, apply.element, keep.element, take.element);
  const icons = make('div', { class: 'tools', role: 'toolbar', 'aria-label': strings.document });
  icons.append(presets.element, copy.element, undo.element, redo.element, save.element);
  const roving = rove(icons, 'button.tool');
  return {
    element: make('div', { class: 'ends' }, origin, slot, icons),
    update(model) {
      const { head } = model.edited;
      presets.update(model);
      copy.update(model);
      undo.enable(head.undo !== undefined);
      undo.label(strings.undo, head.undo === undefined ? strings.undo : format(strings.undoWhat, [head.undo]));
      redo.enable(head.redo !== undefined);
      redo.label(strings.redo, head.redo === undefined ? strings.redo : format(strings.redoWhat, [head.redo]));
      const { code } = head;
      const words: Readonly<Record<CodeState, string>> = {
        inStep: strings.codeInStep,
        ahead: '',
        asks: strings.codeAsks,
        parted: strings.codeParted,
      };
      setHidden(slot, code === undefined);
      setText(standing, code ? words[code.state] : '');
      standing.title = standing.textContent ?? '';
      setHidden(standing, code === undefined || code.state === 'ahead');
      setHidden(apply.element, code?.state !== 'ahead');
      setHidden(keep.element, code?.state !== 'asks');
      setHidden(take.element, code?.state !== 'asks');
      if (code) apply.label(strings.applyToCode, format(strings.applyToCodeTitle, [code.label]));
      setText(origin, head.origin ?? '');
      origin.disabled = code === undefined || code.state === 'parted';
      origin.title = [head.title, head.origin].filter(Boolean).join(' · ');
      roving.refresh();
    },
  };
}
