// One opening in a process of its own, so that its peak of memory is its own: node process.cjs OPEN WORKER FILE TENSOR
// prints {milliseconds, bytes}. The thread is started by a small file first.
import { pathToFileURL } from 'node:url';
import type { Opening } from './open';

const [open, worker, small, file, tensor] = process.argv.slice(2);

async function main(): Promise<void> {
  const { opening } = (await import(pathToFileURL(open).href)) as { readonly opening: (worker: string) => Opening };
  const files = opening(worker);
  await files.read(small, 'a');
  const before = process.resourceUsage().maxRSS;
  const began = performance.now();
  const values = await files.read(file, tensor);
  const milliseconds = performance.now() - began;
  // In KiB, of the whole process with its threads.
  const bytes = (process.resourceUsage().maxRSS - before) * 1024;
  console.log(JSON.stringify({ milliseconds, bytes, values }));
  await files.dispose();
}

void main();
