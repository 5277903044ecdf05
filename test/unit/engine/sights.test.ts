// What the compute thread keeps of a session: what it tells against the last answer is what it would tell in whole.
import assert from 'node:assert/strict';
import type { Sight, Watch } from '../../../src/core/tensor/look';
import { gather } from '../../../src/core/kernels/gather';
import { resolve } from '../../../src/core/plan';
import { naturalLimits, stepOf } from '../../../src/core/tensor/colourSteps';
import { extractPlane, type PlaneRequest, type TensorName } from '../../../src/core/tensor/plane';
import { statisticsOf } from '../../../src/core/tensor/statistics';
import { tensorOf } from '../../../src/core/tensor/tensor';
import { createHandlers } from '../../../src/engine/handlers';
import { nameOf, withWriting } from '../../../src/engine/lately';
import { view } from '../../../src/engine/sight';
import type { SharedTensor } from '../../../src/protocol/engine';
import { type Held, heldAfter, type News } from '../../../src/protocol/news';
import { Transferring } from '../../../src/protocol/rpc';

const SIZE = 160;
const op = { kind: 'conv', stride: [1, 1], padding: [1, 1], dilation: [1, 1] } as const;

function shared(id: number, shape: readonly number[]): SharedTensor {
  const count = shape.reduce((all, each) => all * each, 1);
  const data = new Float32Array(new SharedArrayBuffer(4 * count));
  for (let at = 0; at < count; at++) data[at] = Math.sin(at * 12.9898);
  return { id, version: 1, dtype: 'float32', shape, buffer: data.buffer };
}

/** The tensor after some of its cells were written. */
function written(tensor: SharedTensor, cells: readonly number[], value: number): SharedTensor {
  for (const cell of cells) view(tensor).data[cell] = value;
  const lately = withWriting(tensor.lately ?? [], { before: nameOf(tensor), cells: Uint32Array.from(cells) });
  return { ...tensor, version: tensor.version + 1, lately };
}

const plane = (tensor: TensorName, rows: number, most: number): PlaneRequest => ({
  key: tensor,
  tensor,
  leading: [0, 0],
  row: 0,
  column: 0,
  rows,
  columns: rows,
  maxRows: most,
  maxColumns: most,
});
const watch: Watch = {
  planes: [plane('input', SIZE, 40), plane('weight', 3, 3), plane('output', SIZE, 40)],
  whole: ['input', 'weight', 'bias', 'output'],
  statistics: 'tensor',
};

class Asked {
  input = shared(1, [1, 1, SIZE, SIZE]);
  weight = shared(2, [1, 1, 3, 3]);
  known: number | undefined;
  held: Held | undefined;
  private readonly handlers = createHandlers();
  private revision = 0;

  /** The answer as it crosses, the whole sight that it makes, and the output. */
  evaluate(watched = watch): { news: News; sight: Sight; output: SharedTensor } {
    const { input, weight, known } = this;
    const request = {
      session: 1,
      revision: ++this.revision,
      op,
      tensors: { input, weight },
      watch: watched,
      known,
      limit: 1e9,
    };
    const answer = this.handlers.evaluate(request);
    const { sight: news, output } = answer instanceof Transferring ? answer.result : answer;
    const held = heldAfter(this.held, news);
    assert.ok(held);
    this.held = held;
    this.known = news.serial;
    return { news, sight: held.sight, output };
  }

  /** What is true of the tensors as they are, but for the output, of which the thread's own is looked at. */
  check(sight: Sight, output: SharedTensor): void {
    const tensors = new Map([
      ['input', view(this.input)],
      ['weight', view(this.weight)],
      ['output', view(output)],
    ] as const);
    for (const [name, tensor] of tensors) {
      const request = watch.planes.find((each) => each.tensor === name);
      assert.ok(request);
      const block = sight.blocks.find(({ key }) => key === name);
      assert.deepEqual(block, extractPlane(tensor, 2, request));
      const found = sight.statistics.find((each) => each.tensor === name)?.statistics;
      assert.deepEqual(found, statisticsOf(tensor.data));
      const whole = sight.whole.find((each) => each.tensor === name)?.values;
      if (name !== 'output') assert.deepEqual(whole, tensor.data.slice());
    }
    const resolution = resolve(op, this.input.shape, this.weight.shape);
    assert.ok(resolution.ok);
    const truth = gather(
      resolution.plan,
      tensorOf('float64', this.input.shape, Float64Array.from(view(this.input).data)),
      view(this.weight),
    );
    let worst = 0;
    view(output).data.forEach((value, at) => (worst = Math.max(worst, Math.abs(value - truth.data[at]))));
    assert.ok(worst < 1e-4, `${worst}`);
  }
}

describe('what a session’s page is told', () => {
  it('is everything at first, and after written cells only what they change, however many edits follow', () => {
    const asked = new Asked();
    const first = asked.evaluate();
    assert.equal(first.news.since, undefined);
    asked.check(first.sight, first.output);
    for (let edit = 0; edit < 6; edit++) {
      const cell = (edit * 4801) % (SIZE * SIZE);
      asked.input = written(asked.input, [cell, cell + 1], edit * 3 - 4);
      const { news, sight, output } = asked.evaluate();
      assert.equal(news.since, news.serial - 1);
      assert.deepEqual([news.blocks, news.whole.map(({ tensor }) => tensor)], [[], ['weight']]);
      for (const { change } of news.kept) assert.ok((change?.at.length ?? 0) <= 16);
      asked.check(sight, output);
    }
  });

  it('leaves the output before it as it was, where only some of it is computed anew', () => {
    const asked = new Asked();
    asked.evaluate();
    asked.input = written(asked.input, [0], 1);
    const last = asked.evaluate().output;
    const before = view(last).data.slice();
    asked.input = written(asked.input, [SIZE * 80 + 80], 50);
    const next = asked.evaluate().output;
    assert.notDeepEqual(view(next).data, before);
    assert.deepEqual(view(last).data, before);
  });

  it('is the whole output, and the input as it was, after the kernel has changed', () => {
    const asked = new Asked();
    asked.evaluate();
    asked.weight = written(asked.weight, [4], 2);
    const { news, sight, output } = asked.evaluate();
    assert.deepEqual(
      news.blocks.map(({ key }) => key),
      ['output'],
    );
    assert.deepEqual(
      news.kept.filter(({ change }) => !change).map(({ key }) => key),
      ['input'],
    );
    asked.check(sight, output);
  });

  it('is everything where the page has not got the last answer, or cells were written that nobody noted', () => {
    const asked = new Asked();
    asked.evaluate();
    asked.known = undefined;
    assert.equal(asked.evaluate().news.blocks.length, 3);
    view(asked.input).data.fill(3);
    asked.input = { ...asked.input, version: 9, lately: [] };
    const { news, sight, output } = asked.evaluate();
    assert.deepEqual(
      news.blocks.map(({ key }) => key),
      ['input', 'output'],
    );
    asked.check(sight, output);
  });

  const fine: PlaneRequest = { ...plane('input', SIZE, 80), painted: 'diverging' };
  const only = (request: PlaneRequest): Watch => ({ ...watch, planes: [request] });
  const stepsOf = ({ blocks, statistics }: Sight): readonly number[] => {
    const [{ values }] = blocks;
    const range = statistics.find(({ tensor }) => tensor === 'input')?.statistics;
    assert.ok(range);
    const [low, high] = naturalLimits(range, true);
    return Array.from(values, (value) => stepOf({ low, high }, value));
  };
  /** The steps of what is exactly there now. */
  const truth = (asked: Asked): readonly number[] => {
    const input = view(asked.input);
    const statistics = [{ tensor: 'input', statistics: statisticsOf(input.data) }] as const;
    return stepsOf({ blocks: [extractPlane(input, 2, fine)], statistics, whole: [] });
  };

  it('is steps of colours where means are only painted, and what changes of them exactly', () => {
    const asked = new Asked();
    const { news, sight } = asked.evaluate(only(fine));
    assert.deepEqual([news.blocks, news.packed.map(({ key, steps }) => [key, steps.length])], [[], [['input', 6400]]]);
    assert.deepEqual(stepsOf(sight), truth(asked));
    asked.input = written(asked.input, [7], 1);
    const after = asked.evaluate(only(fine));
    assert.deepEqual([after.news.packed, after.news.kept.length], [[], 1]);
    const request = { ...fine, painted: undefined };
    assert.equal(after.sight.blocks[0].values[3], extractPlane(view(asked.input), 2, request).values[3]);
    assert.equal(after.sight.blocks[0].values[4], sight.blocks[0].values[4]);
    asked.input = written(asked.input, [7], Infinity);
    asked.known = undefined;
    assert.deepEqual(asked.evaluate(only(fine)).news.packed, []);
  });

  it('is packed anew where the limits of the colours have closed in, not where they have moved apart', () => {
    const asked = new Asked();
    asked.evaluate(only(fine));
    asked.input = written(asked.input, [7], 100);
    const wide = asked.evaluate(only(fine));
    assert.deepEqual(wide.news.packed, []);
    const shown = stepsOf(wide.sight);
    truth(asked).forEach((step, at) => assert.ok(Math.abs(step - shown[at]) <= 1));
    // One that was packed between these limits has too few steps for others.
    asked.known = undefined;
    assert.equal(asked.evaluate(only(fine)).news.packed.length, 1);
    asked.input = written(asked.input, [7], 0);
    const narrow = asked.evaluate(only(fine));
    assert.equal(narrow.news.packed.length, 1);
    assert.deepEqual(stepsOf(narrow.sight), truth(asked));
  });

  it('is single cells in steps where they are wanted briefly, and then their values', () => {
    const asked = new Asked();
    const cells: PlaneRequest = { ...plane('input', SIZE, SIZE), painted: 'unit' };
    const brief = asked.evaluate(only({ ...cells, brief: true }));
    assert.deepEqual(
      brief.news.packed.map(({ steps }) => steps[1]),
      [Math.round(Math.max(0, view(asked.input).data[1]) * 255)],
    );
    assert.equal(brief.sight.blocks[0].rough, true);
    const after = asked.evaluate(only(cells));
    assert.deepEqual([after.news.packed, after.news.blocks.length], [[], 1]);
    assert.deepEqual(after.sight.blocks[0].values, view(asked.input).data.slice());
  });

  it('is a block of earlier again, as long as its tensor is known, with what was written meanwhile', () => {
    const asked = new Asked();
    asked.evaluate();
    const other: Watch = { ...watch, planes: [plane('input', SIZE, 60), plane('weight', 3, 3)] };
    assert.deepEqual(
      asked.evaluate(other).news.blocks.map(({ key }) => key),
      ['input'],
    );
    asked.input = written(asked.input, [7], 5);
    asked.evaluate(other);
    const { news, sight, output } = asked.evaluate();
    assert.deepEqual(news.blocks, []);
    asked.check(sight, output);
    assert.equal(asked.held?.blocks.size, 4);
    asked.input = { ...asked.input, version: 99, lately: [] };
    assert.deepEqual(
      asked.evaluate(other).news.blocks.map(({ key }) => key),
      ['input'],
    );
    assert.equal(asked.held.blocks.size, 2, 'what can not be shown again is forgotten');
  });

  it('is told against no other answer than the one that is there', () => {
    const asked = new Asked();
    asked.evaluate();
    const { held } = asked;
    asked.input = written(asked.input, [0], 1);
    const next = asked.evaluate().news;
    assert.ok(held && heldAfter(held, next));
    assert.equal(heldAfter(undefined, next), undefined);
    assert.equal(heldAfter({ ...held, serial: held.serial + 1 }, next), undefined);
    assert.equal(heldAfter({ ...held, blocks: new Map() }, next), undefined);
  });
});
