import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';

/** The keys that the page knows. */
export function createHelp(strings: Strings): HTMLElement {
  const rows: readonly (readonly [keys: string, what: string])[] = [
    ['Tab', strings.keyTab],
    ['↑ ↓ ← →', strings.keyArrows],
    ['Enter, F2', strings.keyEdit],
    ['Esc', strings.keyEscape],
    ['Shift + ↑ ↓ ← →', strings.keySelect],
    ['Delete', strings.keyDelete],
    ['Ctrl/⌘ + C, V', strings.keyCopy],
    ['Ctrl/⌘ + Z', strings.keyUndo],
    ['Ctrl/⌘ + Shift + Z', strings.keyRedo],
    ['↑ ↓, Shift + ↑ ↓', strings.keyStep],
    ['Alt', strings.keyWheel],
  ];
  const list = make(
    'dl',
    {},
    ...rows.flatMap(([keys, what]) => [make('dt', {}, make('kbd', {}, keys)), make('dd', {}, what)]),
  );
  list.className = 'help';
  return list;
}
