import type { Strings } from '../../src/protocol/strings';
import { make } from '../dom';

/** The keys that the page knows. */
export function createHelp(strings: Strings): HTMLElement {
  const groups: readonly (readonly [title: string, rows: readonly (readonly [keys: string, what: string])[]])[] = [
    [
      strings.keysEverywhere,
      [
        ['Tab', strings.keyTab],
        ['F6', strings.keyRegion],
        ['Ctrl/⌘ + Z', strings.keyUndo],
        ['Ctrl/⌘ + Shift + Z', strings.keyRedo],
        ['?', strings.keyHelp],
      ],
    ],
    [
      strings.keysInGrids,
      [
        ['↑ ↓ ← →', strings.keyArrows],
        ['Shift + ↑ ↓ ← →', strings.keySelect],
        ['Ctrl/⌘ + A', strings.keySelectAll],
        ['Ctrl/⌘ + C', strings.keyCopy],
        ['Ctrl/⌘ + F', strings.keyFind],
        ['Ctrl/⌘ + G', strings.keyGoTo],
        ['Shift + F10', strings.keyMenu],
        ['Space', strings.keyPin],
        ['Esc', strings.keyLetGo],
      ],
    ],
    [
      strings.keysWhereTyped,
      [
        ['1 2 3 … = ( π', strings.keyType],
        ['F2, Enter', strings.keyEdit],
        ['Enter, Tab', strings.keyCommit],
        ['Ctrl/⌘ + Enter', strings.keyFill],
        ['Esc', strings.keyEscape],
        ['Delete', strings.keyDelete],
        ['Ctrl/⌘ + X, V', strings.keyPaste],
        ['Ctrl/⌘ + D, R', strings.keyFillDown],
        ['Ctrl/⌘ + Shift + D, R', strings.keyContinue],
        ['Alt + ↑ ↓', strings.keyStepCell],
        ['Alt + P', strings.keyPin],
        ['Alt + +, −, 0', strings.keyZoom],
        ['Alt + [ ]', strings.keyChannel],
        ['Alt + { }', strings.keyOtherChannel],
        ['Alt + C', strings.keyChannels],
        ['Alt + T', strings.keyTools],
        ['Alt + B', strings.keyBias],
      ],
    ],
    [
      strings.keysInOutput,
      [
        ['P, Enter', strings.keyPin],
        ['+, −, 0', strings.keyZoom],
        ['[ ]', strings.keyChannel],
        ['C', strings.keyChannels],
        ['T', strings.keyTools],
      ],
    ],
    [
      strings.keysInFields,
      [
        ['1/2 … 2^5', strings.keyArithmetic],
        ['↑ ↓, Shift + ↑ ↓', strings.keyStep],
        ['Alt', strings.keyWheel],
        ['Esc', strings.keyEscape],
      ],
    ],
  ];
  const content = groups.flatMap(([title, rows]) => [
    make('h3', {}, title),
    make('dl', {}, ...rows.flatMap(([keys, what]) => [make('dt', {}, make('kbd', {}, keys)), make('dd', {}, what)])),
  ]);
  return make('div', { class: 'help' }, ...content);
}
