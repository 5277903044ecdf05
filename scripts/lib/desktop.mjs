// A desktop VS Code: the one on this machine, or a downloaded one.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { downloads } from './paths.mjs';

const home = homedir();
const wellKnown = {
  linux: [
    '/usr/share/code/code',
    '/usr/lib/code/code',
    '/opt/visual-studio-code/code',
    '/snap/code/current/usr/share/code/code',
  ],
  darwin: ['/Applications', join(home, 'Applications')].map((folder) =>
    join(folder, 'Visual Studio Code.app/Contents/MacOS/Electron'),
  ),
  win32: [
    join(process.env.LOCALAPPDATA ?? home, 'Programs/Microsoft VS Code/Code.exe'),
    'C:\\Program Files\\Microsoft VS Code\\Code.exe',
  ],
};

/** Without a screen a desktop program cannot open. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns {string | undefined} the executable of an installed VS Code */
function installedDesktop() {
  const name = process.platform === 'win32' ? 'Code.exe' : 'code';
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name));
  return [...(wellKnown[process.platform] ?? []), ...onPath].find((path) => existsSync(path));
}

/**
 * An installed desktop VS Code, else a downloaded one, kept in .vscode-test.
 * @throws when the download fails, as on a closed network
 */
export async function desktopExecutable() {
  const installed = installedDesktop();
  if (installed) return installed;
  const { SilentReporter, downloadAndUnzipVSCode } = await import('@vscode/test-electron');
  try {
    return await downloadAndUnzipVSCode({ cachePath: downloads, reporter: new SilentReporter(), timeout: 20_000 });
  } catch (error) {
    throw new Error(`There is no desktop VS Code here, and none could be downloaded (${error.message}).`, {
      cause: error,
    });
  }
}
