// Which sizes a model takes is found by reading it with some; a reading may be given up.
import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { GIVEN_UP, TakenSizes } from '../../../src/cli/takenSizes';
import type { Network } from '../../../src/python';

const told = { name: 'Net', entry: 'forward', span: { start: 0, end: 0 }, source: 'example', why: [] } as const;
const NET: Network = { ...told, inputs: [], output: [1] };

/** Of a model that gives something for every size but 257. */
const but257 = (incomplete: boolean): TakenSizes =>
  new TakenSizes((size) => (size === 257 ? { networks: [], incomplete } : { networks: [NET], incomplete: false }));

describe('a size of which a model gives nothing', () => {
  it('is refused where it was read to its end', () => {
    assert.deepEqual(but257(false).of('Net'), { refused: 257 });
  });

  it('is not said to be refused where its reading was given up', () => {
    assert.equal(but257(true).of('Net'), GIVEN_UP);
  });
});
