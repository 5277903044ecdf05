import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { followAsking } from '../../../../webview/film/followAsking';
import type { Computed, Model } from '../../../../webview/model';

/** A model of which only what is computed and the step count. */
const modelOf = (computed: Computed | undefined, step = 0): Model => ({ computed, view: { step } }) as unknown as Model;
const documentOf = (name: string): Computed => ({ head: { title: name } }) as unknown as Computed;

function follower() {
  const told: string[] = [];
  const asked: {
    readonly request: string;
    readonly settle: (answer: string | undefined) => void;
    readonly break: () => void;
  }[] = [];
  const follow = followAsking<{ readonly of: string }, string>({
    requestOf: ({ head }, { view }) => ({ of: `${head.title} ${view.step}` }),
    refuse: ({ head }) => (head.title === 'refused' ? 'cannot be' : undefined),
    ask: ({ of }) =>
      new Promise((resolve, reject) =>
        asked.push({ request: of, settle: resolve, break: () => reject(new Error(`broken ${of}`)) }),
      ),
    answer: (_, { of }, answer) => told.push(`${of}: ${answer}`),
    fail: (sentence) => told.push(`failed: ${sentence}`),
  });
  return { told, asked, follow };
}
const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('following a document with a question', () => {
  it('asks once for one document and question, and anew for another of either', async () => {
    const { told, asked, follow } = follower();
    const one = documentOf('one');
    follow(modelOf(one));
    follow(modelOf(one));
    follow(modelOf(one, 1));
    follow(modelOf(documentOf('two'), 1));
    assert.deepEqual(
      asked.map(({ request }) => request),
      ['one 0', 'one 1', 'two 1'],
    );
    asked.forEach(({ settle, request }) => settle(request));
    await settled();
    assert.deepEqual(told, ['two 1: two 1']);
  });

  it('says what an answer failed with, unless another question was asked since', async () => {
    const { told, asked, follow } = follower();
    follow(modelOf(documentOf('one')));
    follow(modelOf(documentOf('two')));
    asked.forEach((each) => each.break());
    await settled();
    assert.deepEqual(told, ['failed: broken two 0']);
  });

  it('waits when the host has given the question up', async () => {
    const { told, asked, follow } = follower();
    follow(modelOf(documentOf('one')));
    asked[0].settle(undefined);
    await settled();
    assert.deepEqual(told, []);
  });

  it('asks nothing of a document that is refused, or of none', async () => {
    const { told, asked, follow } = follower();
    follow(modelOf(documentOf('one')));
    follow(modelOf(documentOf('refused')));
    follow(modelOf(undefined));
    asked[0].settle('late');
    await settled();
    assert.deepEqual(told, ['failed: cannot be', 'failed: undefined']);
  });
});
