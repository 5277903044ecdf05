import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { python } from '../../python';
import { follow, InlineReader, ROOT } from './support';

const LAYER =
  'import json, os, yaml\nfrom pathlib import Path\nimport torch.nn as nn\nfrom omegaconf import OmegaConf\n';

/** What the first layer of `net.py` is made with, when it says so by `h`, and how often the text was read. */
async function widthBy(code: string, files: Readonly<Record<string, string>>, path = 'net.py'): Promise<unknown> {
  const text = `${LAYER}${code}\nnn.Conv2d(h["width"], 3, 4)\n`;
  const { analysis } = await follow({ ...files, [path]: text }, path);
  return analysis.reports[0]?.parameters.in_channels;
}

const JSON_FILE = { 'config.json': '{"width": 24}' };
const YAML_FILE = { 'conf/net.yaml': 'width: 40\n' };

describe('files of data beside a program', () => {
  const READINGS: readonly (readonly [code: string, files: Readonly<Record<string, string>>, width: number])[] = [
    ["h = json.load(open('config.json'))", JSON_FILE, 24],
    ["with open('config.json') as f:\n    h = json.load(f)", JSON_FILE, 24],
    ["with open('config.json', 'r', encoding='utf8') as f:\n    h = json.loads(f.read())", JSON_FILE, 24],
    ["h = json.loads(Path('config.json').read_text())", JSON_FILE, 24],
    ["h = json.loads((Path(__file__).parent / 'config.json').read_text())", JSON_FILE, 24],
    ["h = json.load(open(os.path.join(os.path.dirname(__file__), 'config.json')))", JSON_FILE, 24],
    ["with Path(__file__).with_name('config.json').open() as f:\n    h = json.load(f)", JSON_FILE, 24],
    ["h = yaml.safe_load(open('conf/net.yaml'))", YAML_FILE, 40],
    ["with open('./conf/net.yaml') as f:\n    h = yaml.load(f, Loader=yaml.FullLoader)", YAML_FILE, 40],
    ["h = OmegaConf.load('conf/../conf/net.yaml')", YAML_FILE, 40],
  ];
  for (const [code, files, width] of READINGS)
    it(`are read for what they hold: ${code.replaceAll('\n', '⏎')}`, async () => {
      assert.equal(await widthBy(code, files), width);
    });

  it('are sought from the folder of the program and from that of the workspace', async () => {
    const code = "h = json.load(open('config.json'))";
    assert.equal(await widthBy(code, { 'a/config.json': '{"width": 5}' }, 'a/net.py'), 5);
    assert.equal(await widthBy(code, { 'config.json': '{"width": 6}' }, 'a/net.py'), 6);
  });

  const UNKNOWN: readonly (readonly [why: string, code: string, files: Readonly<Record<string, string>>])[] = [
    ['are not there', "h = json.load(open('config.json'))", {}],
    ['are not whole', "h = json.load(open('config.json'))", { 'config.json': '{"width": 24' }],
    [
      'are written by the program itself',
      python`
        def save(h):
            with open('config.json', 'w') as f:
                json.dump(h, f)
        h = json.load(open('config.json'))
      `,
      JSON_FILE,
    ],
    ['are above the project', "h = json.load(open('../config.json'))", JSON_FILE],
    ['are no configurations', "h = json.load(open('config.bin'))", { 'config.bin': '{"width": 24}' }],
  ];
  for (const [why, code, files] of UNKNOWN)
    it(`tell nothing where they ${why}`, async () => {
      assert.equal(typeof (await widthBy(code, files)), 'object');
    });

  it('tell nothing where it may be one of two that differ', async () => {
    const files = { 'config.json': '{"width": 6}', 'a/config.json': '{"width": 5}' };
    assert.equal(typeof (await widthBy("h = json.load(open('config.json'))", files, 'a/net.py')), 'object');
  });

  it('are read again when they change, though the program has not', async () => {
    const text = `${LAYER}\ndef make():\n    h = json.load(open('config.json'))\n    return nn.Conv2d(h['width'], 3, 4)\n`;
    const reader = new InlineReader();
    const first = await follow({ 'net.py': text, ...JSON_FILE }, 'net.py', reader);
    assert.equal(first.analysis.reports[0].parameters.in_channels, 24);
    assert.deepEqual(
      first.analysis.dependencies.map(({ path }) => path),
      [`${ROOT}/config.json`],
    );
    await reader.know([{ path: `${ROOT}/config.json`, text: '{"width": 48}' }]);
    const again = await follow({ 'net.py': text, 'config.json': '{"width": 48}' }, 'net.py', reader);
    assert.equal(again.analysis.reports[0].parameters.in_channels, 48);
  });

  it('keep the difference of 2 and 2.0, of which PyTorch refuses the one', async () => {
    const code = "h = json.load(open('config.json'))\nnn.Conv2d(3, 4, 3, padding=h['pad'])";
    const { analysis } = await follow({ 'net.py': `${LAYER}${code}\n`, 'config.json': '{"pad": 2.0}' }, 'net.py');
    assert.deepEqual(
      analysis.reports[0].problems.map(({ code: each }) => each),
      ['not-whole'],
    );
  });
});
