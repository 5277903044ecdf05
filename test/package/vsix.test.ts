// What a user downloads: small, and nothing in it that does not run or is not read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { before, describe, it } from 'mocha';

const mostBytes = 1_000_000;

const allowed = [
  /^extension\/dist\/(web\/)?[\w.-]+\.(js|css|wasm)$/,
  /^extension\/media\/[\w./-]+\.(png|svg|md|gif|webp)$/,
  /^extension\/l10n\/bundle\.l10n(\.[\w-]+)?\.json$/,
  /^extension\/package(\.nls(\.[\w-]+)?)?\.json$/,
  /^extension\/(readme|changelog)\.md$/i,
  /^extension\/LICENSE(\.txt)?$/i,
  // Written by the packer itself.
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
];

describe('the packaged extension', () => {
  let bytes: Buffer;
  let files: Record<string, Uint8Array>;
  before(() => {
    bytes = readFileSync(process.env.TCI_VSIX ?? '.cache/transposed-conv-inspector.vsix');
    files = unzipSync(bytes);
  });

  it(`is smaller than ${mostBytes} bytes`, () => {
    assert.ok(bytes.length < mostBytes, `it has ${bytes.length} bytes`);
  });

  it('holds nothing but what runs or is read', () => {
    const others = Object.keys(files).filter(
      (name) => !name.endsWith('/') && !allowed.some((pattern) => pattern.test(name)),
    );
    assert.deepEqual(others, []);
  });

  it('holds every file that its manifest names', () => {
    const text = (name: string): string => new TextDecoder().decode(files[name]);
    const manifest = JSON.parse(text('extension/package.json')) as { main: string; browser: string; icon?: string };
    const named = [manifest.main, manifest.browser, ...(manifest.icon ? [manifest.icon] : [])].map(
      (path) => `extension/${path.replace('./', '')}`,
    );
    assert.deepEqual(
      named.filter((name) => !(name in files)),
      [],
    );
  });

  it('carries every translation, and the texts that they translate', () => {
    const wanted = [
      'l10n/bundle.l10n.json',
      'l10n/bundle.l10n.zh-cn.json',
      'package.nls.json',
      'package.nls.zh-cn.json',
    ];
    assert.deepEqual(
      wanted.filter((name) => !(`extension/${name}` in files)),
      [],
    );
    const manifest = JSON.parse(new TextDecoder().decode(files['extension/package.json'])) as { l10n?: string };
    assert.equal(manifest.l10n, './l10n');
  });

  it('carries no source map and no path of the machine that built it', () => {
    const scripts = Object.entries(files).filter(([name]) => name.endsWith('.js'));
    const text = scripts.map(([, content]) => new TextDecoder().decode(content)).join('\n');
    assert.ok(scripts.length > 0);
    assert.doesNotMatch(text, /sourceMappingURL/);
    assert.ok(!text.includes(process.cwd()));
  });
});
