// What a user downloads: small, and nothing in it that does not run or is not read.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { unzipSync } from 'fflate';
import { before, describe, it } from 'mocha';

/** Grows with what there is: a dozen derivations, lessons in two languages, the scripts of both hosts, one in parts. */
const mostBytes = 1_700_000;

const allowed = [
  /^extension\/dist\/((web|parts)\/)?[\w.-]+\.(js|css|wasm)$/,
  /^extension\/dist\/THIRD_PARTY_NOTICES\.txt$/,
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
    const manifest = JSON.parse(text('extension/package.json')) as {
      main: string;
      browser: string;
      icon?: string;
      contributes: { walkthroughs: readonly { steps: readonly { media: { svg: string } }[] }[] };
    };
    const pictures = manifest.contributes.walkthroughs.flatMap(({ steps }) => steps.map(({ media }) => media.svg));
    const named = [manifest.main, manifest.browser, ...pictures, ...(manifest.icon ? [manifest.icon] : [])].map(
      (path) => `extension/${path.replace('./', '')}`,
    );
    assert.deepEqual(
      named.filter((name) => !(name in files)),
      [],
    );
  });

  it('has what the marketplace shows of it: a PNG of at least 128 pixels, and words to be found by', () => {
    const { icon, keywords } = JSON.parse(new TextDecoder().decode(files['extension/package.json'])) as {
      icon: string;
      keywords: readonly string[];
    };
    const header = new DataView(files[`extension/${icon}`].slice(0, 24).buffer);
    // Eight bytes of signature, then the chunk IHDR, which begins with the width and the height.
    assert.equal(header.getUint32(12), 0x49484452);
    assert.ok(header.getUint32(16) >= 128 && header.getUint32(20) >= 128);
    // The marketplace refuses more.
    assert.ok(keywords.length > 0 && keywords.length <= 30);
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

  it('carries the licence of everything in it that others wrote', () => {
    const text = new TextDecoder().decode(files['extension/dist/THIRD_PARTY_NOTICES.txt']);
    // A package that is new here ships new code: read its licence before you add its name.
    assert.deepEqual(
      [...text.matchAll(/^- (\S+) [\d.]+ \((\S+)\)$/gm)].map(([, name, licence]) => `${name} ${licence}`),
      [
        '@microsoft/fast-element MIT',
        '@microsoft/fast-foundation MIT',
        '@microsoft/fast-web-utilities MIT',
        '@vscode/webview-ui-toolkit MIT',
        'assemblyscript Apache-2.0',
        'd3-color ISC',
        'd3-interpolate ISC',
        'd3-scale-chromatic ISC',
        'exenv-es6 MIT',
        'fflate MIT',
        'gifenc MIT',
        'jpeg-js BSD-3-Clause',
        'js-yaml MIT',
        'smol-toml BSD-3-Clause',
        'tslib 0BSD',
        'tslib 0BSD',
      ],
    );
    for (const holder of ['Arjun Barrett', 'Mike Bostock', 'Eugene Ware', 'Daniel Wirtz', 'Microsoft'])
      assert.ok(text.includes(holder), `nothing is told of ${holder}`);
    assert.match(text, /Apache License\s+Version 2\.0/);
  });

  it('carries no source map and no path of the machine that built it', () => {
    const scripts = Object.entries(files).filter(([name]) => name.endsWith('.js'));
    const text = scripts.map(([, content]) => new TextDecoder().decode(content)).join('\n');
    assert.ok(scripts.length > 0);
    assert.doesNotMatch(text, /sourceMappingURL/);
    assert.ok(!text.includes(process.cwd()));
  });
});
