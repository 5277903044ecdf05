// How long it takes to open a file and list its tensors, once warm: prints the median in milliseconds of a whole and of
// JSON.parse alone. The process of Python beside it says the same of the package safetensors.
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import { readSafetensors } from '../../../src/core/formats/safetensors';
import { fetchedSource } from '../../../src/core/formats/source';

const [path] = process.argv.slice(2);
const ROUNDS = 60;

const median = (values: readonly number[]): number => values.toSorted((one, other) => one - other)[values.length >> 1];

function timed(work: () => unknown): number {
  const times = Array.from({ length: ROUNDS }, () => {
    const began = performance.now();
    work();
    return performance.now() - began;
  });
  return median(times.slice(ROUNDS / 2));
}

function list(): number {
  const file = openSync(path, 'r');
  const source = fetchedSource(fstatSync(file).size, (target, offset) =>
    readSync(file, target, 0, target.length, offset),
  );
  const { entries } = readSafetensors(source, { limit: 2 ** 40 });
  closeSync(file);
  return entries.length;
}

const bytes = readFileSync(path);
const header = new TextDecoder().decode(bytes.subarray(8, 8 + Number(bytes.readBigUInt64LE(0))));
console.log(JSON.stringify({ tensors: list(), list: timed(list), parse: timed(() => JSON.parse(header) as unknown) }));
