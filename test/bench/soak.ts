// npm run soak [-- --small N --large N]: many small requests, large ones cancelled at random moments, and memory at its
// limit. Every answer that arrives is compared with the definition, or with one that was; afterwards resident memory
// must come back by itself to within a fifth of what it was before.
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parentPort, Worker, workerData } from 'node:worker_threads';
import { computeReference } from '../../src/core/kernels/compute';
import type { Operation, Tensor } from '../../src/core/operation';
import { type Plan, resolve } from '../../src/core/plan';
import { tensorOf } from '../../src/core/tensor/tensor';
import { readBuilds } from '../../src/engine/builds';
import { EngineClient } from '../../src/engine/client';
import { helperStarter } from '../../src/engine/helpers';
import { createKernels, type Floats } from '../../src/engine/kernels';
import { sharing } from '../../src/engine/sharing';
import { engineStarter } from '../../src/engine/start';
import type { SharedTensor } from '../../src/protocol/engine';
import { drawn } from './drawn';
import { count } from './workloads';

const { values } = parseArgs({
  options: { small: { type: 'string', default: '1000000' }, large: { type: 'string', default: '1000' } },
});
const SMALL = Number(values.small);
const LARGE = Number(values.large);
const MIB = 1024 * 1024;
const HANG_MS = 30_000;
const CASES = 4000;

const resident = (): number => process.memoryUsage.rss() / MIB;
const filled = (shape: readonly number[], seed: number): Tensor =>
  tensorOf('float32', shape, drawn(count(shape), seed));
let state = 7;
/** A whole number in [least, most]. */
const pick = (least: number, most: number): number => {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return least + Math.floor((state / 2 ** 32) * (most - least + 1));
};
const failures: string[] = [];
const expectClose = (what: string, got: ArrayLike<number>, wanted: ArrayLike<number>): void => {
  for (let i = 0; i < wanted.length; i++) {
    if (!(Math.abs(got[i] - wanted[i]) <= 1e-3)) {
      failures.push(`${what}: element ${i} is ${got[i]}, not ${wanted[i]}`);
      return;
    }
  }
};

interface Case {
  readonly op: Operation;
  readonly input: Tensor;
  readonly weight: Tensor;
}

function smallCase(): Case {
  for (;;) {
    const rank = pick(1, 2);
    const each = (least: number, most: number): number[] => Array.from({ length: rank }, () => pick(least, most));
    const kind = pick(0, 1) === 0 ? 'conv' : 'convTranspose';
    const [from, to] = [pick(1, 6), pick(1, 6)];
    const op: Operation = { kind, stride: each(1, 3), dilation: each(1, 2), padding: each(0, 2) };
    const inputShape = [1, from, ...each(1, 12)];
    const weightShape = kind === 'conv' ? [to, from, ...each(1, 4)] : [from, to, ...each(1, 4)];
    if (resolve(op, inputShape, weightShape).ok)
      return { op, input: filled(inputShape, pick(1, 999)), weight: filled(weightShape, pick(1, 999)) };
  }
}

/** What a phase has to say, and what was wrong. */
interface Done {
  readonly said: string;
  readonly failures: readonly string[];
}

interface KnownCase extends Case {
  readonly plan: Plan;
  readonly truth: Floats;
}

function knownCase(): KnownCase {
  const drawnCase = smallCase();
  const { op, input, weight } = drawnCase;
  const resolution = resolve(op, input.shape, weight.shape);
  if (!resolution.ok) throw new Error('A drawn case is not legal.');
  return { ...drawnCase, plan: resolution.plan, truth: computeReference(resolution.plan, input, weight).data };
}

/** Requests one after another over a few thousand configurations, every answer compared with the definition's. */
function small(requests: number): Done {
  const helpers = { count: 1, start: helperStarter(join(process.cwd(), 'dist', 'helper.js')) };
  const kernels = createKernels(readBuilds('dist'), helpers);
  const cases = Array.from({ length: CASES }, knownCase);
  const output = new Map(cases.map(({ truth }) => [truth.length, new Float32Array(truth.length)]));
  const started = performance.now();
  for (let i = 0; i < requests; i++) {
    const { plan, input, weight, truth } = cases[pick(0, cases.length - 1)];
    const target = output.get(truth.length) ?? new Float32Array(truth.length);
    kernels.run(plan, { input: input.data, weight: weight.data, output: target });
    expectClose(`small request ${i}`, target, truth);
  }
  const seconds = (performance.now() - started) / 1000;
  kernels.dispose();
  const said = `${requests.toLocaleString('en')} small requests in ${seconds.toFixed(1)} s, ${((1e6 * seconds) / requests).toFixed(1)} µs each with its check`;
  return { said, failures };
}

/**
 * In a thread, where the extension's kernels run: V8 keeps a pool of what garbage took, and gives it back when the
 * thread has ended.
 */
async function smallInThread(requests: number): Promise<string> {
  const worker = new Worker(__filename, { workerData: requests });
  const [done] = (await once(worker, 'message')) as [Done];
  failures.push(...done.failures);
  await once(worker, 'exit');
  return done.said;
}

const LARGE_OP: Operation = { kind: 'convTranspose', stride: [2, 2], dilation: [1, 1], padding: [1, 1] };

/**
 * Through the worker: each is cancelled after up to twice the time that it takes, so about half of them are answered.
 */
async function large(client: EngineClient, requests: number): Promise<string> {
  const input = filled([1, 128, 24, 24], 1);
  const weight = filled([128, 96, 4, 4], 2);
  const ask = (signal?: AbortSignal): Promise<Tensor> =>
    client.compute({ op: LARGE_OP, input, weight, limit: 1024 * MIB }, signal);
  const resolution = resolve(LARGE_OP, input.shape, weight.shape);
  if (!resolution.ok) throw new Error('The large case is not legal.');
  const truth = computeReference(resolution.plan, input, weight).data;
  await ask();
  const begun = performance.now();
  await ask();
  const usual = performance.now() - begun;
  let answered = 0;
  let cancelled = 0;
  for (let i = 0; i < requests; i++) {
    const stop = new AbortController();
    const timer = setTimeout(
      () => {
        stop.abort();
      },
      pick(0, Math.ceil(2 * usual)),
    );
    let hang: NodeJS.Timeout | undefined;
    try {
      const hung = new Promise<never>((_, reject) => {
        hang = setTimeout(() => {
          reject(new Error('no answer'));
        }, HANG_MS);
      });
      const answer = await Promise.race([ask(stop.signal), hung]);
      expectClose(`large request ${i}`, answer.data, truth);
      answered++;
    } catch (error) {
      if (error instanceof Error && error.name === 'CancelledError') cancelled++;
      else failures.push(`large request ${i}: ${String(error)}`);
    } finally {
      clearTimeout(timer);
      clearTimeout(hang);
    }
  }
  return `${requests.toLocaleString('en')} large requests of ${usual.toFixed(0)} ms: ${answered} answered, ${cancelled} cancelled`;
}

/**
 * What does not fit is refused with the bytes that it needs, before memory is taken, and what comes after is answered.
 */
async function limits(client: EngineClient): Promise<string> {
  const input = filled([1, 1, 64, 64], 1);
  const weight = filled([1, 1, 3, 3], 2);
  let refused = 0;
  for (const stride of [10, 100, 1000, 10_000]) {
    const op: Operation = { kind: 'convTranspose', stride: [stride, stride], dilation: [1, 1], padding: [0, 0] };
    const answer = await client.compute({ op, input, weight, limit: MIB }).then(
      () => 'answered',
      (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
    );
    if (answer === 'ProblemError') refused++;
    else failures.push(`a request beyond the limit, stride ${stride}: ${answer}`);
  }
  // As much as the wasm memory can never hold: the machine's refusal is an answer too.
  const op: Operation = { kind: 'convTranspose', stride: [600, 600], dilation: [1, 1], padding: [0, 0] };
  const huge = await client.compute({ op, input, weight, limit: Infinity }).then(
    () => 'answered',
    (error: unknown) => (error instanceof Error ? error.name : 'unknown'),
  );
  if (huge !== 'OutOfMemoryError') failures.push(`a request of 5.9 GB: ${huge}`);
  const plain: Operation = { kind: 'conv', stride: [1, 1], dilation: [1, 1], padding: [1, 1] };
  const after = await client.compute({ op: plain, input, weight, limit: MIB });
  const resolution = resolve(plain, input.shape, weight.shape);
  if (resolution.ok)
    expectClose('the request after the refusals', after.data, computeReference(resolution.plan, input, weight).data);
  return `${refused} requests beyond their limit refused, one beyond 4 GiB: ${huge}, the next one answered`;
}

/** Documents of 256 MiB of output, opened, edited and closed one after another. */
async function growAndShrink(client: EngineClient): Promise<string> {
  const op: Operation = { kind: 'convTranspose', stride: [16, 16], dilation: [1, 1], padding: [0, 0] };
  const shared = (id: number, shape: readonly number[]): SharedTensor => {
    const buffer = new SharedArrayBuffer(4 * count(shape));
    new Float32Array(buffer).set(drawn(count(shape), id));
    return { id, version: 1, dtype: 'float32', shape, buffer };
  };
  const input = shared(1, [1, 1, 512, 512]);
  const weight = shared(2, [1, 1, 17, 17]);
  let most = 0;
  for (let session = 1; session <= 3; session++) {
    for (let version = 1; version <= 2; version++) {
      const tensors = { input: { ...input, version }, weight };
      const watch = { planes: [], whole: [], statistics: 'plane' as const };
      await client.evaluate({ session, revision: version, op, tensors, watch, limit: 4096 * MIB });
      most = Math.max(most, resident());
    }
    client.release(session);
  }
  return `documents of 2 × 256 MiB of output: resident memory rose to ${most.toFixed(0)} MiB`;
}

/** How long memory may take to come back, and how often is looked. */
const SETTLING_MS = 90_000;
const LOOK_MS = 1000;
/** The part of the load that comes first: what code of V8's and ours, and pools, stay for good, stay with it. */
const FIRST = 0.01;
const FIRST_MS = 45_000;
/** The thread ends when nobody needs it any more; in the extension after twenty seconds. */
const REST_MS = 2000;
/** Of the start. */
const MOST_LEFT = 1.2;

const wait = (milliseconds: number): Promise<void> => new Promise((done) => setTimeout(done, milliseconds));

/** Resident memory once it is low enough, or when that takes too long. Nothing is collected on demand. */
async function settled(enough: number): Promise<{ readonly mebibytes: number; readonly seconds: number }> {
  const begun = performance.now();
  for (;;) {
    const [mebibytes, seconds] = [resident(), (performance.now() - begun) / 1000];
    if (mebibytes <= enough || seconds * 1000 > SETTLING_MS) return { mebibytes, seconds };
    await wait(LOOK_MS);
  }
}

async function main(): Promise<void> {
  console.log(`Soak, Node ${process.version}, ${availableParallelism()} processors`);
  const client = new EngineClient({
    start: engineStarter(join(process.cwd(), 'dist', 'worker.js')),
    crossing: sharing,
    restMs: REST_MS,
  });
  const load = async (part: number, say: (text: string) => void): Promise<void> => {
    say(`small: ${await smallInThread(Math.ceil(part * SMALL))}`);
    say(`large: ${await large(client, Math.ceil(part * LARGE))}`);
    say(`limits: ${await limits(client)}`);
    say(`memory: ${await growAndShrink(client)}`);
  };
  const never = resident();
  await load(FIRST, () => undefined);
  await wait(FIRST_MS);
  const start = resident();
  await load(1, console.log);
  const loaded = resident();
  const end = await settled(MOST_LEFT * start);
  console.log(
    `resident memory: ${never.toFixed(0)} MiB before the thread was started, ${start.toFixed(0)} MiB after a hundredth of the load, ${loaded.toFixed(0)} MiB right after the load, ${end.mebibytes.toFixed(0)} MiB ${end.seconds.toFixed(0)} s later without being asked`,
  );
  if (end.mebibytes > MOST_LEFT * start)
    failures.push(`resident memory did not return: ${start.toFixed(0)} → ${end.mebibytes.toFixed(0)} MiB`);
  await client.dispose();
  for (const failure of failures.slice(0, 20)) console.log(`FAILED ${failure}`);
  console.log(failures.length === 0 ? 'no leak, no wrong answer, no hang' : `${failures.length} failures`);
  process.exit(failures.length === 0 ? 0 : 1);
}

if (parentPort) parentPort.postMessage(small(workerData as number));
else
  main().catch((error: unknown) => {
    console.error(error);
    process.exit(1);
  });
