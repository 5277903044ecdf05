// Inputs, weights and outputs pass between the processes as raw files of values.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

export const DATA = join('.cache', 'bench', 'data');

export function writeValues(name: string, values: Float32Array | Float64Array): void {
  mkdirSync(DATA, { recursive: true });
  writeFileSync(join(DATA, name), new Uint8Array(values.buffer, values.byteOffset, values.byteLength));
}

export function readFloat32(name: string): Float32Array {
  const bytes = readFileSync(join(DATA, name));
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
}
