/** In a browser nothing can start a server: its tests run in the other host. */
export function servedTests(): void {
  return undefined;
}
