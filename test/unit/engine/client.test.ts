import assert from 'node:assert/strict';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import type { Operation, Tensor } from '../../../src/core/operation';
import { ProblemError } from '../../../src/core/problem';
import { tensorOf, zeros } from '../../../src/core/tensor/tensor';
import { CancelledError } from '../../../src/engine/cancel';
import { EngineClient, type EngineOptions, ThreadDiedError } from '../../../src/engine/client';
import { copying } from '../../../src/engine/copying';
import { sharing } from '../../../src/engine/sharing';
import { view } from '../../../src/engine/sight';
import { engineStarter } from '../../../src/engine/start';
import type { StartThread } from '../../../src/engine/thread';
import type { EvaluateRequest, SharedTensor } from '../../../src/protocol/engine';
import { webWorkerStarter } from './webWorker';

const GIBIBYTE = 2 ** 30;
const dist = join(process.cwd(), 'dist');
const hosts: readonly (readonly [name: string, options: () => EngineOptions])[] = [
  ['over shared memory', () => ({ start: engineStarter(join(dist, 'worker.js')), crossing: sharing })],
  [
    'over copies',
    () => ({
      start: webWorkerStarter(join(dist, 'computing.js'), join(dist, 'web/worker.js')),
      crossing: copying(),
    }),
  ],
];

const operation: Operation = {
  kind: 'convTranspose',
  stride: [1, 1],
  padding: [0, 0],
  dilation: [1, 1],
  outputPadding: [0, 0],
};
const worked = {
  op: operation,
  input: tensorOf('float64', [1, 1, 2, 2], [2, 3, 1, 3]),
  weight: tensorOf('float64', [1, 1, 3, 3], [0, 1, 1, 0, 1, 0, 1, 0, 1]),
  limit: GIBIBYTE,
};
/** As PyTorch computes it; the references print the same. */
const expected = [0, 2, 5, 3, 0, 3, 7, 3, 2, 4, 5, 3, 1, 3, 1, 3];

/** About a second of work on one core. */
const long = {
  op: { ...operation, kind: 'conv' as const, outputPadding: undefined },
  input: zeros('float64', [1, 64, 512, 512]),
  weight: zeros('float64', [64, 64, 3, 3]),
  limit: 4 * GIBIBYTE,
};

const inMemory = (id: number, { dtype, shape, data }: Tensor): SharedTensor => {
  const buffer = new SharedArrayBuffer(data.byteLength);
  new Float64Array(buffer).set(data);
  return { id, version: 1, dtype, shape, buffer };
};

for (const [name, optionsOf] of hosts)
  describe(`The compute thread ${name}, as its callers see it`, () => {
    const deaths: Error[] = [];
    const engine = new EngineClient({ ...optionsOf(), onDeath: (error) => deaths.push(error) });
    after(() => engine.dispose());

    it('computes the references’ example', async () => {
      assert.deepEqual([...(await engine.compute(worked)).data], expected);
    });

    it('leaves the caller’s tensors as they were', async () => {
      await engine.compute(worked);
      assert.deepEqual([...worked.input.data], [2, 3, 1, 3]);
    });

    it('rejects what is illegal with the problems', async () => {
      const illegal = { ...worked, op: { ...operation, outputPadding: [1, 0] } };
      await assert.rejects(
        engine.compute(illegal),
        (error) => error instanceof ProblemError && error.problems[0].code === 'output-padding-large',
      );
    });

    it('says how many bytes would be needed instead of trying', async () => {
      await assert.rejects(
        engine.compute({ ...worked, limit: 100 }),
        (error) => error instanceof ProblemError && /128/.test(error.message),
      );
    });

    it('rejects at once what is cancelled, and goes on answering', async () => {
      const controller = new AbortController();
      const slow = engine.compute(long, controller.signal);
      setTimeout(() => {
        controller.abort();
      }, 50);
      await assert.rejects(slow, CancelledError);
      assert.deepEqual([...(await engine.compute(worked)).data], expected);
      assert.deepEqual(deaths, [], 'that is no failure');
    });

    it('answers what was asked while it did something that is cancelled', async () => {
      const controller = new AbortController();
      const slow = engine.compute(long, controller.signal);
      const behind = Promise.all([engine.compute(worked), engine.compute(worked)]);
      setTimeout(() => {
        controller.abort();
      }, 50);
      await assert.rejects(slow, CancelledError);
      for (const { data } of await behind) assert.deepEqual([...data], expected);
    });

    describe('evaluating a document', () => {
      let lastId = 0;
      const shared = (shape: readonly number[], values: readonly number[]): SharedTensor => {
        const buffer = engine.allocate(8 * values.length);
        new Float64Array(buffer).set(values);
        return { id: ++lastId, version: 1, dtype: 'float64', shape, buffer };
      };
      const watch = { planes: [], whole: ['input', 'output'], statistics: 'tensor' } as const;
      const request = (session: number): EvaluateRequest => ({
        session,
        revision: 1,
        op: operation,
        tensors: { input: shared([1, 1, 2, 2], [2, 3, 1, 3]), weight: shared([1, 1, 3, 3], [...worked.weight.data]) },
        watch,
        limit: GIBIBYTE,
      });
      /** The next version of a tensor, with a value written over. */
      const written = (tensor: SharedTensor, at: number, value: number): SharedTensor => {
        new Float64Array(tensor.buffer)[at] = value;
        return { ...tensor, version: tensor.version + 1 };
      };
      const seen = ({ whole }: Awaited<ReturnType<typeof engine.look>>, name: string): number[] => [
        ...(whole.find(({ tensor }) => tensor === name)?.values ?? []),
      ];

      it('gives its output, and what is watched of it', async () => {
        const { output, sight, revision } = await engine.evaluate(request(1));
        assert.equal(revision, 1);
        assert.deepEqual([...view(output).data], expected);
        assert.deepEqual(seen(sight, 'output'), expected);
        assert.deepEqual(seen(sight, 'input'), [2, 3, 1, 3]);
      });

      it('computes with what was written since, and with what was not', async () => {
        const first = request(2);
        await engine.evaluate(first);
        const input = written(first.tensors.input, 0, 0);
        const { output } = await engine.evaluate({ ...first, tensors: { ...first.tensors, input } });
        // The output less twice the kernel at its upper left.
        const without = [0, 0, 3, 3, 0, 1, 7, 3, 0, 4, 3, 3, 1, 3, 1, 3];
        assert.deepEqual([...view(output).data], without);
        const bias = shared([1], [10]);
        const biased = await engine.evaluate({ ...first, tensors: { ...first.tensors, input, bias } });
        assert.deepEqual(
          [...view(biased.output).data],
          without.map((value) => value + 10),
        );
        const again = await engine.evaluate({ ...first, tensors: { ...first.tensors, input } });
        assert.deepEqual([...view(again.output).data], without);
      });

      it('keeps the last output whole while the next one is made, and looks at either', async () => {
        const first = request(3);
        const { output: before } = await engine.evaluate(first);
        const input = written(first.tensors.input, 0, 0);
        const { output: after } = await engine.evaluate({ ...first, tensors: { ...first.tensors, input } });
        assert.deepEqual([...view(before).data], expected);
        for (const output of [after, before, after]) {
          const sight = await engine.look({ session: 3, rank: 2, tensors: { ...first.tensors, input, output }, watch });
          assert.deepEqual(seen(sight, 'output'), [...view(output).data]);
        }
      });

      it('keeps sessions apart', async () => {
        const [one, other] = [request(4), request(5)];
        const doubled = { ...other, tensors: { ...other.tensors, input: written(other.tensors.input, 0, 4) } };
        const answers = await Promise.all([one, doubled, one, doubled].map((each) => engine.evaluate(each)));
        assert.deepEqual(
          answers.map(({ output }) => view(output).data[1]),
          [2, 4, 2, 4],
        );
        engine.release(4);
        const { output } = await engine.evaluate(one);
        assert.deepEqual([...view(output).data], expected);
      });

      it('loses nothing when the thread dies', async () => {
        const first = request(6);
        const { output } = await engine.evaluate(first);
        await engine.kill();
        const sight = await engine.look({ session: 6, rank: 2, tensors: { ...first.tensors, output }, watch });
        assert.deepEqual(seen(sight, 'output'), expected);
        assert.deepEqual(seen(sight, 'input'), [2, 3, 1, 3]);
        assert.deepEqual([...view((await engine.evaluate(first)).output).data], expected);
      });

      it('goes on after a refusal', async () => {
        const first = request(7);
        await assert.rejects(engine.evaluate({ ...first, limit: 100 }), ProblemError);
        const input = written(first.tensors.input, 3, 0);
        await assert.rejects(
          engine.evaluate({ ...first, op: { ...operation, stride: [0, 1] }, tensors: { ...first.tensors, input } }),
          ProblemError,
        );
        const { output } = await engine.evaluate({ ...first, tensors: { ...first.tensors, input } });
        assert.equal(view(output).data[15], 0);
      });
    });

    it('rejects what was under way when the thread dies, says so, and starts another at the next call', async () => {
      const before = deaths.length;
      const lost = engine.compute(long);
      const rejected = assert.rejects(lost, ThreadDiedError);
      await engine.kill();
      await rejected;
      assert.equal(deaths.length, before + 1);
      assert.deepEqual([...(await engine.compute(worked)).data], expected);
    });

    it('ends the thread when it keeps nothing for anybody, and starts another at the next call', async () => {
      const { start, crossing } = optionsOf();
      const ends: (() => void)[] = [];
      let isReleased = false;
      const ended = new Promise<boolean>((resolve) => ends.push(() => resolve(isReleased)));
      const starting: StartThread = (told) =>
        start((reason) => {
          told(reason);
          for (const end of ends) end();
        });
      const restless = new EngineClient({
        start: starting,
        crossing,
        restMs: 1,
        onDeath: (error) => deaths.push(error),
      });
      const before = deaths.length;
      const { op, input, weight } = worked;
      const tensors = { input: inMemory(1, input), weight: inMemory(2, weight) };
      const watch = { planes: [], whole: [], statistics: 'plane' as const };
      await restless.evaluate({ session: 1, revision: 1, op, tensors, watch, limit: GIBIBYTE });
      // Longer than a rest: the session keeps it.
      for (let turn = 0; turn < 20; turn++) await restless.compute(worked);
      isReleased = true;
      restless.release(1);
      assert.equal(await ended, true);
      assert.deepEqual([...(await restless.compute(worked)).data], expected);
      assert.equal(deaths.length, before);
      await restless.dispose();
    });

    it('rejects whatever is asked after it has been shut down', async () => {
      const other = new EngineClient(optionsOf());
      await other.dispose();
      await assert.rejects(other.compute(worked), ThreadDiedError);
    });
  });
