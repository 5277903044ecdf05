import { watch } from 'node:fs';
import { join } from 'node:path';
import type { EnvironmentNeeds } from '../../language/environments';
import type { Disposable } from '../../language/events';
import { pathOfUri, uriOfPath } from '../disk';
import type { ServedWorkspace } from './workspace';

/** An installation writes for some seconds; what is read is read again so many ms after its last change. */
const REST = 2_000;

export interface Chosen {
  /** Environments that were named, as paths. */
  packages(uri: string): readonly string[];
  readonly onDidChange: EnvironmentNeeds['onDidChange'];
}

/**
 * Where installed packages are looked for: where the command line, the editor or the team says, else in the environment
 * that is active where the server was started, else beside the project.
 */
export function servedEnvironments(files: ServedWorkspace, { packages, onDidChange }: Chosen): EnvironmentNeeds {
  const active = process.env.VIRTUAL_ENV ?? process.env.CONDA_PREFIX;
  return {
    files,
    folders: () => files.folders(),
    // Nothing is executed, and an editor that has no notion of trust has opened the folder.
    trusted: () => true,
    choice: (uri) => ({
      enabled: true,
      folders: packages(uri).map(uriOfPath),
      ...(active ? { interpreter: uriOfPath(join(active, 'bin', 'python')) } : {}),
    }),
    onDidChange,
    watch: watchFolder,
  };
}

/** Each installed distribution has a folder of its own beside the packages, which comes and goes with it. */
function watchFolder(uri: string, changed: () => void): Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    const watcher = watch(pathOfUri(uri), { persistent: false }, () => {
      clearTimeout(timer);
      timer = setTimeout(changed, REST);
    });
    watcher.on('error', () => watcher.close());
    return {
      dispose: () => {
        clearTimeout(timer);
        watcher.close();
      },
    };
  } catch {
    // A folder that cannot be watched is read all the same, and again when the server starts.
    return { dispose: () => undefined };
  }
}
