import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Operation } from '../../../src/core/operation';
import { resolve } from '../../../src/core/plan';
import { assertSentence } from '../../sentence';

/** Whatever a caller without types might send; mostly nearly right, since otherwise the first check always answers. */
const rarely = <Usual>(usual: fc.Arbitrary<Usual>): fc.Arbitrary<unknown> =>
  fc.oneof({ arbitrary: usual, weight: 30 }, fc.anything({ withNullPrototype: true, withBigInt: true }));
const number = rarely(
  fc.oneof({ arbitrary: fc.integer({ min: 0, max: 6 }), weight: 9 }, fc.double(), fc.maxSafeInteger()),
);
const entries = (least: number, most: number): fc.Arbitrary<unknown> =>
  rarely(fc.array(number, { minLength: least, maxLength: most }));
const operation = fc.record({
  kind: rarely(fc.constantFrom('conv', 'convTranspose')),
  stride: entries(2, 2),
  dilation: entries(2, 2),
  padding: rarely(fc.array(fc.oneof(number, entries(2, 2)), { minLength: 2, maxLength: 2 })),
  outputPadding: fc.oneof(entries(2, 2), fc.constant(undefined)),
  groups: fc.oneof(number, fc.constant(undefined)),
  paddingMode: rarely(fc.constantFrom('zeros', 'reflect', 'circular', undefined)),
});
const request = fc.tuple(operation, entries(3, 4), entries(4, 4), fc.option(entries(1, 1), { nil: undefined }));

describe('a request of any content', () => {
  it('is resolved or refused, with a message, and never throws (10,000 cases)', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(request, ([op, ...shapes]) => {
        const resolution = resolve(op as Operation, ...(shapes as [number[], number[], number[]]));
        if (resolution.ok) return;
        assert.ok(resolution.problems.length > 0);
        for (const { code, message, template, args } of resolution.problems) {
          seen.add(code);
          assertSentence(message);
          for (const [, hole] of template.matchAll(/\{(\d+)\}/g)) assert.ok(Number(hole) < args.length, template);
        }
      }),
      { numRuns: 10_000, seed: 20261121 },
    );
    assert.ok(seen.size >= 8, `only ${[...seen].join(', ')}`);
  });
});
