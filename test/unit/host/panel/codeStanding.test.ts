// An inspector and the call that it came from: who follows whom, and when the user is asked.
import assert from 'node:assert/strict';
import { CodeStanding, type Parameters } from '../../../../src/host/panel/codeStanding';

const says = (stride: number, padding = 0): Parameters => ({
  op: { kind: 'convTranspose', stride: [stride, stride], padding: [padding, padding], dilation: [1, 1] },
  weightShape: [1, 1, 3, 3],
});

/** An inspector that has just been opened on a call of stride 2. */
function opened(): CodeStanding {
  const standing = new CodeStanding();
  assert.equal(standing.hear(says(2), says(2)), undefined);
  return standing;
}

describe('an inspector and the call that it came from', () => {
  it('are in step when they say the same, however that is said', () => {
    const standing = opened();
    assert.equal(standing.stateOf(says(2)), 'inStep');
    const spelled: Parameters = {
      op: {
        ...says(2).op,
        padding: [
          [0, 0],
          [0, 0],
        ],
        outputPadding: [0, 0],
        groups: 1,
        paddingMode: 'zeros',
      },
      weightShape: [1, 1, 3, 3],
    };
    assert.equal(standing.stateOf(spelled), 'inStep');
    assert.equal(standing.stateOf({ ...spelled, weightShape: [1, 1, 3, 4] }), 'ahead');
  });

  it('follows the code while it has no changes of its own', () => {
    const standing = opened();
    assert.equal(standing.hear(says(3), says(2)), 'follow');
    assert.equal(standing.stateOf(says(3)), 'inStep');
  });

  it('is ahead with changes that were not applied, and in step when they were', () => {
    const standing = opened();
    assert.equal(standing.stateOf(says(4)), 'ahead');
    assert.equal(standing.hear(says(4), says(4)), undefined);
    assert.equal(standing.stateOf(says(4)), 'inStep');
  });

  it('asks, once for each change, when both have changed, and never follows in silence', () => {
    const standing = opened();
    assert.equal(standing.hear(says(2, 1), says(4)), 'ask');
    assert.equal(standing.stateOf(says(4)), 'asks');
    assert.equal(standing.hear(says(2, 1), says(4)), undefined);
    assert.equal(standing.hear(says(2, 2), says(4)), 'ask');
    assert.equal(standing.stateOf(says(4)), 'asks');
  });

  it('that keeps its changes is ahead of the code as it is now', () => {
    const standing = opened();
    standing.hear(says(2, 1), says(4));
    standing.keep();
    assert.equal(standing.stateOf(says(4)), 'ahead');
    assert.equal(standing.stateOf(says(2, 1)), 'inStep');
  });

  it('that takes the code’s, or is edited to say the same, is in step', () => {
    const standing = opened();
    standing.hear(says(2, 1), says(4));
    assert.equal(standing.stateOf(says(2, 1)), 'inStep');
  });

  it('is not asked any more when the code goes back to what it was', () => {
    const standing = opened();
    standing.hear(says(2, 1), says(4));
    assert.equal(standing.hear(says(2), says(4)), undefined);
    assert.equal(standing.stateOf(says(4)), 'ahead');
  });

  it('keeps what is on show when it is opened again and they differ: nobody knows who has changed', () => {
    const standing = new CodeStanding();
    assert.equal(standing.hear(says(3), says(2)), undefined);
    assert.equal(standing.stateOf(says(2)), 'ahead');
  });

  it('have parted when the call is gone, and go on where they were when it comes back', () => {
    const standing = opened();
    standing.part();
    assert.equal(standing.stateOf(says(2)), 'parted');
    assert.equal(standing.hear(says(3), says(2)), 'follow');
    standing.part();
    assert.equal(standing.hear(says(5), says(4)), 'ask');
  });
});
