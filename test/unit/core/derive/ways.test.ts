import assert from 'node:assert/strict';
import fc from 'fast-check';
import { backward } from '../../../../src/core/derive/backward';
import { gatheredOutput, gathering } from '../../../../src/core/derive/gathering';
import { im2col } from '../../../../src/core/derive/im2col';
import { matrixForm } from '../../../../src/core/derive/matrixForm';
import { convolutionMatrix } from '../../../../src/core/kernels/matrix';
import { inputGradient } from '../../../../src/core/kernels/gradients';
import { anyCase, cases } from '../arbitraries';
import { plain, windowed } from './windowed';

const runs = { numRuns: 200, seed: 20261130 };
const most = fc.integer({ min: 1, max: 4 });
const pick = fc.nat(60);

describe('the matrix form of a window', () => {
  it('is the sparse matrix C, element by element, and makes the output', () => {
    fc.assert(
      fc.property(anyCase, most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        const form = matrixForm(subject);
        const { rowPointers, columnIndices, values } = convolutionMatrix(subject.plan, subject.weight);
        const conv = subject.plan.kind === 'conv';
        const elements = form.sites.flat();
        assert.equal(form.entries, values.length);
        assert.deepEqual(
          elements.map((element) => (conv ? element.input : element.output)),
          Array.from(columnIndices),
        );
        assert.deepEqual(plain(elements.map(({ value }) => value)), plain(values));
        form.sites.forEach((site, at) => {
          assert.equal(site.length, rowPointers[at + 1] - rowPointers[at]);
          for (const element of site) assert.equal(conv ? element.output : element.input, at);
        });
        assert.deepEqual(plain(form.output.data), plain(subject.part.data));
      }),
      runs,
    );
  });

  it('has each element in one row and one column, both in order', () => {
    fc.assert(
      fc.property(anyCase, most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        const { rows, columns, sites } = matrixForm(subject);
        for (const lists of [rows, columns]) assert.equal(lists.flat().length, sites.flat().length);
        rows.forEach((row, output) => {
          row.forEach((element, at) => {
            assert.equal(element.output, output);
            assert.ok(columns[element.input].includes(element));
            if (at > 0) assert.ok(row[at - 1].input < element.input);
          });
        });
        for (const column of columns)
          column.forEach((element, at) => assert.ok(at === 0 || column[at - 1].output < element.output));
      }),
      runs,
    );
  });
});

describe('gathering the outputs of a window', () => {
  it('gives what the definition gives', () => {
    fc.assert(
      fc.property(anyCase, most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        assert.deepEqual(plain(gatheredOutput(subject, gathering(subject)).data), plain(subject.part.data));
      }),
      runs,
    );
  });

  it('says of every tap where it lies: on an element at a whole number of strides, or why on none', () => {
    fc.assert(
      fc.property(cases('convTranspose'), most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        const { axes } = subject.plan;
        for (const { output, reads } of gathering(subject))
          for (const { lies, place, input } of reads) {
            place.forEach((at, axis) => {
              const landed = at * axes[axis].stride - axes[axis].padBegin;
              const tap = (output[axis] - landed) / axes[axis].dilation;
              assert.ok(Math.abs(tap - Math.round(tap)) < 1e-9 && tap > -0.5 && tap < axes[axis].kernel - 0.5);
            });
            const isOutside = place.some((at, axis) => at < 0 || at > axes[axis].input - 1);
            const isBetween = place.some((at) => !Number.isInteger(at));
            assert.equal(lies, isOutside ? 'outside' : isBetween ? 'between' : 'input');
            assert.deepEqual(input, lies === 'input' ? [...place] : undefined);
          }
      }),
      runs,
    );
  });
});

describe('im2col of a window', () => {
  it('makes the output by one product of the kernel with the windows as columns', () => {
    fc.assert(
      fc.property(cases('conv'), most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        const { columns, row, products, output } = im2col(subject);
        assert.deepEqual([columns.length, columns[0].length], [subject.plan.outputArea, row.length]);
        assert.deepEqual(plain(output.data), plain(subject.part.data));
        columns.forEach((column, at) => {
          const sum = column.reduce((all, { value }, tap) => all + value * row[tap], 0);
          assert.equal(products[at] + 0, sum + 0);
        });
      }),
      runs,
    );
  });
});

describe('the backward pass of a window', () => {
  it('is the gradient with respect to the input, whatever the padding', () => {
    fc.assert(
      fc.property(cases('conv'), most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        const { gradient, transposed } = backward(subject);
        assert.deepEqual(plain(gradient.data), plain(inputGradient(subject.plan, subject.weight, subject.output).data));
        assert.deepEqual(transposed.input, subject.output);
        assert.equal(transposed.weight, subject.weight);
      }),
      runs,
    );
  });

  it('is Cᵀ times the gradient of the output: the matrix of the same convolution, transposed', () => {
    fc.assert(
      fc.property(cases('conv'), most, pick, (given, size, which) => {
        const subject = windowed(given, size, which);
        if (!subject) return;
        const { columns } = matrixForm(subject);
        const byColumns = columns.map((column) =>
          column.reduce((sum, { value, output }) => sum + value * subject.output.data[output], 0),
        );
        assert.deepEqual(plain(backward(subject).gradient.data), plain(byColumns));
      }),
      runs,
    );
  });
});
