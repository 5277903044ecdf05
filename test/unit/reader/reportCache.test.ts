import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { createReader } from '../../../src/reader/handlers';
import type { ReaderApi, ReadResult } from '../../../src/reader/api';
import { ReportListener } from '../../../src/reader/reportCache';
import type { Report } from '../../../src/python';

const HEAD = ['import torch', 'import torch.nn as nn', ''];
const net = (index: number, kernel: number): string[] => [
  `class Net${index}(nn.Module):`,
  '    def __init__(self):',
  '        super().__init__()',
  `        self.conv = nn.Conv2d(3, 8, ${kernel})`,
  '',
  '    def forward(self, x):',
  '        return self.conv(x)',
  '',
  `y${index} = Net${index}()(torch.randn(1, 3, 32, 32))`,
  '',
];
const file = (...kernels: readonly number[]): string =>
  [...HEAD, ...kernels.flatMap((kernel, index) => net(index, kernel))].join('\n');

const path = 'file:///model.py';
type Told = NonNullable<ReadResult['told']>;
function read(reader: ReaderApi, text: string): Told {
  const { told } = reader.read({ path, text, inputShapes: {}, folders: [], asKnown: true });
  assert.ok(told);
  return told;
}
const numbersOf = ({ reports }: Told): readonly number[] => reports.numbers;

describe('the reports that the reading thread tells', () => {
  it('keep their numbers as long as nothing of them changes', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5, 7));
    const after = read(reader, file(3, 1, 7));
    const [was, is] = [numbersOf(before), numbersOf(after)];
    assert.equal(is.length, 3);
    assert.deepEqual([is[0], is[2]], [was[0], was[2]]);
    assert.notEqual(is[1], was[1]);
    const [changed] = reader.reports(path, [is[1]]);
    assert.deepEqual(changed.uses[0].outputShape, [1, 8, 32, 32]);
  });

  it('keep them when a line above moves them, and say by how much', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const after = read(reader, file(3, 5).replace('\n', '\n\n'));
    assert.deepEqual(after.reports, { numbers: numbersOf(before), by: [1, 1], stale: [], fresh: [] });
    const back = read(reader, file(3, 5));
    assert.deepEqual(back.reports, { numbers: numbersOf(before), by: [0, 0], stale: [], fresh: [] });
  });

  it('have others when the statement in which they stand has changed', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const after = read(reader, file(3, 5).replace('        return', '\n        return'));
    assert.equal(numbersOf(after).length, 2);
    assert.notEqual(numbersOf(after)[0], numbersOf(before)[0]);
    assert.deepEqual([numbersOf(after)[1], after.reports.by[1]], [numbersOf(before)[1], 1]);
    assert.deepEqual(reader.reports(path, [numbersOf(before)[0]]), []);
  });

  it('are the same after a text was broken and mended', () => {
    const reader = createReader();
    const before = read(reader, file(3, 5));
    const [good] = reader.reports(path, numbersOf(before));
    const broken = read(reader, `${file(3, 5)}z = foo(\n`);
    assert.equal(broken.analysis.broken, true);
    const after = read(reader, file(3, 5));
    assert.deepEqual(reader.reports(path, numbersOf(after))[0], good);
  });
});

describe('the reports that the host hears', () => {
  /** Both halves, with nothing between them but a count of the reports that cross. */
  function pair(reader = createReader(), listener = new ReportListener()) {
    let fetched = 0;
    const hear = async (text: string): Promise<Report[]> => {
      const told = read(reader, text);
      fetched += told.reports.fresh.length;
      return listener.hear(path, told.reports, async (numbers) => {
        fetched += numbers.length;
        return reader.reports(path, numbers);
      });
    };
    return {
      reader,
      listener,
      /** The reports of a text, and how many of them had to cross. */
      async read(text: string): Promise<readonly [Report[], number]> {
        fetched = 0;
        return [await hear(text), fetched];
      },
    };
  }
  const kernels = Array.from({ length: 60 }, (_, index) => 1 + (index % 5));

  it('are all fetched once, in pieces, in their order', async () => {
    const { read: hear } = pair();
    const [reports, fetched] = await hear(file(...kernels));
    assert.equal(fetched, 60);
    assert.deepEqual(
      reports.map(({ parameters }) => parameters.kernel_size),
      kernels,
    );
  });

  it('are then fetched only where they are others; one that is as it was is the same object', async () => {
    const { read: hear } = pair();
    const [before] = await hear(file(3, 5, 7));
    const [after, fetched] = await hear(file(3, 1, 7));
    assert.equal(fetched, 1);
    assert.deepEqual([after[0] === before[0], after[1] === before[1], after[2] === before[2]], [true, false, true]);
  });

  it('are moved by the host, again and again, to where a reading anew finds them', async () => {
    const { read: hear } = pair();
    await hear(file(3, 5));
    for (let lines = 1; lines <= 3; lines++) {
      const text = '\n'.repeat(lines) + file(3, 5);
      const [moved, fetched] = await hear(text);
      assert.equal(fetched, 0);
      assert.deepEqual(moved, (await pair().read(text))[0]);
    }
  });

  it('are moved as stale ones, while the text does not parse', async () => {
    const { read: hear } = pair();
    await hear(file(3, 5));
    const broken = file(3, 5).replace('self.conv = nn.Conv2d(3, 8, 5)', 'self.conv = nn.Conv2d(3, 8, 5');
    const [reports] = await hear(broken);
    assert.deepEqual(
      reports.map(({ stale }) => stale === true),
      [false, true],
    );
  });

  it('are fetched anew when either half has forgotten the file', async () => {
    const { read: hear, reader, listener } = pair();
    const text = file(3, 5);
    const [before] = await hear(text);
    listener.forget(path);
    assert.deepEqual((await hear(text))[1], 2);
    reader.close(path);
    const [after, fetched] = await hear(text);
    assert.equal(fetched, 2);
    assert.deepEqual(after, before);
  });

  it('are left out where the thread has them no longer', async () => {
    const reader = createReader();
    const told = read(reader, file(...kernels));
    const heard = await new ReportListener().hear(path, told.reports, async (numbers) => {
      reader.close(path);
      return reader.reports(path, numbers);
    });
    assert.equal(heard.length, told.reports.fresh.length);
    assert.ok(heard.length < kernels.length);
  });
});
