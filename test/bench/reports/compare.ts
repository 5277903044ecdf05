// node compare.cjs BEFORE NOW: prints every line of reports that is not the same bytes in both files, old and new.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { type ReportLine, placeOf } from './line';

/** The lines of a file by what they are told of; of one place there may be several. */
async function read(path: string): Promise<Map<string, string[]>> {
  const lines = new Map<string, string[]>();
  for await (const text of createInterface({ input: createReadStream(path), crlfDelay: Infinity })) {
    const place = placeOf(JSON.parse(text) as ReportLine);
    const known = lines.get(place);
    if (known) known.push(text);
    else lines.set(place, [text]);
  }
  return lines;
}

async function main(): Promise<number> {
  const [before, now] = [await read(process.argv[2]), await read(process.argv[3])];
  let different = 0;
  for (const place of new Set([...before.keys(), ...now.keys()])) {
    const [old, fresh] = [before.get(place) ?? [], now.get(place) ?? []];
    if (old.length === fresh.length && old.every((line, index) => line === fresh[index])) continue;
    different++;
    console.log(`\n${place}`);
    old.forEach((line) => console.log(`- ${line}`));
    fresh.forEach((line) => console.log(`+ ${line}`));
  }
  console.log(`\n${different === 0 ? 'The same bytes' : `${different} places differ`}, of ${now.size}.`);
  return different === 0 ? 0 : 1;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error);
    process.exit(2);
  },
);
