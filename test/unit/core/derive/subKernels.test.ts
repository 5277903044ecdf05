import assert from 'node:assert/strict';
import fc from 'fast-check';
import { agreementOf } from '../../../../src/core/derive/agreement';
import { hasFewPhases, keepsConstants, subKernels } from '../../../../src/core/derive/subKernels';
import { contributionsAlong, emptyOutputs, hasHoles, tapsPerResidue } from '../../../../src/core/explain/overlap';
import { flatIndex } from '../../../../src/core/explain/readout';
import { phasesOfAxis } from '../../../../src/core/kernels/phases';
import { forEachPosition } from '../../../../src/core/kernels/positions';
import { tensorOf } from '../../../../src/core/tensor/tensor';
import { planeOf, subjectOfLayer, subjects, upsampling } from './drawn';

const runs = { numRuns: 300, seed: 20261129 };
const plain = (values: ArrayLike<number>): number[] => Array.from(values, (value) => value + 0);
const product = (values: readonly number[]): number => values.reduce((all, value) => all * value, 1);

describe('sub-kernels', () => {
  it('are not worked out where a stride over one input makes a million of them, and all other ways still agree', () => {
    const stride = 1_000_000;
    const layer = { ...upsampling(2, 1, 0), stride: [stride, stride] };
    const subject = subjectOfLayer(
      layer,
      planeOf([[2]]),
      planeOf([
        [1, 2, 1],
        [2, 4, 2],
        [1, 2, 1],
      ]),
    );
    assert.ok(!hasFewPhases(subject.plan));
    const { ways, largest } = agreementOf(subject);
    assert.deepEqual([ways.includes('phases'), ways.length, largest], [false, 4, 0]);
  });

  it('of k3 s2 p1 have 1, 2, 2 and 4 taps, and make a quarter of the output each', () => {
    const input = planeOf(Array.from({ length: 4 }, (_, row) => [row, 1, 2, 3]));
    const weight = planeOf([
      [1, 2, 1],
      [2, 4, 2],
      [1, 2, 1],
    ]);
    const derived = subKernels(subjectOfLayer(upsampling(2, 1, 1), input, weight));
    assert.deepEqual(
      derived.phases.map(({ taps }) => taps.map(({ tap }) => tap.join(''))),
      [['11'], ['12', '10'], ['21', '01'], ['22', '20', '02', '00']],
    );
    assert.ok(derived.phases.every(({ small }) => small.shape.join() === '1,1,4,4'));
    assert.deepEqual([derived.products, derived.zeroInsertion], [144, 576]);
    assert.ok(keepsConstants(derived));
  });

  it('gives the output of the definition, of any legal layer; phases have the taps of the reference definition', () => {
    let empty = 0;
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const { plan } = subject;
        const derived = subKernels(subject);
        assert.deepEqual(plain(derived.output.data), plain(subject.part.data));
        assert.equal(derived.phases.length, product(plan.axes.map(({ stride }) => stride)));
        const along = plan.axes.map(phasesOfAxis);
        for (const { residue, shape, small } of derived.phases)
          plan.axes.forEach(({ stride, padBegin }, axis) => {
            const reference = along[axis][(residue[axis] + padBegin) % stride];
            assert.deepEqual([shape[axis], small.shape[axis + 2]], [reference.taps, reference.outputs]);
          });
        if (derived.phases.some(({ taps }) => taps.length === 0)) empty++;
        const holes = plan.axes.some(({ kernel, stride, dilation }) =>
          hasHoles(tapsPerResidue(kernel, stride, dilation)),
        );
        assert.equal(
          derived.phases.some(({ taps }) => taps.length === 0),
          holes,
        );
      }),
      runs,
    );
    assert.ok(empty > 20, `${empty} layers with an empty phase`);
  });

  it('lists exactly the products of an output, each tap in the phase of its remainder alone', () => {
    fc.assert(
      fc.property(subjects('convTranspose'), (subject) => {
        const { plan, input, part } = subject;
        const derived = subKernels(subject);
        let none = 0;
        forEachPosition(plan.outputShape.slice(2), (place, flat) => {
          const products = derived.productsOf(place);
          const counts = plan.axes.map((_, axis) => contributionsAlong(plan, axis)[place[axis]]);
          assert.equal(products.length, product(counts));
          if (products.length === 0) none++;
          const sum = products.reduce((all, { value, weight }) => all + value * weight, 0);
          assert.equal(sum + 0, part.data[flat] + 0);
          for (const { input: from, value } of products)
            assert.equal(value, input.data[flatIndex(plan.inputShape.slice(2), from)]);
        });
        assert.equal(none, emptyOutputs(plan));
        const taps = derived.phases.flatMap(({ taps: own }) => own.map(({ tap }) => tap.join()));
        assert.deepEqual([taps.length, new Set(taps).size], [plan.kernelArea, plan.kernelArea]);
      }),
      runs,
    );
  });

  it('keep a constant constant inside exactly where the sums of all phases are one', () => {
    let kept = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 3 }),
        fc.array(fc.constantFrom(0, 1), { minLength: 1, maxLength: 6 }),
        fc.nat(2),
        (stride, taps, padding) => {
          const weight = tensorOf('float64', [1, 1, taps.length], taps);
          const input = tensorOf('float64', [1, 1, 24], new Array<number>(24).fill(1));
          const op = {
            ...upsampling(stride, 0),
            stride: [stride],
            padding: [padding],
            dilation: [1],
            outputPadding: [0],
          };
          const subject = subjectOfLayer(op, input, weight);
          // Far from both borders all taps of a phase meet an input.
          const inside = new Set(subject.part.data.slice(8, -8));
          const keeps = keepsConstants(subKernels(subject));
          assert.equal(keeps, inside.size === 1);
          if (keeps) kept++;
        },
      ),
      runs,
    );
    assert.ok(kept > 30 && kept < 270, `${kept} keep constants`);
  });
});
