// npm run bench:live: reading tensors of a program that stands in debugpy, beside sending all of them over a socket.
import { runBundled } from './lib/bundled.mjs';
import { liveEnvironment } from './lib/live-python.mjs';

Object.assign(process.env, await liveEnvironment());
process.exit(await runBundled('live/main.ts', []));
