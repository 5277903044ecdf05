// npm start [-- --server --no-open]: builds, and opens VS Code with the extension on the sample workspace, the
// inspector on the photograph.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { check } from './lib/suites.mjs';
import { desktopExecutable, hasDisplay } from './lib/desktop.mjs';
import { downloads, root } from './lib/paths.mjs';
import { run, start } from './lib/processes.mjs';
import { writeQuietSettings } from './lib/profile.mjs';
import { addressOf, remoteUri, startServer } from './lib/vscode-server.mjs';
import { setup } from './setup.mjs';

const sample = join(root, 'sample');
/** Opens in the inspector, which is the editor of such files: no command and no setting is needed. */
const firstDocument = join(sample, 'start.tconv.json');

/** Without it a new profile opens the first document before it has heard of the extension, and shows its text. */
const settings = { 'workbench.editorAssociations': { '*.tconv.json': 'transposedConv.document' } };

const { values } = parseArgs({
  options: {
    server: { type: 'boolean', default: false },
    'no-open': { type: 'boolean', default: false },
  },
});

/** @returns {Promise<boolean>} false when there is no desktop VS Code to be had; why has been said */
async function openDesktop() {
  if (values.server) return false;
  if (!hasDisplay()) {
    console.log('There is no display, so VS Code runs as a server.');
    return false;
  }
  let executable;
  try {
    executable = await desktopExecutable();
  } catch (error) {
    console.log(`${error.message} VS Code runs as a server instead.`);
    return false;
  }
  // A profile of its own: nothing of the user's is touched, and the window is ours to wait for.
  const profile = join(downloads, 'desktop-profile');
  await writeQuietSettings(join(profile, 'data/User'), settings);
  const ownProfile = ['--user-data-dir', join(profile, 'data'), '--extensions-dir', join(profile, 'extensions')];
  const quiet = [
    '--skip-welcome',
    '--skip-release-notes',
    '--disable-workspace-trust',
    ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  ];
  const child = start(
    executable,
    [sample, firstDocument, `--extensionDevelopmentPath=${root}`, ...ownProfile, ...quiet, '--wait'],
    { stdio: 'ignore' },
  );
  console.log('VS Code is opening. Close its window, or press Ctrl+C here, to end.');
  await new Promise((resolve, reject) => child.once('exit', resolve).once('error', reject));
  return true;
}

async function openServer() {
  const server = await startServer({ dataFolder: join(downloads, 'server-profile'), settings, driver: true });
  const address = addressOf(server, sample, [
    ['extensionDevelopmentPath', remoteUri(server, root)],
    ['openFile', remoteUri(server, firstDocument)],
    ['skipWelcome', 'true'],
  ]);
  console.log(`\nVS Code is ready. Open this address in a browser:\n\n${address}\n\nCtrl+C ends it.`);
  if (!values['no-open'] && hasDisplay()) await showInBrowser(address);
  await server.ended;
  throw new Error(`The VS Code server ended by itself; its log is ${server.logFile}`);
}

/** Best effort: the address has been printed. */
async function showInBrowser(address) {
  const [command, ...args] = { darwin: ['open'], win32: ['rundll32', 'url.dll,FileProtocolHandler'] }[
    process.platform
  ] ?? ['xdg-open'];
  await run(command, [...args, address], { timeoutMs: 10_000 });
}

async function main() {
  await setup();
  const built = await check(['esbuild.mjs']);
  if (built.failed > 0) throw new Error(`The build failed:\n${built.output}`);
  if (!(await openDesktop())) await openServer();
}

await main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
