// A desktop VS Code: the one on this machine, or a downloaded one.
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, join } from 'node:path';
import { downloads } from './paths.mjs';

const wellKnown = {
  linux: ['/usr/share/code/code', '/usr/lib/code/code', '/opt/visual-studio-code/code', '/snap/code/current/usr/share/code/code'],
  darwin: [
    '/Applications/Visual Studio Code.app/Contents/MacOS/Electron',
    join(homedir(), 'Applications/Visual Studio Code.app/Contents/MacOS/Electron'),
  ],
  win32: [join(process.env.LOCALAPPDATA ?? '', 'Programs/Microsoft VS Code/Code.exe'), 'C:\\Program Files\\Microsoft VS Code\\Code.exe'],
};

/** Without a screen a desktop program cannot open; over SSH, `code` would be the remote end of another window. */
export function hasDisplay() {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY);
}

/** @returns {string | undefined} the executable of an installed VS Code */
export function installedDesktop() {
  const onPath = (process.env.PATH ?? '').split(delimiter).filter(Boolean).map((folder) => join(folder, process.platform === 'win32' ? 'Code.exe' : 'code'));
  return [...(wellKnown[process.platform] ?? []), ...onPath].find((path) => existsSync(path));
}

/**
 * An installed desktop VS Code, else a downloaded one, kept in .vscode-test.
 * @throws when the download fails, as on a closed network
 */
export async function desktopExecutable() {
  const installed = installedDesktop();
  if (installed) return installed;
  const { downloadAndUnzipVSCode, SilentReporter } = await import('@vscode/test-electron');
  return await downloadAndUnzipVSCode({ cachePath: downloads, reporter: new SilentReporter(), timeout: 20_000 });
}
