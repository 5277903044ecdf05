import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { randomSource } from '../../../../src/core/state/random';
import { LIMIT, readTensors } from './fixtures';
import { drawn, mutated, readAll, seeds } from './mutated';

describe('bad input: checkpoints', function () {
  this.timeout(120_000);

  it('10,000 files with wrong numbers where readers believe them are read or refused within the limit', () => {
    const all = seeds();
    const outcomes = { read: 0, refused: 0 };
    for (let seed = 1; seed <= 10_000; seed++) {
      const { uniform } = randomSource(seed);
      const whole = (most: number): number => Math.floor(uniform() * most);
      const file = drawn(all, whole);
      const bytes = mutated(file, whole);
      const before = process.memoryUsage().arrayBuffers;
      try {
        outcomes[readAll(file, bytes)]++;
      } catch (error) {
        throw new Error(`seed ${seed}, ${file.name}: ${error instanceof Error ? error.stack : String(error)}`, {
          cause: error,
        });
      }
      assert.ok(process.memoryUsage().arrayBuffers - before < 64 * 2 ** 20, `seed ${seed}, ${file.name} took memory`);
    }
    // A mutation that never bites, or always, would test nothing.
    assert.ok(outcomes.read > 2000 && outcomes.refused > 2000, JSON.stringify(outcomes));
  });

  const standIns: readonly (readonly [what: string, text: string, says: RegExp])[] = [
    [
      'a pointer of Git LFS',
      'version https://git-lfs.github.com/spec/v1\noid sha256:4d7a\nsize 12345\n',
      /Git LFS.*git lfs pull/,
    ],
    ['a web page', '<!DOCTYPE html>\n<html><body>Sign in</body></html>\n', /a web page/],
    ['a refusal of a store', '<?xml version="1.0"?>\n<Error><Code>AccessDenied</Code></Error>', /a web page/],
  ];
  for (const [what, text, says] of standIns) {
    for (const name of ['model.safetensors', 'model.pt', 'model.h5', 'model.onnx', 'kernel.npy']) {
      it(`${what} in place of ${name} is called what it is`, () => {
        assert.throws(() => readTensors(new TextEncoder().encode(text), name, LIMIT), says);
      });
    }
  }
});
