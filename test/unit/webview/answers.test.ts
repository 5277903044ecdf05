import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import type { Edit } from '../../../src/core/state/edits';
import type { PanelUpdate } from '../../../src/protocol/panel';
import { createAnswers } from '../../../webview/state/answers';
import { headOf, noSight } from './documents';

const update = (revision: number, received?: number): PanelUpdate => ({
  status: { case: 'ready', revision, milliseconds: 1 },
  edited: headOf(revision),
  received: received === undefined ? undefined : { head: headOf(received), sight: noSight },
});

const cell = (value: number): Edit => ({
  kind: 'setCells',
  tensor: 'input',
  indices: Uint32Array.of(0),
  values: Float64Array.of(value),
});

/** An answer to be given later. */
function later(): { readonly promise: Promise<number>; answer(revision: number): void } {
  let answer: (revision: number) => void = () => undefined;
  const promise = new Promise<number>((resolve) => (answer = resolve));
  return { promise, answer };
}

/** What was shown: the revision of the values, and the edits over it. */
function recorded() {
  const shown: [revision: number | undefined, over: readonly Edit[]][] = [];
  const answers = createAnswers(({ received }, lacking) => shown.push([received?.head.revision, lacking]));
  return { shown, answers };
}

describe('updates while edits are on show that have not been answered', () => {
  it('wait until the host has said which revision contains the edit; values without it are not shown again', async () => {
    const { shown, answers } = recorded();
    answers.take(update(4, 4));
    const { promise, answer } = later();
    const until = answers.until(cell(1), 'with its output', promise);
    // Of the revision before, but sent when the edit had been received.
    answers.take(update(5, 4));
    assert.deepEqual(shown, [[4, []]]);
    answer(5);
    await until;
    assert.deepEqual(shown, [[4, []]]);
    answers.take(update(5, 4));
    answers.take(update(5, 5));
    assert.deepEqual(shown, [
      [4, []],
      [5, []],
    ]);
  });

  it('come through with those edits over them that they lack, where only values are on show', async () => {
    const { shown, answers } = recorded();
    const [first, second] = [cell(1), cell(2)];
    await answers.until(first, 'values only', Promise.resolve(5));
    await answers.until(second, 'values only', Promise.resolve(6));
    answers.take(update(6, 4));
    answers.take(update(6, 5));
    answers.take(update(6, 6));
    assert.deepEqual(shown, [
      [4, [first, second]],
      [5, [second]],
      [6, []],
    ]);
  });

  it('that say nothing of values come through as they are', async () => {
    const { shown, answers } = recorded();
    await answers.until(cell(1), 'values only', Promise.resolve(5));
    answers.take(update(4));
    assert.deepEqual(shown, [[undefined, []]]);
  });

  it('are dropped while they lack an edit whose output is on show, whatever came before it', async () => {
    const { shown, answers } = recorded();
    await answers.until(cell(1), 'values only', Promise.resolve(5));
    await answers.until(cell(2), 'with its output', Promise.resolve(6));
    answers.take(update(6, 5));
    assert.deepEqual(shown, []);
    answers.take(update(6, 6));
    assert.deepEqual(shown, [[6, []]]);
  });

  it('wait for the answers to all edits under way', async () => {
    const { shown, answers } = recorded();
    const [first, second] = [later(), later()];
    const both = [
      answers.until(cell(1), 'with its output', first.promise),
      answers.until(cell(2), 'with its output', second.promise),
    ];
    answers.take(update(6, 6));
    first.answer(5);
    await both[0];
    assert.deepEqual(shown, []);
    second.answer(6);
    await both[1];
    assert.deepEqual(shown, [[6, []]]);
  });

  it('are compared with an edit no more once its values have come', async () => {
    const { shown, answers } = recorded();
    await answers.until(cell(1), 'with its output', Promise.resolve(5));
    answers.take(update(5, 5));
    answers.take(update(5, 4));
    assert.deepEqual(shown, [
      [5, []],
      [4, []],
    ]);
  });

  it('come through when the edit was refused, and when asking failed', async () => {
    const { shown, answers } = recorded();
    const refused = answers.until(cell(1), 'with its output', Promise.resolve(4));
    answers.take(update(4, 4));
    await refused;
    assert.deepEqual(shown, [[4, []]]);
    const failed = answers.until(cell(1), 'with its output', Promise.reject(new Error('no')));
    answers.take(update(4, 4));
    await assert.rejects(failed, /no/);
    assert.deepEqual(shown, [
      [4, []],
      [4, []],
    ]);
  });
});
