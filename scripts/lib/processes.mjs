// Child processes that never outlive us: each leads a process group of its own, and the group is ended on time-out, on
// Ctrl+C and at exit.
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';

const windows = process.platform === 'win32';
const living = new Set();

/** Ends a process and everything that it started. */
export function killTree(child) {
  if (!child.pid || !living.delete(child)) return;
  try {
    if (windows) spawn('taskkill', ['/pid', String(child.pid), '/T', '/F'], { stdio: 'ignore' });
    else process.kill(-child.pid, 'SIGKILL');
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

process.on('exit', () => living.forEach(killTree));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => process.exit(signal === 'SIGINT' ? 130 : 143));
}

/** Starts a process without a terminal. The caller ends it with `killTree`. */
export function start(command, args, { cwd, env, stdio = ['ignore', 'pipe', 'pipe'], shell = false } = {}) {
  const child = spawn(command, args, { cwd, env: { ...process.env, ...env }, stdio, shell, detached: !windows });
  living.add(child);
  // The group may hold children that outlive their leader, so it is ended as well when the leader has gone.
  child.once('exit', () => killTree(child));
  return child;
}

/**
 * Runs a command to its end. Resolves, never rejects, with what it printed and whether it succeeded.
 * @returns {Promise<{ ok: boolean, output: string }>}
 */
export function run(command, args, { timeoutMs = 300_000, onOutput = () => {}, ...options } = {}) {
  return new Promise((resolve) => {
    let output = '';
    const add = (text) => {
      output += text;
      onOutput(text);
    };
    const child = start(command, args, options);
    child.stdout.setEncoding('utf8').on('data', add);
    child.stderr.setEncoding('utf8').on('data', add);
    const timer = setTimeout(() => {
      add(`\n${command} was ended: it took longer than ${timeoutMs / 1000} s.\n`);
      killTree(child);
    }, timeoutMs);
    const finish = (ok) => {
      clearTimeout(timer);
      resolve({ ok, output });
    };
    child.once('error', (error) => {
      add(`${command} could not be started: ${error.message}\n`);
      finish(false);
    });
    child.once('close', (code) => finish(code === 0));
  });
}

/** Runs npm, without audits and other talk. */
export const npm = (args, options) =>
  run('npm', [...args, '--no-audit', '--no-fund', '--no-update-notifier', '--loglevel=error'], {
    shell: windows,
    timeoutMs: 900_000,
    ...options,
  });

/** A port of 127.0.0.1 on which nothing listens. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

export const sleep = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));
