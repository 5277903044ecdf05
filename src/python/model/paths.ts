/** `os.path.join('a', 'b')`, `Path('a', 'b')`; a part that begins at the root makes those before it void. */
export function joinPath(parts: readonly string[]): string {
  return parts.reduce(
    (path, part) => (part.startsWith('/') || path === '' ? part : `${path.replace(/\/$/, '')}/${part}`),
    '',
  );
}

export const parentOf = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf('/')));
