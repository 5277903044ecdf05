// npm run bench:reading [-- --json FILE --no-host]: started by scripts/bench-reading.mjs, which measures in an
// extension host first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { goalsOf, type Line, markdown } from './lines';
import { measureThread } from './thread';

const { values } = parseArgs({ options: { json: { type: 'string' }, host: { type: 'string' } } });

async function main(): Promise<void> {
  const fromHost =
    values.host && existsSync(values.host)
      ? (JSON.parse(readFileSync(values.host, 'utf8')) as { readonly lines: readonly Line[]; readonly runtime: string })
      : undefined;
  const lines = [...(await measureThread()), ...(fromHost?.lines ?? [])];
  console.log(markdown(lines, `Node ${process.version}${fromHost ? `; extension host ${fromHost.runtime}` : ''}`));
  if (values.json)
    writeFileSync(
      values.json,
      `${JSON.stringify({ goals: goalsOf(lines), node: process.version, host: fromHost?.runtime, lines }, undefined, 2)}\n`,
    );
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
