/** A file whose bytes the bundler puts into the script. */
declare module '*.wasm' {
  const bytes: Uint8Array<ArrayBuffer>;
  export { bytes as default };
}
