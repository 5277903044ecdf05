import assert from 'node:assert/strict';
import { STRINGS } from '../../../../src/protocol/strings';
import { leaveBy } from '../../../../webview/grid/cellEditor';
import {
  beginsTyping,
  type CommandName,
  commandOf,
  type Key,
  keyText,
  menuEntries,
} from '../../../../webview/grid/commands';

/** `Ctrl+Shift+D`, as a keyboard of the United States sends it. */
function pressed(keys: string, parts: Partial<Key> = {}): Key {
  const held = keys.split(/\+(?=.)/);
  const key = held.pop()!;
  return {
    key: key.length === 1 && !held.includes('Shift') ? key.toLowerCase() : key,
    code: '',
    ctrlKey: held.includes('Ctrl'),
    metaKey: held.includes('Meta'),
    shiftKey: held.includes('Shift'),
    altKey: held.includes('Alt'),
    ...parts,
  };
}

describe('the keys of a grid', () => {
  const both: readonly (readonly [keys: string, command: CommandName])[] = [
    ['Ctrl+A', 'selectAll'],
    ['Meta+A', 'selectAll'],
    ['Ctrl+F', 'find'],
    ['Ctrl+G', 'goTo'],
    ['Shift+F10', 'menu'],
    ['ContextMenu', 'menu'],
    ['Escape', 'letGo'],
    [' ', 'pin'],
  ];
  const editing: readonly (readonly [keys: string, command: CommandName])[] = [
    ['Ctrl+D', 'fillDown'],
    ['Ctrl+R', 'fillRight'],
    ['Ctrl+Shift+D', 'continueDown'],
    ['F2', 'edit'],
    ['Enter', 'edit'],
    ['Delete', 'clear'],
    ['Alt+P', 'pin'],
    ['Alt++', 'zoomIn'],
    ['Alt+-', 'zoomOut'],
    ['Alt+0', 'fit'],
    ['Alt+[', 'previousChannel'],
    ['Alt+]', 'nextChannel'],
    ['Alt+Shift+{', 'previousOther'],
  ];
  const looking: readonly (readonly [keys: string, command: CommandName])[] = [
    ['P', 'pin'],
    ['Enter', 'pin'],
    ['+', 'zoomIn'],
    ['-', 'zoomOut'],
    ['0', 'fit'],
    ['[', 'previousChannel'],
    [']', 'nextChannel'],
  ];
  for (const [keys, command] of [...both, ...editing])
    it(`${keys} is ${command} where values are typed`, () => assert.equal(commandOf(pressed(keys), true), command));
  for (const [keys, command] of [...both, ...looking])
    it(`${keys} is ${command} in the output`, () => assert.equal(commandOf(pressed(keys), false), command));

  it('are the typed value’s own where values are typed, and nobody’s in the output when they edit', () => {
    for (const keys of ['P', '+', '-', '0', '[', ']', 'A', '='])
      assert.equal(commandOf(pressed(keys), true), undefined, keys);
    for (const [keys] of editing.filter(([key]) => key !== 'Enter'))
      assert.equal(commandOf(pressed(keys), false), undefined, keys);
    for (const keys of ['Tab', 'Shift+Tab', '?']) {
      assert.equal(commandOf(pressed(keys), true), undefined, keys);
      assert.equal(commandOf(pressed(keys), false), undefined, keys);
    }
  });

  it('are known by their place where a Mac makes other signs of them', () => {
    const mac = (key: string, code: string): Key => pressed('x', { key, code, altKey: true });
    assert.equal(commandOf(mac('π', 'KeyP'), true), 'pin');
    assert.equal(commandOf(mac('“', 'BracketLeft'), true), 'previousChannel');
    assert.equal(commandOf(mac('–', 'Minus'), true), 'zoomOut');
  });

  it('are known by their sign where a German keyboard has them elsewhere', () => {
    assert.equal(commandOf(pressed('Alt++', { code: 'BracketRight' }), true), 'zoomIn');
  });

  it('begin to type when they print something that a value can begin with', () => {
    for (const keys of ['1', '-', '=', '(', 'S', 'Shift+S', '.', '∞', 'π'])
      assert.ok(beginsTyping(pressed(keys), false), keys);
    for (const keys of [' ', '?', 'F2', 'Ctrl+1', 'Alt+1', 'Meta+V', 'Enter'])
      assert.ok(!beginsTyping(pressed(keys), false), keys);
    // AltGr is Ctrl and Alt together.
    assert.ok(beginsTyping(pressed('Ctrl+Alt+∞'), true));
  });
});

describe('the menu of a grid', () => {
  const names = (editable: boolean): readonly string[] =>
    menuEntries(editable, false, STRINGS).flatMap((entry) =>
      entry === 'line' ? [] : 'command' in entry ? [entry.command] : [`as ${entry.copyAs}`],
    );

  it('offers what can be done with cells, and in the output what changes nothing', () => {
    for (const wanted of ['cut', 'copy', 'paste', 'fillDown', 'selectAll', 'pin', 'find', 'goTo', 'as numpy'])
      assert.ok(names(true).includes(wanted), wanted);
    assert.deepEqual(names(false).slice(0, 5), ['copy', 'selectAll', 'find', 'goTo', 'pin']);
  });

  it('shows a key beside each command, and that key does it', () => {
    for (const editable of [true, false]) {
      for (const name of names(editable).filter((each) => !each.startsWith('as '))) {
        const keys = keyText(name as CommandName, editable, false);
        assert.notEqual(keys, '', name);
        assert.equal(commandOf(pressed(keys.replace('−', '-')), editable), name);
      }
    }
    assert.equal(keyText('continueDown', true, true), '⌘⇧D');
    assert.equal(keyText('pin', true, false), 'Alt+P');
    assert.equal(keyText('pin', false, false), 'P');
  });
});

describe('a key while a value is typed', () => {
  for (const [keys, mode, leave] of [
    ['Enter', 'edit', { walk: 'column', by: 1 }],
    ['Shift+Enter', 'replace', { walk: 'column', by: -1 }],
    ['Tab', 'edit', { walk: 'row', by: 1 }],
    ['Shift+Tab', 'edit', { walk: 'row', by: -1 }],
    ['Ctrl+Enter', 'replace', 'fill'],
    ['Meta+Enter', 'edit', 'fill'],
    ['ArrowDown', 'replace', { move: [1, 0] }],
    ['ArrowLeft', 'replace', { move: [0, -1] }],
    ['ArrowLeft', 'edit', undefined],
    ['Shift+ArrowLeft', 'replace', undefined],
    ['Home', 'replace', undefined],
    ['Alt+ArrowUp', 'replace', undefined],
    ['a', 'replace', undefined],
  ] as const) {
    it(`${keys} ${leave ? 'ends' : 'goes on with'} the typing that ${mode === 'edit' ? 'F2' : 'a value'} began`, () =>
      assert.deepEqual(leaveBy(pressed(keys), mode), leave));
  }
});
