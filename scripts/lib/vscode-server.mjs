// A real VS Code from npm: the server that the package `code-server` carries, run without the wrapper around it.
import { createWriteStream } from 'node:fs';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { installOnce, npmOrThrow } from './install.mjs';
import { freePort, killTree, run, sleep, start } from './processes.mjs';
import { writeQuietSettings } from './profile.mjs';

/** Where the server and the Node that it wants are, once installed. */
export async function installServer() {
  const folder = await installOnce(
    'server',
    'Installing the VS Code server from npm (once; half a minute) …',
    async (draft) => {
      await npmOrThrow(['rebuild', 'node'], draft);
      const vscode = join(draft, vscodeFolder);
      for (const part of [vscode, join(vscode, 'extensions')])
        await npmOrThrow(['install', '--omit=dev', '--ignore-scripts'], part);
    },
  );
  return {
    node: join(folder, 'node_modules/node/bin', process.platform === 'win32' ? 'node.exe' : 'node'),
    main: join(folder, vscodeFolder, 'out/server-main.js'),
  };
}

const vscodeFolder = 'node_modules/code-server/lib/vscode';

/**
 * Starts a server on a free port, with data of its own, and waits until it answers.
 * Its log is long and mostly about native modules that it can do without, so it goes to a file and is shown only if the
 * start fails.
 * @param {{
 *   extensions?: string[], folders?: string[], dataFolder?: string, settings?: object, driver?: boolean
 * }} options
 *   `extensions`: .vsix files to install; `folders`: unpacked extensions to install; `dataFolder`: is kept when the
 *   server ends (without it, a temporary folder is used); `settings`: of a new profile; `driver`: obey the `payload` in
 *   the address, see `addressOf`
 */
export async function startServer({ extensions = [], folders = [], dataFolder, settings, driver = false } = {}) {
  const { node, main } = await installServer();
  const data = dataFolder ?? (await mkdtemp(join(tmpdir(), 'tci-server-')));
  await writeQuietSettings(join(data, 'data/User'), settings);
  const common = ['--accept-server-license-terms', '--server-data-dir', data, '--disable-telemetry'];

  // First: with the first extension that is installed, the server makes a list of those that are there.
  for (const folder of folders) await cp(folder, join(data, 'extensions', basename(folder)), { recursive: true });

  for (const extension of extensions) {
    const { ok, output } = await run(node, [main, ...common, '--install-extension', extension, '--force'], {
      timeoutMs: 120_000,
    });
    if (!ok) throw new Error(`${extension} could not be installed:\n${output}`);
  }

  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const logFile = join(data, 'server.log');
  const listen = ['--without-connection-token', '--host', '127.0.0.1', '--port', String(port)];
  // Its sockets would otherwise stay behind in the system's folder for temporary files.
  const env = dataFolder ? {} : { XDG_RUNTIME_DIR: data };
  const child = start(node, [main, ...common, ...listen, ...(driver ? ['--enable-smoke-test-driver'] : [])], { env });
  const log = createWriteStream(logFile);
  child.stdout.pipe(log);
  child.stderr.pipe(log);

  const ended = new Promise((resolve) => child.once('close', resolve));
  const server = {
    address,
    data,
    logFile,
    ended,
    async stop() {
      killTree(child);
      await ended;
      if (!dataFolder) await rm(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
    },
  };
  await untilItAnswers(child, server);
  return server;
}

async function untilItAnswers(child, server) {
  for (let attempt = 0; attempt < 300; attempt++) {
    if (child.exitCode !== null) break;
    const answer = await fetch(server.address, { signal: AbortSignal.timeout(5000) }).catch(() => undefined);
    if (answer?.ok) return;
    await sleep(200);
  }
  const log = await readFile(server.logFile, 'utf8').catch(() => '');
  await server.stop();
  throw new Error(`The VS Code server did not start. The end of its log:\n${log.split('\n').slice(-30).join('\n')}`);
}

/**
 * The address that opens a folder, and what else the page is told. The payload is honoured only by a server started
 * with `driver`.
 * @param {[string, string][]} payload
 */
export function addressOf(server, folder, payload = []) {
  const url = new URL(server.address);
  url.searchParams.set('folder', folder);
  if (payload.length > 0) url.searchParams.set('payload', JSON.stringify(payload));
  return url.href;
}

/** A local path as the workbench in the browser names it. */
export const remoteUri = (server, path) => `vscode-remote://${server.address.slice('http://'.length)}${path}`;
