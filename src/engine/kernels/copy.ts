type Values = Float32Array | Float64Array | Uint32Array;

/** Below this the two views of bytes cost more than they save. */
const WORTH_VIEWS = 4096;

const bytesOf = ({ buffer, byteOffset, byteLength }: Values): Buffer => Buffer.from(buffer, byteOffset, byteLength);

/**
 * Whether the host has Node's `Buffer`, whose `fill` copies bytes at a memcpy's speed, three times as fast as `set` and
 * `slice` where shared memory takes part (docs/decisions/0010).
 */
const hasBuffer = typeof Buffer === 'function';

/** Copies values to an array of the same length, converting them where the types differ. The two must not overlap. */
export function copyValues(from: Values, to: Values): void {
  if (!hasBuffer || from.byteLength < WORTH_VIEWS || from.constructor !== to.constructor || from.length !== to.length)
    to.set(from);
  else bytesOf(to).fill(bytesOf(from));
}

/** The values in an array of their own that is not shared; it is not filled with zeros first. */
export function freshCopy(values: Float32Array): Float32Array<ArrayBuffer>;
export function freshCopy(values: Uint32Array): Uint32Array<ArrayBuffer>;
export function freshCopy(values: Float32Array | Float64Array): Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
export function freshCopy(values: Values): Values {
  if (!hasBuffer || values.byteLength < WORTH_VIEWS) return values.slice();
  const bytes = Buffer.allocUnsafeSlow(values.byteLength);
  bytes.fill(bytesOf(values));
  if (values instanceof Float32Array) return new Float32Array(bytes.buffer, bytes.byteOffset, values.length);
  if (values instanceof Float64Array) return new Float64Array(bytes.buffer, bytes.byteOffset, values.length);
  return new Uint32Array(bytes.buffer, bytes.byteOffset, values.length);
}
