import assert from 'node:assert/strict';
import { isInField, projectiveField, receptiveField } from '../../src/core/chain/field';
import { sizesOf } from '../../src/core/chain/sizes';
import { parseStage } from '../../src/core/chain/text';
import { forEachPosition } from '../../src/core/kernels/positions';
import { readGolden } from './goldens';

interface Golden {
  readonly chains: readonly {
    readonly input: readonly number[];
    readonly stages: readonly string[];
    readonly sizes: readonly (readonly number[])[];
    readonly cell: readonly number[];
    readonly field: readonly number[];
  }[];
}

const { chains } = readGolden<Golden>('chains');

describe(`the fields of ${chains.length} random chains`, () => {
  it('are at least 500, with joins, dilated and transposed layers, and fields with gaps', () => {
    assert.ok(chains.length >= 500);
    const all = chains.flatMap(({ stages }) => stages).join('\n');
    for (const word of ['cat', 'add', 'tconv', 'resize', 'shuffle', 'crop', 'ceil', 'corners', 'd3', ' crop'])
      assert.ok(all.split(word).length > 20, word);
    assert.ok(chains.some(({ field }) => field.length === 0));
  });

  it('have the sizes that PyTorch gives after every stage', () => {
    for (const { input, stages, sizes } of chains)
      assert.deepEqual(sizesOf(stages.map(parseStage), input), { sizes: [input, ...sizes] }, stages.join(' → '));
  });

  it('are the places at which the gradient of PyTorch is not zero', () => {
    for (const { input, stages, cell, field } of chains) {
      const chain = stages.map(parseStage);
      const [first] = receptiveField(chain, sizesOf(chain, input), chain.length, cell);
      const found: number[] = [];
      forEachPosition(input, (place, flat) => {
        if (isInField(first, place)) found.push(flat);
      });
      assert.deepEqual(found, field, `${stages.join(' → ')} on ${input.join('×')} at ${cell.join()}`);
    }
  });

  it('are the same from the other end: an input reaches a cell if and only if the cell reads it', () => {
    for (const { input, stages, cell, field } of chains.slice(0, 200)) {
      const chain = stages.map(parseStage);
      const sizes = sizesOf(chain, input);
      const reads = new Set(field);
      forEachPosition(input, (place, flat) => {
        const last = projectiveField(chain, sizes, 0, place)[chain.length];
        assert.equal(isInField(last, cell), reads.has(flat), `${stages.join(' → ')} from ${place.join()}`);
      });
    }
  });
});
