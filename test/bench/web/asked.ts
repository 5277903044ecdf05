import { EngineClient, type EngineOptions } from '../../../src/engine/client';
import { drawn } from '../drawn';
import { count, workload } from '../workloads';

const LIMIT = 1 << 30;
const WARM = 20;
const BATCHES = 9;
/** A browser's clock goes in steps of 0.1 ms: so many questions are timed at once. */
const BATCH = 20;

/** From the question to the answer, through the thread, one after another: the median over batches, in µs. */
export async function askedInTurn(needs: EngineOptions, name: string): Promise<number> {
  const client = new EngineClient(needs);
  const { op, inputShape, weightShape } = workload(name);
  const tensor = (shape: readonly number[], seed: number) => ({
    dtype: 'float32' as const,
    shape,
    data: drawn(count(shape), seed),
  });
  const asked = { op, input: tensor(inputShape, 1), weight: tensor(weightShape, 2), limit: LIMIT };
  for (let index = 0; index < WARM; index++) await client.compute(asked);
  const times: number[] = [];
  for (let index = 0; index < BATCHES; index++) {
    const start = performance.now();
    for (let each = 0; each < BATCH; each++) await client.compute(asked);
    times.push(((performance.now() - start) * 1000) / BATCH);
  }
  await client.dispose();
  return times.sort((a, b) => a - b)[times.length >> 1];
}
