// What VS Code hands over when a variable is clicked, of each of the views, as it was seen there.
import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { clickedOf } from '../../src/host/live/clicked';

const local = { name: 'x', value: 'tensor([1.])', type: 'Tensor', variablesReference: 5 };
const scope = { name: 'Locals', variablesReference: 2, expensive: false };

describe('a variable that was clicked', () => {
  const known: readonly (readonly [title: string, argument: unknown, expression: string, session?: string])[] = [
    ['in Variables', { sessionId: 's', container: scope, variable: { ...local, evaluateName: 'x' } }, 'x', 's'],
    ['in Variables, without an expression', { sessionId: 's', container: scope, variable: local }, 'x', 's'],
    [
      'in a list, without an expression',
      { sessionId: 's', container: { name: 'held', evaluateName: 'held' }, variable: { ...local, name: '3' } },
      '(held)[3]',
      's',
    ],
    [
      'in an object of Watch',
      { sessionId: 's', container: { expression: 'net.up' }, variable: { ...local, name: 'weight' } },
      '(net.up).weight',
      's',
    ],
    ['in Watch', { sessionId: 's', variable: { ...local, name: 'a + b', evaluateName: 'a + b' } }, 'a + b', 's'],
    ['in a debugger’s list of variables', { name: 'x', type: 'Tensor', frameId: 5 }, 'x'],
  ];
  for (const [title, argument, expression, session] of known)
    it(`${title} is ${expression}`, () => {
      assert.deepEqual(clickedOf(argument), session === undefined ? { expression } : { expression, session });
    });

  it('in a notebook is of its kernel', () => {
    const notebook = vscode.Uri.file('/work/a.ipynb');
    const clicked = clickedOf({ name: 'x', type: 'ndarray', fileName: notebook.toString() });
    assert.equal(clicked?.expression, 'x');
    assert.equal(clicked?.notebook?.toString(), notebook.toString());
  });

  it('that nothing leads to is refused with its name', async () => {
    const argument = { sessionId: 's', container: { evaluateName: 'x' }, variable: { ...local, name: '[0:4]' } };
    const clicked = Promise.resolve().then(() => clickedOf(argument));
    await assert.rejects(clicked, /no expression for "\[0:4\]"/);
  });

  it('is none where the argument is something else', () => {
    for (const argument of [undefined, null, 'x', 3, {}, { name: 4 }]) assert.equal(clickedOf(argument), undefined);
  });
});
