import type { WasmMemory } from './webassembly';

const PAGE = 65_536;
const ALIGNMENT = 64;
/** The compiler keeps the first bytes of memory for itself. */
const START = 4096;
/** 4 GiB less one page: beyond it an address no longer fits into 32 bits. */
const MAXIMUM_PAGES = 65_535;

interface Span {
  at: number;
  bytes: number;
}

/**
 * Thrown when wasm memory cannot hold what is asked; the caller has predicted the need, so this is the machine's
 * refusal.
 */
export class OutOfMemoryError extends Error {
  override readonly name = 'OutOfMemoryError';
}

/**
 * First-fit allocation in one shared WebAssembly memory, in units of a cache line. The lists are short (tables, packed
 * weights, a few buffers), so arrays do; the memory itself never shrinks, which is why the engine replaces it when it
 * has grown idle.
 */
export class Arena {
  private readonly holes: Span[] = [];
  private readonly taken = new Map<number, number>();
  private end = START;
  private held = 0;

  /** Each growth makes a new buffer object over the same bytes. */
  private readonly buffers = new WeakSet<ArrayBufferLike>();

  constructor(private readonly memory: WasmMemory) {}

  get buffer(): SharedArrayBuffer {
    const { buffer } = this.memory;
    this.buffers.add(buffer);
    return buffer;
  }

  /** Whether a buffer that was once got from here is (part of) this memory. */
  owns(buffer: ArrayBufferLike): boolean {
    return this.buffers.has(buffer);
  }

  /** Bytes that are handed out. */
  get used(): number {
    return this.held;
  }

  /** Bytes that the memory has grown to. */
  get size(): number {
    return this.memory.buffer.byteLength;
  }

  /** Address of `bytes` bytes of unknown content, aligned to a cache line. */
  allocate(bytes: number): number {
    const wanted = Math.max(ALIGNMENT, Math.ceil(bytes / ALIGNMENT) * ALIGNMENT);
    const at = this.place(wanted);
    this.taken.set(at, wanted);
    this.held += wanted;
    return at;
  }

  private place(wanted: number): number {
    const index = this.holes.findIndex((hole) => hole.bytes >= wanted);
    if (index < 0) return this.extend(wanted);
    const hole = this.holes[index];
    const { at } = hole;
    if (hole.bytes === wanted) this.holes.splice(index, 1);
    else {
      hole.at += wanted;
      hole.bytes -= wanted;
    }
    return at;
  }

  free(at: number): void {
    const bytes = this.taken.get(at);
    if (bytes === undefined) return;
    this.taken.delete(at);
    this.held -= bytes;
    let index = this.holes.findIndex((hole) => hole.at > at);
    if (index < 0) index = this.holes.length;
    this.holes.splice(index, 0, { at, bytes });
    this.merge(index);
    if (index > 0) this.merge(index - 1);
    const last = this.holes.at(-1);
    if (last && last.at + last.bytes === this.end) {
      this.end = last.at;
      this.holes.pop();
    }
  }

  private merge(index: number): void {
    const hole = this.holes[index];
    const next = this.holes[index + 1] as Span | undefined;
    if (!next || hole.at + hole.bytes !== next.at) return;
    hole.bytes += next.bytes;
    this.holes.splice(index + 1, 1);
  }

  private extend(bytes: number): number {
    const at = this.end;
    // A vector that begins within what is allocated may end behind it, and must not end behind the memory.
    const pages = Math.ceil((at + bytes + ALIGNMENT) / PAGE);
    const missing = pages - this.memory.buffer.byteLength / PAGE;
    if (pages > MAXIMUM_PAGES)
      throw new OutOfMemoryError(`The engine's memory ends at 4 GiB; ${at + bytes} bytes are needed.`);
    if (missing > 0) {
      try {
        this.memory.grow(missing);
      } catch (error) {
        throw new OutOfMemoryError(`The machine refuses ${missing * PAGE} more bytes.`, { cause: error });
      }
    }
    this.end = at + bytes;
    return at;
  }
}
