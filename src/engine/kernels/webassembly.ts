/**
 * The part of WebAssembly that the engine uses. Declared here because neither ES2023 nor Node's types declare it and
 * the DOM library, which does, would let this room name `document`.
 */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  grow(pages: number): number;
}

declare const compiled: unique symbol;
/** A compiled module: it crosses to other threads, which need not compile it again. */
export interface WasmModule {
  readonly [compiled]: true;
}

interface WasmApi {
  validate(bytes: Uint8Array): boolean;
  readonly Module: new (bytes: Uint8Array) => WasmModule;
  readonly Instance: new (
    module: WasmModule,
    imports: { readonly env: { readonly memory: WasmMemory } },
  ) => { readonly exports: unknown };
  readonly Memory: new (limits: {
    readonly initial: number;
    readonly maximum: number;
    readonly shared: true;
  }) => WasmMemory;
}

/** Undefined where the host has none. */
export const wasmApi: WasmApi | undefined = (globalThis as { readonly WebAssembly?: WasmApi }).WebAssembly;
