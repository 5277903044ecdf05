/** A file whose text the bundler puts into the script. */
declare module '*.py' {
  const text: string;
  export { text as default };
}
