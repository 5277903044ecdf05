import assert from 'node:assert/strict';
import fc from 'fast-check';
import { agreementOf } from '../../../../src/core/derive/agreement';
import { overlapAdd } from '../../../../src/core/derive/overlapAdd';
import { fullIndex, placeIn } from '../../../../src/core/derive/subject';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import { anyCase, cases } from '../arbitraries';
import { windowed } from './windowed';

const runs = { numRuns: 200, seed: 20261129 };

describe('a window of a layer', () => {
  it('computes, of one channel alone, what the whole layer does: at every output that misses no stamp', () => {
    let incomplete = 0;
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 3 }), fc.nat(60), (given, most, pick) => {
        fc.pre(given.plan.inputPerGroup === 1);
        const subject = windowed(given, most, pick);
        if (!subject) return;
        const bias = subject.bias ?? 0;
        assert.equal(subject.part.data.length, subject.output.data.length);
        subject.complete.forEach((isComplete, at) => {
          if (isComplete) assert.equal(subject.part.data[at] + bias + 0, subject.output.data[at] + 0);
          else incomplete++;
        });
      }),
      runs,
    );
    assert.ok(incomplete > 0, 'no window was smaller than its layer');
  });

  it('has an incomplete output only where another input reaches it', () => {
    fc.assert(
      fc.property(cases('convTranspose'), fc.nat(60), (given, pick) => {
        const subject = windowed(given, 1, pick);
        if (!subject) return;
        const { plan } = given;
        forEachPosition(subject.plan.outputShape.slice(2), (place, flat) => {
          const reaching = plan.axes.map(({ stride, dilation, kernel, padBegin, input }, axis) => {
            const at = place[axis] + subject.outputOrigin[axis] + padBegin;
            return Array.from({ length: input }, (_, each) => each).filter((each) => {
              const under = at - each * stride;
              return under >= 0 && under <= dilation * (kernel - 1);
            });
          });
          const own = reaching.every((inputs, axis) => inputs.every((each) => each === subject.inputOrigin[axis]));
          if (!subject.complete[flat]) assert.ok(!own);
        });
      }),
      runs,
    );
  });

  it('of a plane that is small is all of it', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(60), (given, pick) => {
        const subject = windowed(given, 64, pick);
        if (!subject) return;
        assert.ok(subject.whole && subject.complete.every(Boolean));
        assert.deepEqual(subject.plan.outputShape.slice(2), given.plan.outputShape.slice(-given.plan.rank));
      }),
      runs,
    );
  });

  it('finds its places in the layer, and back', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 3 }), fc.nat(60), (given, most, pick) => {
        const subject = windowed(given, most, pick);
        if (!subject) return;
        const shapes = {
          input: subject.plan.inputShape,
          weight: subject.plan.weightShape,
          output: subject.plan.outputShape,
        };
        for (const tensor of ['input', 'weight', 'output'] as const)
          forEachPosition(shapes[tensor].slice(2), (place) => {
            const index = fullIndex(given.plan, subject, tensor, place);
            assert.deepEqual(placeIn(given.plan, subject, { tensor, index }), [...place]);
          });
      }),
      runs,
    );
  });
});

describe('the derivations of a window', () => {
  it('agree with each other, and with the document where nothing else adds to it', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 1, max: 4 }), fc.nat(60), (given, most, pick) => {
        const subject = windowed(given, most, pick);
        if (!subject) return;
        const { ways, largest, fromDocument } = agreementOf(subject);
        assert.ok(ways.length >= 3);
        assert.equal(largest, 0);
        const alone = given.plan.inputPerGroup === 1 && given.bias === undefined;
        assert.equal(fromDocument, alone ? 0 : undefined);
      }),
      runs,
    );
  });

  it('are told apart where one of them is wrong', () => {
    const [given] = fc.sample(cases('conv', true), { numRuns: 1, seed: 3 });
    const subject = windowed(given, 64, 0);
    assert.ok(subject);
    const output = { ...subject.output, data: subject.output.data.map((value) => value + 1) };
    const alone = { ...subject, output, channelsAdded: 1, bias: undefined, part: subject.part };
    assert.ok((agreementOf(alone).fromDocument ?? 0) > 0);
  });
});

describe('overlap-add', () => {
  it('stamp by stamp ends at the output', () => {
    fc.assert(
      fc.property(cases('convTranspose'), fc.integer({ min: 1, max: 4 }), fc.nat(60), (given, most, pick) => {
        const subject = windowed(given, most, pick);
        if (!subject) return;
        const { output, stamps, after } = overlapAdd(subject);
        assert.deepEqual(
          Array.from(output.data, (value) => value + 0),
          Array.from(subject.part.data, (value) => value + 0),
        );
        assert.equal(stamps.length, subject.input.data.length);
        assert.ok(after(0).every((value) => value === 0));
      }),
      runs,
    );
  });
});
