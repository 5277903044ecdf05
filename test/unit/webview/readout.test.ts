import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { resolve } from '../../../src/core/plan';
import type { Sight } from '../../../src/core/tensor/look';
import { STRINGS } from '../../../src/protocol/strings';
import type { Computed, Link } from '../../../webview/model';
import { pinAt, pointAt } from '../../../webview/state/link';
import { readoutWords, showNumber } from '../../../webview/state/readoutWords';
import { elementsOf, fromHost, fromSight } from '../../../webview/state/values';
import { emptyModel, headOf, noSight } from './documents';

// The references' example: [[2, 3], [1, 3]] under [[0, 1, 1], [0, 1, 0], [1, 0, 1]], stride 1, no padding.
const operation = {
  kind: 'convTranspose',
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  outputPadding: [0, 0],
  groups: 1,
} as const;
const head = headOf(1, { operation, inputShape: [1, 1, 2, 2] });
const resolution = resolve(operation, head.inputShape, head.weightShape);
assert.ok(resolution.ok);
const { plan } = resolution;
const values = {
  input: Float32Array.of(2, 3, 1, 3),
  weight: Float32Array.of(0, 1, 1, 0, 1, 0, 1, 0, 1),
  output: Float32Array.of(0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3),
  bias: new Float32Array(),
} as const;
const whole = (['input', 'weight', 'output'] as const).map((tensor) => ({ tensor, values: values[tensor] }));
const computed: Computed = { head, plan };
const sight: Sight = { ...noSight, whole };
const model = { ...emptyModel(), edited: { head, plan }, computed, received: { head, sight } };

function words(link: Link | undefined): string {
  assert.ok(link);
  const at = fromSight(elementsOf(link, computed, 12), computed, sight);
  assert.ok(at);
  return readoutWords(link, computed, at, false, STRINGS);
}

describe('the readout', () => {
  it('says the sum of an output', () => {
    assert.equal(
      words(pointAt(model, { tensor: 'output', index: [0, 0, 1, 2] }).link),
      // In the order of the list beside it, which is that of the input.
      'out[1,2] = 2·w₁,₂ + 3·w₁,₁ + 1·w₀,₂ + 3·w₀,₁ = 7',
    );
  });

  it('says what an input makes', () => {
    assert.match(
      words(pointAt(model, { tensor: 'input', index: [0, 0, 0, 1] }).link),
      /^in\[0,1\] = 3 goes into 9 products: out\[0,1\] \+= 3·w₀,₀, /,
    );
  });

  it('says what a kernel element joins', () => {
    assert.equal(
      words(pointAt(model, { tensor: 'weight', index: [0, 0, 0, 0] }).link),
      'w₀,₀ = 0 is in 4 products: out[0,0] += w₀,₀·2, out[0,1] += w₀,₀·3, out[1,0] += w₀,₀·1, out[1,1] += w₀,₀·3',
    );
  });

  it('says of one product that it is one', () => {
    const alone = (link: Link | undefined): string => {
      assert.ok(link);
      const { contributions } = link;
      return words({ ...link, contributions: { ...contributions, list: contributions.list.slice(0, 1), total: 1 } });
    };
    assert.match(
      alone(pointAt(model, { tensor: 'input', index: [0, 0, 0, 1] }).link),
      /^in\[0,1\] = 3 goes into one product: out/,
    );
    assert.match(
      alone(pointAt(model, { tensor: 'weight', index: [0, 0, 0, 0] }).link),
      /^w₀,₀ = 0 is in one product: out/,
    );
  });

  it('says an entry of the matrix', () => {
    const entry = [{ input: [0, 0, 1, 1], weight: [0, 0, 2, 2], output: [0, 0, 3, 3] }];
    assert.equal(words(pinAt(model, entry).link), 'in[1,1] → out[3,3]: w₂,₂ = 1');
  });

  it('asks the host for what is too large to come along', async () => {
    const { link } = pointAt(model, { tensor: 'output', index: [0, 0, 1, 2] });
    assert.ok(link);
    const wanted = elementsOf(link, computed, 12);
    assert.equal(fromSight(wanted, computed, noSight), undefined);
    const at = await fromHost(wanted, computed, async (tensor, indices) =>
      Float64Array.from(indices, (index) => values[tensor][index]),
    );
    assert.match(readoutWords(link, computed, at, false, STRINGS), /= 7$/);
  });

  it('writes numbers as people read them', () => {
    assert.deepEqual([0.1 + 0.2, -1, NaN, -Infinity, 1e20].map(showNumber), [
      '0.3',
      '−1',
      'NaN',
      '−∞',
      '100000000000000000000',
    ]);
  });
});
