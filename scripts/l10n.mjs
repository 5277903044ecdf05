// npm run l10n: writes l10n/bundle.l10n.json anew from the sources. `--check` only says whether it would change.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { collectTexts } from './lib/l10n.mjs';
import { root } from './lib/paths.mjs';

const file = join(root, 'l10n/bundle.l10n.json');
const text = `${JSON.stringify(await collectTexts(), null, 2)}\n`;
if (process.argv.includes('--check')) {
  const stale = text !== (await readFile(file, 'utf8').catch(() => ''));
  if (stale)
    console.error('l10n/bundle.l10n.json is not what the sources say: run npm run l10n, then translate what is new.');
  process.exit(stale ? 1 : 0);
}
await mkdir(join(root, 'l10n'), { recursive: true });
await writeFile(file, text);
