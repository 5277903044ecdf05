// npm run bench:check -- --python PYTHON --pyrefly FILE [--count N --rounds N]: what `check` over many files takes
// beside pyrefly's `check` of the same, in turns: seconds from start to end and the most memory that a process had.
// PYTHON has PyTorch and packages of models, whose files are copied; pyrefly is not among what this project installs.
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { parseArgs } from 'node:util';
import { root } from './lib/paths.mjs';
import { run } from './lib/processes.mjs';

const PACKAGES = ['diffusers', 'timm', 'monai', 'segmentation_models_pytorch', 'torchvision'];

const { values } = parseArgs({
  options: {
    python: { type: 'string' },
    pyrefly: { type: 'string' },
    count: { type: 'string', default: '500' },
    rounds: { type: 'string', default: '3' },
  },
});
if (!values.python || !values.pyrefly) throw new Error('--python and --pyrefly say what it is measured with.');

const { output } = await run(values.python, ['-c', 'import sysconfig; print(sysconfig.get_paths()["purelib"])'], {
  timeoutMs: 20_000,
});
const packages = output.trim();

/** Files that make or apply a convolution, the first so many by their paths, from all packages in turns. */
function chosen(count) {
  const lists = PACKAGES.map((name) => {
    const folder = join(packages, name);
    let names = [];
    try {
      names = readdirSync(folder, { recursive: true }).map(String);
    } catch {
      // Whoever measures may have installed fewer.
    }
    return names
      .filter((each) => each.endsWith('.py'))
      .sort()
      .map((each) => join(folder, each))
      .filter((each) => /\bConv(?:Transpose)?\dd\b|\bF\.conv/.test(readFileSync(each, 'utf8')));
  });
  const found = [];
  for (let turn = 0; found.length < count && lists.some((list) => turn < list.length); turn++)
    for (const list of lists) if (turn < list.length && found.length < count) found.push(list[turn]);
  return found;
}

/** The most memory that a process has had so far, in MB; Linux tells it. */
function peakOf(pid) {
  try {
    return Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

function measured(command, args, cwd) {
  return new Promise((resolve) => {
    const begin = performance.now();
    const child = spawn(command, args, { cwd });
    let [text, peak] = ['', 0];
    child.stdout.on('data', (data) => (text += data));
    child.stderr.on('data', (data) => (text += data));
    const timer = setInterval(() => (peak = Math.max(peak, peakOf(child.pid))), 20);
    child.on('close', () => {
      clearInterval(timer);
      resolve({ seconds: (performance.now() - begin) / 1000, peak, text });
    });
  });
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const files = chosen(Number(values.count));
const folder = mkdtempSync(join(tmpdir(), 'bench-check-'));
try {
  for (const file of files) {
    const target = join(folder, relative(packages, file));
    mkdirSync(dirname(target), { recursive: true });
    cpSync(file, target);
  }
  writeFileSync(join(folder, 'pyproject.toml'), '[project]\nname = "bench"\nversion = "0"\n');
  const environment = join(dirname(values.python), '..');
  const contestants = {
    ours: [process.execPath, [join(root, 'dist/cli/main.js'), 'check', '.', '--packages', environment]],
    pyrefly: [values.pyrefly, ['check', '--python-interpreter-path', values.python, '.']],
  };
  const runs = { ours: [], pyrefly: [] };
  // The first turn warms the cache of files, and is not counted.
  for (let round = 0; round <= Number(values.rounds); round++)
    for (const [name, [command, args]] of Object.entries(contestants)) {
      const ran = await measured(command, args, folder);
      if (round > 0) runs[name].push(ran);
    }
  for (const [name, all] of Object.entries(runs)) {
    const last = all[0].text
      .trim()
      .split('\n')
      .findLast((line) => /\d+ (?:errors?|problems?)|No problems/.test(line));
    const [seconds, peak] = ['seconds', 'peak'].map((key) => median(all.map((each) => each[key])));
    console.log(`${name.padEnd(8)} ${seconds.toFixed(2)} s  ${peak.toFixed(0)} MB   ${last}`);
  }
  const ratio = (key) => median(runs.ours.map((each) => each[key])) / median(runs.pyrefly.map((each) => each[key]));
  console.log(
    `${files.length} files: ${ratio('seconds').toFixed(2)}× the time (goal 0.5), ${ratio('peak').toFixed(2)}× the memory (goal 1.0)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
