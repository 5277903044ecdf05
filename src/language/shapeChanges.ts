import type { LineShape } from '../python';
import { shapesOf } from '../python/whyText';

/** What each line of a file leaves, by its function, its name and how many of that name stand above it there. */
type Known = ReadonlyMap<string, string>;

function textsOf(lines: readonly LineShape[]): ReadonlyMap<LineShape, readonly [key: string, text: string]> {
  const counts = new Map<string, number>();
  return new Map(
    lines.map((line) => {
      const name = `${line.within}\n${line.name}`;
      const count = counts.get(name) ?? 0;
      counts.set(name, count + 1);
      return [line, [`${name}\n${count}`, shapesOf(line)]] as const;
    }),
  );
}

/** Remembers the shapes of files as they were when they were saved, so that an edit shows what becomes of them. */
export class ShapeChanges {
  private readonly saved = new Map<string, Known>();

  /**
   * Takes what the lines of a file leave now; what those left before that are not the same. `edited`: the file is not
   * saved like this. One that was never seen saved is held against what it was when it was seen first.
   */
  of(path: string, lines: readonly LineShape[], edited: boolean): ReadonlyMap<LineShape, string> {
    const texts = textsOf(lines);
    const before = edited ? this.saved.get(path) : undefined;
    if (!before) {
      this.saved.set(path, new Map(texts.values()));
      return new Map();
    }
    return new Map(
      [...texts].flatMap(([line, [key, text]]) => {
        const was = before.get(key);
        return was === undefined || was === text ? [] : [[line, was] as const];
      }),
    );
  }

  forget(path: string): void {
    this.saved.delete(path);
  }
}
