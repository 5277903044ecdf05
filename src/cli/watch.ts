import { watch as watchFolder } from 'node:fs';
import { basename, join } from 'node:path';
import { beyondBaseline } from './baseline';
import { checkedOf, type CheckOptions, levelOf } from './check';
import { checkFile, type FileChecked } from './checkFile';
import { Failure } from './failure';
import { isPython, PROJECT_FILE } from './find';
import { asText } from './formats/text';
import { rankOf } from './settings';
import { isNotebook } from './sourceFile';
import { type Target, Targets } from './targets';
import type { Terminal } from './terminal';

/** Editors write a file in several steps: what has changed is read so many ms after the last of them. */
const REST = 150;

/** What of a project's files is read: the code, what configurations are written in, and its settings. */
const concerns = (path: string): boolean =>
  isPython(path) || isNotebook(path) || /\.(?:json|ya?ml)$/i.test(path) || basename(path) === PROJECT_FILE;

/** Checks files, and again what a change concerns, until it is told to end. @throws Failure */
export async function watch(
  options: CheckOptions,
  terminal: Terminal,
  version: string,
  ended: AbortSignal,
): Promise<void> {
  if (options.format !== 'text' || options.writeBaseline !== undefined)
    throw new Failure('--watch prints text, and writes no baseline.');
  const level = levelOf(options);
  const { folder } = terminal;
  const known = new Map<string, FileChecked>();
  let targets = new Targets(options, folder, true);

  const show = async (again: (target: Target) => boolean): Promise<void> => {
    const files = (await targets.find()).map((target) => {
      const before = known.get(target.path);
      const now = before && !again(target) ? before : checkFile(target, folder);
      known.set(target.path, now);
      return now;
    });
    const found = files.flatMap(({ problems }) => problems).filter((each) => rankOf(each.level) <= rankOf(level));
    const problems = options.baseline === undefined ? found : beyondBaseline(options.baseline, found);
    terminal.out(asText(checkedOf(files, problems, version), terminal));
  };
  const follow = async (changed: readonly string[]): Promise<void> => {
    if (changed.some((path) => basename(path) === PROJECT_FILE)) {
      targets = new Targets(options, folder, true);
      return show(() => true);
    }
    for (const project of targets.projects) project.changed(changed);
    return show(({ path }) => {
      const { dependencies = [] } = known.get(path) ?? {};
      return changed.some((each) => each === path || dependencies.includes(each));
    });
  };

  await show(() => true);
  const roots = targets.projects.map((project) => project.folder);
  terminal.error('Watching; Ctrl+C ends it.\n');
  await changesIn(roots, ended, follow, terminal);
}

/** Calls `follow` with what has changed below folders, one call after another, until it is told to end. */
function changesIn(
  folders: readonly string[],
  ended: AbortSignal,
  follow: (changed: readonly string[]) => Promise<void>,
  terminal: Terminal,
): Promise<void> {
  const changed = new Set<string>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = Promise.resolve();
  const later = (path: string): void => {
    if (!concerns(path)) return;
    changed.add(path);
    clearTimeout(timer);
    timer = setTimeout(() => {
      const paths = [...changed];
      changed.clear();
      turn = turn
        .then(() => follow(paths))
        // A path that is gone may come again: whoever watches is told, and goes on.
        .catch((error: unknown) => {
          if (!(error instanceof Failure)) throw error;
          terminal.error(`${error.message}\n`);
        });
    }, REST);
  };
  const watchers = folders.map((folder) =>
    watchFolder(folder, { recursive: true }, (_, name) => {
      if (name !== null) later(join(folder, name));
    }),
  );
  return new Promise((resolve) => {
    const end = (): void => {
      clearTimeout(timer);
      watchers.forEach((watcher) => watcher.close());
      void turn.then(resolve);
    };
    if (ended.aborted) end();
    else ended.addEventListener('abort', end, { once: true });
  });
}
