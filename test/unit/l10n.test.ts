import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

type Texts = Readonly<Record<string, string>>;

const read = (path: string): Texts => JSON.parse(readFileSync(path, 'utf8')) as Texts;
/** What a text leaves to be filled in, and its icons; a translation may have them in another order. */
const holes = (text: string): string[] => [...new Set(text.match(/\{\d+\}|\$\(\w+\)/g))].sort();

function sameHoles(texts: Texts, translated: Texts): void {
  assert.deepEqual(Object.keys(translated).sort(), Object.keys(texts).sort());
  for (const [key, text] of Object.entries(texts)) assert.deepEqual(holes(translated[key]), holes(text), key);
}

describe('translations', () => {
  const bundle = read('l10n/bundle.l10n.json');
  const manifest = read('package.nls.json');
  const languages = readdirSync('l10n').flatMap((name) => /^bundle\.l10n\.([\w-]+)\.json$/.exec(name)?.[1] ?? []);

  it('start from a bundle that has every text of the sources', function () {
    this.timeout(120_000);
    const { status, stderr } = spawnSync(process.execPath, ['scripts/l10n.mjs', '--check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  });

  it('have a text for every key that the manifest names', () => {
    const named = [...readFileSync('package.json', 'utf8').matchAll(/"%([\w.-]+)%"/g)].map(([, key]) => key);
    assert.deepEqual([...new Set(named)].sort(), Object.keys(manifest).sort());
  });

  it('exist in Simplified Chinese', () => assert.ok(languages.includes('zh-cn'), languages.join()));

  for (const language of languages) {
    it(`${language}: every text, each with its placeholders`, () =>
      sameHoles(bundle, read(`l10n/bundle.l10n.${language}.json`)));
    it(`${language}: every text of the manifest`, () => sameHoles(manifest, read(`package.nls.${language}.json`)));
  }

  it('zh-cn: speaks the field’s Chinese', () => {
    const chinese = read('l10n/bundle.l10n.zh-cn.json');
    const terms = {
      'Transposed convolution': '转置卷积',
      Stride: '步幅',
      Padding: '填充',
      'Output padding': '输出填充',
      Dilation: '膨胀率',
      Groups: '分组',
      'Receptive field': '感受野',
    };
    assert.deepEqual(Object.fromEntries(Object.keys(terms).map((term) => [term, chinese[term]])), terms);
  });
});
