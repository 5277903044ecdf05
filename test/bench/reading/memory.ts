// node memory.cjs BUILD: reads 200 files in a process of its own, and prints what memory that took at most, in MB.
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { BroadcastChannel } from 'node:worker_threads';
import type { openReader } from './open';
import { HEAP_CHANNEL, THREAD_VARIABLE } from './probe';
import { workspaceFiles } from './texts';

const MB = 2 ** 20;
const build = resolve(process.argv[2]);
const { openReader: open } = createRequire(resolve(process.argv[1]))(join(build, 'open.cjs')) as {
  readonly openReader: typeof openReader;
};

async function main(): Promise<void> {
  process.env[THREAD_VARIABLE] = join(build, 'reader.js');
  let heap = 0;
  const channel = new BroadcastChannel(HEAP_CHANNEL);
  channel.onmessage = ({ data }: { readonly data: unknown }): void => {
    heap = Math.max(heap, Number(data));
  };
  const before = process.memoryUsage().rss;
  const reader = open(join(__dirname, 'probe.cjs'));
  const files = workspaceFiles();
  await reader.know(files);
  for (const { path, text } of files) await reader.read(path, text, ['file:///w']);
  // What the thread said last is still on its way.
  await new Promise((done) => setTimeout(done, 100));
  const resident = process.resourceUsage().maxRSS * 1024;
  console.log(JSON.stringify({ resident: resident / MB, grown: (resident - before) / MB, heap: heap / MB }));
  channel.close();
  await reader.dispose();
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
