// Reading arrays of a stopped program, beside the peer's way: one `evaluate` that sends all of the array's bytes to a
// listener here, and nothing else. Both in turns, in one run, against one debugpy.
import { createServer, type Server } from 'node:net';
import { cpus } from 'node:os';
import type { LiveTensor } from '../../../src/live/reader';
import { countWhole } from '../../../src/live/statistics';
import { Debugged } from '../../live/debugged';

const median = (times: readonly number[]): number => times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** A listener that counts what arrives. */
async function listener(): Promise<{
  readonly server: Server;
  readonly port: number;
  received(bytes: number): Promise<void>;
}> {
  let count = 0;
  let heard: () => void = () => undefined;
  const server = createServer((socket) => {
    socket.on('data', (chunk) => {
      count += chunk.length;
      heard();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    server,
    port,
    received: async (bytes) => {
      while (count < bytes) await new Promise<void>((resolve) => (heard = resolve));
      count = 0;
    },
  };
}

async function main(): Promise<void> {
  const debugged = new Debugged('../../bench/live/program.py');
  const { server, port, received } = await listener();
  try {
    await debugged.attach();
    const { reader, program } = debugged;
    const read = async (name: string): Promise<LiveTensor> => {
      reader.goneOn();
      const found = await reader.read(program, name);
      if (found.kind !== 'tensor') throw new TypeError(name);
      return found;
    };
    const send = (name: string, bytes: number): Promise<unknown> => {
      const code = `(lambda s: (s.sendall(memoryview(${name}).cast("B")), s.close(), "tconv:")[2])(__import__("socket").create_connection(("127.0.0.1", ${port})))`;
      return Promise.all([program.evaluate(code), received(bytes)]);
    };
    console.log(`${cpus()[0].model}, Node ${process.version}`);
    const goals = { image: [7, 224 * 224 * 3 * 4, 1], large: [3, 4e8, 0.1], huge: [3, 2 * 31623 ** 2, 0.05] } as const;
    let failed = false;
    for (const [name, [rounds, bytes, goal]] of Object.entries(goals)) {
      const [ours, theirs]: [number[], number[]] = [[], []];
      await read(name);
      for (let round = 0; round < rounds; round++) {
        theirs.push(await timed(() => send(name, bytes)));
        ours.push(await timed(() => read(name)));
      }
      const { values, plan } = await read(name);
      const [our, their] = [median(ours), median(theirs)];
      const speed = (bytes / 1e6 / (their / 1000)).toFixed(0);
      failed ||= our / their > goal;
      console.log(
        `${name}: ${our.toFixed(1)} ms, ${plan} of ${values.shape.join('×')}; the peer's way ${their.toFixed(1)} ms (${speed} MB/s); ` +
          `${(our / their).toFixed(3)}× (goal ${goal}×)`,
      );
    }
    const huge = await read('huge');
    let longest = 0;
    let last = performance.now();
    const whole = await timed(() =>
      countWhole(reader, program, 'huge', huge, {
        onProgress: () => {
          longest = Math.max(longest, performance.now() - last);
          last = performance.now();
        },
      }),
    );
    console.log(
      `huge: counted exactly in ${(whole / 1000).toFixed(1)} s, in pieces of at most ${longest.toFixed(0)} ms`,
    );
    process.exitCode = failed ? 1 : 0;
  } finally {
    debugged.end();
    server.close();
  }
}

void main();
