const FRAME = /^\s*at (?:async )?(?:(.*?) \()?(.+):(\d+):(\d+)\)?$/;
const MOST_FRAMES = 8;

/**
 * Where an error arose, in our own files: `read (worker.js:1:20)`. Without its message, which may quote what was being
 * read, and without folders, which name their owner.
 */
export function traceOf({ stack = '', message }: Error): string[] {
  const behind = stack.slice(stack.indexOf(message) + message.length);
  return behind
    .split('\n')
    .flatMap((line) => {
      const [found, name, file, row, column] = FRAME.exec(line) ?? [];
      if (found === undefined) return [];
      const place = `${file.split(/[\\/]/).at(-1) ?? ''}:${row}:${column}`;
      return [name === undefined ? place : `${name} (${place})`];
    })
    .slice(0, MOST_FRAMES);
}
