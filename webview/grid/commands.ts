import type { CopyFormat } from '../../src/protocol/panel';
import type { Strings } from '../../src/protocol/strings';

/** What can be done in a grid by a key, and from its menu. */
export type CommandName =
  | 'cut'
  | 'copy'
  | 'paste'
  | 'clear'
  | 'edit'
  | 'fillDown'
  | 'fillRight'
  | 'continueDown'
  | 'continueRight'
  | 'selectAll'
  | 'find'
  | 'goTo'
  | 'pin'
  | 'zoomIn'
  | 'zoomOut'
  | 'fit'
  | 'previousChannel'
  | 'nextChannel'
  | 'previousOther'
  | 'nextOther'
  | 'channels'
  | 'tools'
  | 'bias'
  | 'menu'
  | 'letGo';

/** A key with Ctrl (⌘ on a Mac), Shift and Alt as they must be held. */
interface Stroke {
  readonly key: string;
  readonly ctrl?: boolean;
  readonly shift?: boolean;
  readonly alt?: boolean;
  /**
   * The key's place on a keyboard of the United States. A Mac turns Alt+P into π, so that only the place tells what
   * was pressed.
   */
  readonly code?: string;
}

const ctrl = (key: string, shift = false): Stroke => ({ key, ctrl: true, shift });

/** In both kinds of grid. */
const BOTH: readonly (readonly [CommandName, Stroke])[] = [
  ['copy', ctrl('c')],
  ['selectAll', ctrl('a')],
  ['find', ctrl('f')],
  ['goTo', ctrl('g')],
  ['menu', { key: 'F10', shift: true }],
  ['menu', { key: 'ContextMenu' }],
  ['letGo', { key: 'Escape' }],
  ['pin', { key: ' ' }],
];

/** Signs that a grid which takes no typing has for itself; in one that does, they need Alt. */
const SIGNS: readonly (readonly [CommandName, key: string, code?: string])[] = [
  ['pin', 'p', 'KeyP'],
  ['zoomIn', '+', 'NumpadAdd'],
  ['zoomIn', '=', 'Equal'],
  ['zoomOut', '-', 'Minus'],
  ['zoomOut', '−', 'NumpadSubtract'],
  ['fit', '0', 'Digit0'],
  ['previousChannel', '[', 'BracketLeft'],
  ['nextChannel', ']', 'BracketRight'],
  ['channels', 'c', 'KeyC'],
  ['tools', 't', 'KeyT'],
  ['bias', 'b', 'KeyB'],
  ['previousOther', '{'],
  ['nextOther', '}'],
];

const EDITABLE: readonly (readonly [CommandName, Stroke])[] = [
  ['cut', ctrl('x')],
  ['paste', ctrl('v')],
  ['clear', { key: 'Delete' }],
  ['clear', { key: 'Backspace' }],
  ['edit', { key: 'F2' }],
  ['edit', { key: 'Enter' }],
  ['fillDown', ctrl('d')],
  ['fillRight', ctrl('r')],
  ['continueDown', ctrl('d', true)],
  ['continueRight', ctrl('r', true)],
];

const strokesOf = (editable: boolean): readonly (readonly [CommandName, Stroke])[] => [
  ...BOTH,
  ...(editable ? EDITABLE : []),
  ...SIGNS.map(([name, key, code]) => [name, { key, code, alt: editable }] as const),
  ...(editable ? [] : ([['pin', { key: 'Enter' }]] as const)),
];

export type Key = Pick<KeyboardEvent, 'key' | 'code' | 'ctrlKey' | 'metaKey' | 'shiftKey' | 'altKey'>;

const isSign = (key: string): boolean => key.length === 1 && !/[a-z]/i.test(key);
const isPlain = (key: string): boolean => /^[ -~]$/.test(key);

function matches({ key, ctrlKey, metaKey, shiftKey, altKey, code }: Key, stroke: Stroke): boolean {
  if ((ctrlKey || metaKey) !== (stroke.ctrl ?? false) || altKey !== (stroke.alt ?? false)) return false;
  // Where a sign stands differs between keyboards: on some it takes Shift.
  if (!isSign(stroke.key) && stroke.code === undefined && shiftKey !== (stroke.shift ?? false)) return false;
  return key.toLowerCase() === stroke.key.toLowerCase() || (altKey && !isPlain(key) && code === stroke.code);
}

/** The command of a key; nothing for keys that move, type, or belong to others. Clipboard keys come as events. */
export function commandOf(key: Key, editable: boolean): CommandName | undefined {
  return strokesOf(editable).find(([, stroke]) => matches(key, stroke))?.[0];
}

/** Whether a key begins to type into a cell. Neither a blank nor a question mark begins a value. */
export function beginsTyping({ key, ctrlKey, metaKey, altKey }: Key, altGraph: boolean): boolean {
  if ([...key].length !== 1 || key === ' ' || key === '?') return false;
  return altGraph || !(ctrlKey || metaKey || altKey);
}

const SHOWN: Readonly<Record<string, string>> = { ' ': 'Space', '-': '−', ContextMenu: 'Menu' };

/** The key of a command as menus show it: `Ctrl+Shift+D`, `⌘D` on a Mac. Nothing where it has none. */
export function keyText(name: CommandName, editable: boolean, mac: boolean): string {
  const stroke = strokesOf(editable).find(([each, { key }]) => each === name && key !== ' ')?.[1];
  if (!stroke) return '';
  const letter = stroke.key.length === 1 ? stroke.key.toUpperCase() : stroke.key;
  const held = mac
    ? [stroke.ctrl && '⌘', stroke.alt && '⌥', stroke.shift && '⇧']
    : [stroke.ctrl && 'Ctrl+', stroke.alt && 'Alt+', stroke.shift && 'Shift+'];
  return held.filter(Boolean).join('') + (SHOWN[letter] ?? letter);
}

/** An item of the menu, or a line between groups of them. */
export type MenuEntry =
  | { readonly command: CommandName; readonly text: string }
  | { readonly copyAs: CopyFormat; readonly text: string }
  | 'line';

/** What the menu of a grid offers, in its order. */
export function menuEntries(
  editable: boolean,
  pinned: boolean,
  strings: Strings,
  { hasChannels = false, hasBias = false } = {},
): readonly MenuEntry[] {
  const command = (name: CommandName, text: string): MenuEntry => ({ command: name, text });
  const copyAs = (format: CopyFormat, text: string): MenuEntry => ({ copyAs: format, text });
  return [
    ...(editable ? [command('cut', strings.menuCut)] : []),
    command('copy', strings.menuCopy),
    ...(editable
      ? [
          command('paste', strings.menuPaste),
          command('clear', strings.menuClear),
          'line' as const,
          command('edit', strings.menuEdit),
          command('fillDown', strings.menuFillDown),
          command('fillRight', strings.menuFillRight),
          command('continueDown', strings.menuContinueDown),
          command('continueRight', strings.menuContinueRight),
        ]
      : []),
    'line',
    command('selectAll', strings.menuSelectAll),
    command('find', strings.menuFind),
    command('goTo', strings.menuGoTo),
    command('pin', pinned ? strings.menuUnpin : strings.menuPin),
    ...(hasChannels ? [command('channels', strings.menuChannels)] : []),
    ...(hasBias ? [command('bias', strings.bias)] : []),
    command('tools', editable ? strings.menuTools : strings.menuToolsOutput),
    'line',
    copyAs('numpy', strings.menuCopyNumpy),
    copyAs('torch', strings.menuCopyTorch),
    copyAs('json', strings.menuCopyJson),
    copyAs('tsv', strings.menuCopyTsv),
  ];
}
