import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { interpret, interpretations } from '../../../../src/core/formats/axes';
import { readTensors } from '../formats/fixtures';
import type { Tensor } from '../../../../src/core/operation';
import { deserialize } from '../../../../src/core/state/deserialize';
import { resolveDocument } from '../../../../src/core/state/resolveDocument';

const LIMIT = { limit: 2 ** 26 };
const load = (name: string): Tensor =>
  readTensors(new Uint8Array(readFileSync(join('sample', name))), name, LIMIT)[0].load();

describe('the sample workspace', () => {
  it('opens on the photograph under a 4×4 stride-2 transposed convolution', () => {
    const draft = deserialize(readFileSync(join('sample', 'start.tconv.json'), 'utf8'), LIMIT.limit);
    assert.ok(draft.ok, draft.ok ? '' : draft.problems[0].message);
    const document = draft.value.complete(new Map(draft.value.files.map(({ file }) => [file, load(file)])));
    assert.ok(document.ok, document.ok ? '' : document.problems[0].message);
    const { op, input, weight } = document.value;
    assert.deepEqual([op.kind, op.stride, weight.shape], ['convTranspose', [2, 2], [3, 3, 4, 4]]);
    assert.deepEqual(Array.from(input.data), Array.from(load('photograph.png').data));
    const resolution = resolveDocument(document.value);
    assert.ok(resolution.ok);
    assert.deepEqual(
      resolution.plan.outputShape.slice(2),
      input.shape.slice(2).map((size) => size * 2),
    );
  });

  const weights: readonly [string, readonly number[]][] = [
    ['weights/bilinear_4x4.npy', [3, 1, 4, 4]],
    ['weights/learned_4x4.npy', [3, 3, 4, 4]],
  ];
  for (const [name, shape] of weights) {
    it(`has ${name} in PyTorch’s own layout`, () => {
      const target = { role: 'weight', kind: 'convTranspose', rank: 2 } as const;
      const tensor = load(name);
      const likeliest = interpretations(tensor.shape, target)[0];
      assert.equal(likeliest.axes, 'IOHW');
      assert.deepEqual(interpret(tensor, likeliest, target), { ...tensor, shape });
    });
  }
});
