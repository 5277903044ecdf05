import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, describe, it } from 'mocha';
import { interpret, interpretations, type Target } from '../../../src/core/formats/axes';
import { writeNpy } from '../../../src/core/formats/npy';
import { writeNpz } from '../../../src/core/formats/npz';
import { weightToCanonical } from '../../../src/core/frameworks/weights';
import { ProblemError } from '../../../src/core/problem';
import { elementCount, tensorOf } from '../../../src/core/tensor/tensor';
import { EngineClient } from '../../../src/engine/client';
import { sharing } from '../../../src/engine/sharing';
import { openPath } from '../../../src/engine/openPath';
import { engineStarter } from '../../../src/engine/start';
import { createOpenFiles, type OpenFilesOptions } from '../../../src/engine/files';
import type { Converted, FileCall, OpenedFile, TensorCall, Wanting } from '../../../src/protocol/engine';

const limit = 2 ** 30;
const counting = (shape: readonly number[]) =>
  tensorOf(
    'float32',
    shape,
    Float32Array.from({ length: elementCount(shape) }, (_, at) => at),
  );
const archive = (): Uint8Array => writeNpz({ kernel: counting([2, 3, 4, 5]), bias: counting([3]) });
const isClosed = (error: unknown): boolean => error instanceof ProblemError && error.problems[0].code === 'file-closed';

/** What is in memory as a whole leaves nothing to want. */
function settled<Answer extends object>(answer: Answer | Wanting): Answer {
  assert.ok(!('wants' in answer));
  return answer;
}
function openingAtOnce(options?: OpenFilesOptions) {
  const files = createOpenFiles(options);
  return {
    close: files.close,
    open: (call: FileCall): OpenedFile => settled(files.open(call)),
    read: (call: TensorCall): Converted => settled(files.read(call)),
  };
}

describe('open files', () => {
  it('tell what they hold, and give each tensor when it is asked for', () => {
    const files = openingAtOnce();
    const { file, entries } = files.open({ bytes: archive(), name: 'layer.npz', limit });
    assert.deepEqual(
      entries.map(({ name, shape }) => [name, shape]),
      [
        ['kernel', [2, 3, 4, 5]],
        ['bias', [3]],
      ],
    );
    assert.deepEqual(Array.from(files.read({ file, entry: 1, limit }).data), [0, 1, 2]);
    assert.deepEqual(files.read({ file, entry: 0, limit }).data.length, 120);
  });

  it('are parsed once: text that is read twice is the same, and the first reader’s values are its own', () => {
    const files = openingAtOnce();
    const { file, entries } = files.open({ text: '[[1, 2], [3, 4]]', limit });
    assert.deepEqual(entries[0].shape, [2, 2]);
    const first = files.read({ file, entry: 0, limit });
    first.data[0] = 99;
    assert.deepEqual(Array.from(files.read({ file, entry: 0, limit }).data), [1, 2, 3, 4]);
  });

  it('say how many values the type that is asked for cannot hold', () => {
    const files = openingAtOnce();
    const wide = tensorOf('float64', [5], [1e39, -1e300, 1e-60, NaN, 1]);
    const { file } = files.open({ bytes: writeNpy(wide), name: 'x.npy', limit });
    assert.equal(files.read({ file, entry: 0, limit }).lost, undefined);
    assert.deepEqual(files.read({ file, entry: 0, dtype: 'float32', limit }).lost, { large: 2, small: 1 });
  });

  it('give values in shared memory, in the type that is asked for', () => {
    const files = openingAtOnce();
    const { file } = files.open({ bytes: writeNpy(counting([4])), name: 'x.npy', limit });
    const own = files.read({ file, entry: 0, limit });
    const wide = files.read({ file, entry: 0, dtype: 'float64', limit });
    assert.deepEqual([own.dtype, wide.dtype], ['float32', 'float64']);
    assert.ok(own.data instanceof Float32Array && wide.data instanceof Float64Array);
    for (const { data } of [own, wide]) {
      assert.ok(data.buffer instanceof SharedArrayBuffer);
      assert.deepEqual(Array.from(data), [0, 1, 2, 3]);
    }
    const alone = openingAtOnce({ shares: false });
    const { file: other } = alone.open({ text: '1 2', limit });
    assert.ok(alone.read({ file: other, entry: 0, limit }).data.buffer instanceof ArrayBuffer);
  });

  it('put axes in order as a person says, or as a framework’s layout does', () => {
    const files = openingAtOnce();
    const stored = counting([3, 2, 4, 5]);
    const { file } = files.open({ bytes: writeNpy(stored), name: 'x.npy', limit });
    const target: Target = { role: 'weight', kind: 'convTranspose', rank: 2 };
    for (const way of interpretations(stored.shape, target)) {
      const { shape, data } = files.read({ file, entry: 0, as: { way, target }, limit });
      const expected = interpret(stored, way, target);
      assert.deepEqual([shape, Array.from(data)], [expected.shape, Array.from(expected.data)]);
    }
    for (const storedAs of ['keras-convtranspose', 'keras-depthwise', 'jax-convtranspose'] as const) {
      const { shape, data } = files.read({ file, entry: 0, as: { storedAs }, limit });
      const expected = weightToCanonical(stored, storedAs);
      assert.deepEqual([shape, Array.from(data)], [expected.shape, Array.from(expected.data)]);
    }
  });

  it('refuse what is wrong when they are opened, and what would take too much when it is read', () => {
    const closed: Uint8Array[] = [];
    const files = openingAtOnce({ closed: (bytes) => closed.push(bytes) });
    const truncated = writeNpy(counting([4])).subarray(0, 140);
    assert.throws(() => files.open({ bytes: truncated, name: 'x.npy', limit }), ProblemError);
    assert.deepEqual(closed, [truncated]);
    assert.throws(() => files.open({ text: 'no numbers', limit }), ProblemError);
    const { file } = files.open({ bytes: writeNpy(counting([4])), name: 'x.npy', limit });
    assert.throws(
      () => files.read({ file, entry: 0, dtype: 'float64', limit: 31 }),
      (error) => error instanceof ProblemError && error.problems[0].code === 'memory-limit',
    );
    assert.equal(files.read({ file, entry: 0, dtype: 'float64', limit: 32 }).data.length, 4);
  });

  it('are let go when they are closed', () => {
    const closed: Uint8Array[] = [];
    const files = openingAtOnce({ closed: (bytes) => closed.push(bytes) });
    const bytes = archive();
    const { file } = files.open({ bytes, name: 'layer.npz', limit });
    files.close(file);
    files.close(file);
    assert.deepEqual(closed, [bytes]);
    assert.throws(() => files.read({ file, entry: 0, limit }), isClosed);
    assert.throws(() => files.read({ file: 99, entry: 0, limit }), isClosed);
  });

  it('that nobody closes keep to a budget: the oldest go first, the newest stays whatever its size', () => {
    const size = writeNpy(counting([100])).byteLength;
    const files = openingAtOnce({ budget: 2 * size });
    const open = (count: number): number =>
      files.open({ bytes: writeNpy(counting([count])), name: 'x.npy', limit }).file;
    const isOpen = (file: number): boolean => {
      try {
        return files.read({ file, entry: 0, limit }).data.length > 0;
      } catch (error) {
        if (isClosed(error)) return false;
        throw error;
      }
    };
    const [first, second] = [open(100), open(100)];
    assert.deepEqual([first, second].map(isOpen), [true, true]);
    const third = open(100);
    assert.deepEqual([first, second, third].map(isOpen), [false, true, true]);
    const large = open(1000);
    assert.deepEqual([second, third, large].map(isOpen), [false, false, true]);
  });

  describe('that are not in memory', () => {
    const folder = mkdtempSync(join(tmpdir(), 'tci-open-'));
    after(() => {
      rmSync(folder, { recursive: true });
    });
    const written = (name: string, bytes: Uint8Array): string => {
      writeFileSync(join(folder, name), bytes);
      return join(folder, name);
    };

    it('are read on the disk, whole or in part, and closed', () => {
      const path = written('k.npy', writeNpy(counting([4, 5])));
      const files = openingAtOnce({ openPath });
      const { file, entries } = files.open({ path, name: 'k.npy', limit });
      assert.deepEqual(entries[0].shape, [4, 5]);
      const window = { begin: [1, 2], size: [2, 3] };
      const { shape, data } = files.read({ file, entry: 0, window, limit });
      assert.deepEqual(
        [shape, Array.from(data)],
        [
          [2, 3],
          [7, 8, 9, 12, 13, 14],
        ],
      );
      files.close(file);
      assert.throws(() => files.read({ file, entry: 0, limit }), isClosed);
      const gone = { path: join(folder, 'gone.npy'), name: 'gone.npy', limit };
      assert.throws(() => files.open(gone), /not there any more/);
    });

    it('lead to files beside them, and to none elsewhere', () => {
      const shard = readFileSync('test/fixtures/checkpoints/a-00001-of-00002.safetensors');
      written('shard.safetensors', shard);
      const path = written(
        'm.safetensors.index.json',
        new TextEncoder().encode('{"weight_map": {"one": "shard.safetensors", "two": "../../etc/passwd"}}'),
      );
      const { entries, left } = openingAtOnce({ openPath }).open({ path, name: 'm.safetensors.index.json', limit });
      assert.deepEqual([entries.map(({ name }) => name), left.map(({ name }) => name)], [['one'], ['two']]);
    });

    it('want all files beside them that they lack in one go, and are listed once those are there', () => {
      const files = createOpenFiles();
      const shards = ['a-00001-of-00002.safetensors', 'a-00002-of-00002.safetensors', 'gone.safetensors'];
      const map = Object.fromEntries(shards.map((shard, at) => [String(at), shard]));
      const bytes = new TextEncoder().encode(JSON.stringify({ weight_map: map }));
      const answer = files.open({ bytes, name: 'm.safetensors.index.json', limit });
      assert.ok('wants' in answer);
      assert.deepEqual(
        answer.wants,
        shards.map((path) => ({ want: 'beside', path })),
      );
      for (const want of answer.wants) {
        assert.ok(want.want === 'beside');
        const path = join('test/fixtures/checkpoints', want.path);
        files.supply({ file: answer.file, want, given: existsSync(path) ? readFileSync(path) : undefined });
      }
      const { entries, left } = settled(files.list(answer.file));
      assert.deepEqual([entries.length > 1, left.map(({ name }) => name)], [true, ['2']]);
    });

    it('are given piece by piece where the asker has them: the header, and then one tensor', async () => {
      const bytes = writeNpy(counting([100_000]));
      const engine = new EngineClient({
        start: engineStarter(join(process.cwd(), 'dist/worker.js')),
        crossing: sharing,
      });
      try {
        let given = 0;
        const { file } = await engine.openFile({ size: bytes.length, name: 'k.npy', limit }, async (want) => {
          assert.ok(want.want === 'bytes');
          given += want.length;
          return bytes.slice(want.offset, want.offset + want.length);
        });
        assert.ok(given <= 256 * 1024, `${given} bytes for a header`);
        const window = { begin: [90_000], size: [3] };
        const { data } = await engine.readTensor({ file, entry: 0, window, limit });
        assert.deepEqual(Array.from(data), [90_000, 90_001, 90_002]);
      } finally {
        await engine.dispose();
      }
    });

    it('are of a rare kind: then the thread loads the readers of those', async () => {
      const engine = new EngineClient({
        start: engineStarter(join(process.cwd(), 'dist/worker.js')),
        crossing: sharing,
      });
      try {
        const path = join(process.cwd(), 'test/fixtures/checkpoints/state.pt');
        const { file, entries } = await engine.openFile({ path, name: 'state.pt', limit });
        const entry = entries.findIndex(({ name }) => name === 'list.0');
        assert.deepEqual(Array.from((await engine.readTensor({ file, entry, limit })).data), [1, 1]);
        const cut = written('cut.pt', readFileSync(path).subarray(0, 900));
        await assert.rejects(engine.openFile({ path: cut, name: 'cut.pt', limit }), ProblemError);
      } finally {
        await engine.dispose();
      }
    });
  });

  describe('in the compute thread', () => {
    const engine = new EngineClient({ start: engineStarter(join(process.cwd(), 'dist/worker.js')), crossing: sharing });
    after(() => engine.dispose());

    it('have their bytes handed over, and share the values that they give', async () => {
      const bytes = archive();
      const whole = new Uint8Array(bytes);
      const { file, entries } = await engine.openFile({ bytes: whole, name: 'layer.npz', limit });
      assert.equal(whole.byteLength, 0);
      assert.equal(entries.length, 2);
      const { data } = await engine.readTensor({ file, entry: 1, limit });
      assert.ok(data.buffer instanceof SharedArrayBuffer);
      assert.deepEqual(Array.from(data), [0, 1, 2]);
      engine.closeFile(file);
      await assert.rejects(engine.readTensor({ file, entry: 1, limit }), isClosed);
    });

    it('leave memory alone that they have only a part of', async () => {
      const file = writeNpy(counting([4]));
      const memory = new Uint8Array(file.byteLength + 100);
      memory.set(file, 50);
      const part = memory.subarray(50, 50 + file.byteLength);
      const { entries } = await engine.openFile({ bytes: part, name: 'x.npy', limit });
      assert.deepEqual([entries[0].shape, memory.byteLength], [[4], file.byteLength + 100]);
      const pooled = Buffer.from(file);
      assert.deepEqual((await engine.openFile({ bytes: pooled, name: 'x.npy', limit })).entries[0].shape, [4]);
    });

    it('are gone with the thread, which is said in words', async () => {
      const { file } = await engine.openFile({ bytes: archive(), name: 'layer.npz', limit });
      await engine.kill();
      engine.closeFile(file);
      await assert.rejects(engine.readTensor({ file, entry: 0, limit }), isClosed);
      await engine.openFile({ bytes: archive(), name: 'other.npz', limit });
      await assert.rejects(engine.readTensor({ file, entry: 0, limit }), isClosed);
    });
  });
});
