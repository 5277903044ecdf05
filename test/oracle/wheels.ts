// Packages of the package index whose code is read: their wheels, of one hash each, taken apart.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';

const PINS = join('test', 'oracle', 'packages.txt');
const folder = join('.cache', 'packages');

/** Has the package index give the wheels, of these hashes and no others; nothing of them is installed. */
export function downloaded(): boolean {
  const wheels = join(folder, 'wheels');
  if (existsSync(wheels) && readdirSync(wheels).length === pins.length) return true;
  mkdirSync(wheels, { recursive: true });
  try {
    const asked = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--timeout', '20', '--retries', '0'];
    execFileSync('python3', ['-m', 'pip', 'download', '--quiet', ...asked, '-r', PINS, '-d', wheels], {
      stdio: 'ignore',
      timeout: 240_000,
    });
    return true;
  } catch {
    return false;
  }
}

export const pins = readFileSync(PINS, 'utf8')
  .split('\n')
  .flatMap((line) => /^\w+==[\d.]+/.exec(line)?.[0] ?? []);

/** The folder that holds the files of a package, taken out of its wheel. */
export function unpacked(pin: string): string {
  const [name, version] = pin.split('==');
  const root = join(folder, `${name}-${version}`);
  if (existsSync(root)) return root;
  const wheels = join(folder, 'wheels');
  const wheel = readdirSync(wheels).find((each) => each.startsWith(`${name}-${version}-`));
  assert.ok(wheel, `there is no wheel of ${pin}`);
  const files = unzipSync(readFileSync(join(wheels, wheel)), { filter: (file) => file.name.endsWith('.py') });
  for (const [path, bytes] of Object.entries(files)) {
    assert.ok(!path.split('/').includes('..'), path);
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), bytes);
  }
  return root;
}
