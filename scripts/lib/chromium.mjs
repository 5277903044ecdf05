// A Chromium to drive: the one named by CHROME_PATH, the system's own, or one from npm.
import { access, constants, mkdir, readdir, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { installOnce } from './install.mjs';
import { run } from './processes.mjs';
import { installServer } from './vscode-server.mjs';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome',
  'google-chrome-stable',
  'chrome',
  'microsoft-edge',
  'msedge',
];
const wellKnown = {
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
};

/**
 * Arguments for a browser that belongs to a test: no background traffic, no questions, no GPU of which pictures could
 * depend.
 */
const args = [
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * What Playwright needs to launch it.
 * @returns {Promise<{ executablePath: string, args: string[], env: Record<string, string> }>}
 * @throws when there is no browser and none can be had
 */
export async function chromiumOptions() {
  const { executablePath, env } = await findChromium();
  return { executablePath, args, env: { ...process.env, ...env } };
}

/**
 * @returns {Promise<{ executablePath: string, env: Record<string, string> }>} env: to be added to the browser's
 * environment
 */
async function findChromium() {
  const named = process.env.CHROME_PATH;
  if (named) {
    if (await isExecutable(named)) return { executablePath: named, env: {} };
    throw new Error(`CHROME_PATH names ${named}, which cannot be executed.`);
  }
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = [
    ...names.flatMap((name) => folders.map((folder) => join(folder, name + suffix))),
    ...(wellKnown[process.platform] ?? []),
  ];
  for (const executablePath of candidates) {
    if (await isExecutable(executablePath)) return { executablePath, env: {} };
  }
  if (process.platform === 'linux' && process.arch === 'x64') return await chromiumFromNpm();
  throw new Error('No Chromium, Chrome or Edge was found. Install one, or name it in CHROME_PATH.');
}

async function isExecutable(path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * The package unpacks itself into TMPDIR. Told that it runs in a bare container, it also unpacks the shared libraries
 * of which a machine without a desktop has none.
 */
async function chromiumFromNpm() {
  const folder = await installOnce('browser', 'No Chromium was found; installing one from npm (once) …');
  const unpacked = join(folder, 'unpacked');
  const executablePath = join(unpacked, 'chromium');
  if (!(await isExecutable(executablePath))) {
    await mkdir(unpacked, { recursive: true });
    const { node } = await installServer();
    const script = "import('@sparticuz/chromium').then(({ default: chromium }) => chromium.executablePath())";
    const env = { TMPDIR: unpacked, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' };
    const { ok, output } = await run(node, ['--eval', script], { cwd: folder, env, timeoutMs: 180_000 });
    if (!ok) throw new Error(`The Chromium from npm could not be unpacked:\n${output}`);
  }
  return { executablePath, env: await bareMachine(unpacked, executablePath) };
}

/**
 * The libraries and fonts that it brought are used only where the machine has none: mixing them with the system's is
 * asking for trouble.
 */
async function bareMachine(unpacked, executablePath) {
  const env = {};
  if (!(await run(executablePath, ['--version'], { timeoutMs: 30_000 })).ok)
    env.LD_LIBRARY_PATH = join(unpacked, 'al2023', 'lib');
  const fonts = await readdir('/usr/share/fonts').catch(() => []);
  if (fonts.length === 0) env.FONTCONFIG_FILE = await fontConfiguration(unpacked);
  const { ok, output } = await run(executablePath, ['--version'], { env, timeoutMs: 30_000 });
  if (!ok) throw new Error(`The Chromium from npm does not run on this machine:\n${output}`);
  return env;
}

/** The configuration that the package brings looks for its fonts in /tmp only. */
async function fontConfiguration(unpacked) {
  const file = join(unpacked, 'fonts.conf');
  const directories = `<dir>${join(unpacked, 'fonts')}</dir><cachedir>${join(unpacked, 'fonts-cache')}</cachedir>`;
  await writeFile(
    file,
    `<?xml version="1.0"?>\n<!DOCTYPE fontconfig SYSTEM "fonts.dtd">\n<fontconfig>${directories}</fontconfig>\n`,
  );
  return file;
}
