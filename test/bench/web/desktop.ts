// The desktop's side: the engine in Node, as its thread has it. Arguments: workload, ms.
import { join } from 'node:path';
import { readBuilds } from '../../../src/engine/builds';
import { createKernels } from '../../../src/engine/kernels';
import { sharing } from '../../../src/engine/sharing';
import { engineStarter } from '../../../src/engine/start';
import { askedInTurn } from './asked';
import { timed } from './timed';

const [name, ms] = process.argv.slice(2);

async function main(): Promise<void> {
  const kernel = timed(createKernels(readBuilds('dist')), name, Number(ms));
  const start = engineStarter(join(process.cwd(), 'dist', 'worker.js'));
  console.log(JSON.stringify({ ...kernel, roundTrip: await askedInTurn({ start, crossing: sharing }, name) }));
  process.exit(0);
}

void main();
