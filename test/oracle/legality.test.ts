import assert from 'node:assert/strict';
import type { Operation, PaddingMode } from '../../src/core/operation';
import { resolve } from '../../src/core/plan';
import type { Problem } from '../../src/core/problem';
import { readGolden } from './goldens';

type Numbers = readonly number[];
/** A row of `generator/legality.py`; the last entry is the output shape, or the message of the refusal. */
type Row = readonly [
  transposed: number,
  mode: number,
  groups: number,
  bias: Numbers | null,
  input: Numbers,
  weight: Numbers,
  stride: Numbers,
  begin: Numbers,
  end: Numbers,
  dilation: Numbers,
  outputPadding: Numbers,
  verdict: Numbers | string,
];

const modes: readonly PaddingMode[] = ['zeros', 'reflect', 'replicate', 'circular'];
const { rows } = readGolden<{ rows: readonly Row[] }>('legality');

function operationOf([transposed, mode, groups, , , , stride, begin, end, dilation, outputPadding]: Row): Operation {
  return {
    kind: transposed ? 'convTranspose' : 'conv',
    paddingMode: modes[mode],
    groups,
    stride,
    dilation,
    padding: begin.map((each, axis): [number, number] => [each, end[axis]]),
    outputPadding: transposed ? outputPadding : undefined,
  };
}

const judge = (row: Row): ReturnType<typeof resolve> => resolve(operationOf(row), row[4], row[5], row[3] ?? undefined);
const verdictOf = (row: Row): Numbers | string => row[11];
const title = (row: Row): string => JSON.stringify(row);

/**
 * Whether PyTorch can be expected to name a fault that our rules name too. It cannot where our rules stop early
 * (parameters out of range, an empty kernel) and it names another of several faults; for a transposed convolution with
 * two different paddings, which it does not have; and for an input without batch items, on which it fails inside
 * unrelated functions.
 */
function namesTheSame(row: Row, problems: readonly Problem[]): boolean {
  const crop = row[0] === 1 && String(row[7]) !== String(row[8]);
  const accident = /^(select\(\)|invalid shape|cannot reshape|only one dimension)/.test(String(verdictOf(row)));
  const stopped = problems.some(
    ({ code }) => code.endsWith('-range') || code.endsWith('-rank') || code === 'kernel-empty',
  );
  return !crop && !accident && !stopped;
}

describe(`legality: ${rows.length} configurations judged by PyTorch`, () => {
  const taken = rows.filter((row) => typeof verdictOf(row) !== 'string');
  const refused = rows.filter((row) => typeof verdictOf(row) === 'string');

  it('hold thousands of either verdict', () => {
    assert.ok(taken.length >= 2000 && refused.length >= 5000, `${taken.length} taken, ${refused.length} refused`);
  });

  it(`takes all ${taken.length} that PyTorch takes, with its output shape`, () => {
    for (const row of taken) {
      const resolution = judge(row);
      assert.ok(resolution.ok, `${title(row)}: ${resolution.ok ? '' : resolution.problems[0].message}`);
      assert.deepEqual(resolution.plan.outputShape, verdictOf(row), title(row));
    }
  });

  it(`refuses all ${refused.length} that PyTorch refuses`, () => {
    for (const row of refused) assert.ok(!judge(row).ok, title(row));
  });

  it('has PyTorch’s own message among its own, word for word', () => {
    let matching = 0;
    for (const row of refused) {
      const resolution = judge(row);
      if (resolution.ok) continue;
      const own = resolution.problems.map((each) => each.framework);
      if (own.includes(String(verdictOf(row)))) matching++;
      else assert.ok(!namesTheSame(row, resolution.problems), `${title(row)}: own ${JSON.stringify(own)}`);
    }
    assert.ok(matching > 0.95 * refused.length, `only ${matching} of ${refused.length}`);
  });
});
