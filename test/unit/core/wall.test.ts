import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';

/** The compiler lets `import 'vscode'` pass; a bundler that knows no platform and no externals does not. */
describe('the wall around core', () => {
  it('bundles every file of it for no platform at all', async () => {
    const root = join(process.cwd(), 'src/core');
    const files = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    assert.ok(files.length > 20);
    const { errors, outputFiles } = await build({
      entryPoints: files.map((name) => join(root, name)),
      outdir: join(process.cwd(), '.cache/wall'),
      bundle: true,
      write: false,
      platform: 'neutral',
      mainFields: ['module', 'main'],
      logLevel: 'silent',
    });
    assert.deepEqual(errors, []);
    for (const { path, text } of outputFiles) assert.doesNotMatch(text, /require\(["'](node:|vscode)/, path);
  });
});
