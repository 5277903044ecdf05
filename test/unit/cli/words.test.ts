// In which language the server speaks: of the built command, spoken to as an editor does.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import {
  createProtocolConnection,
  type Hover,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { wordsFor } from '../../../src/cli/server/words';

const L10N = join(process.cwd(), 'l10n');
const chinese = JSON.parse(readFileSync(join(L10N, 'bundle.l10n.zh-cn.json'), 'utf8')) as Readonly<
  Record<string, string>
>;
const TEMPLATE = '{0} parameters';

describe('the language of a client', () => {
  for (const locale of ['zh-cn', 'zh-CN', 'zh_CN.UTF-8', 'zh-Hans', 'zh-Hans-CN', 'zh'])
    it(`is Chinese for ${locale}`, () => {
      assert.equal(wordsFor(locale, L10N).say(TEMPLATE, '8'), chinese[TEMPLATE].replace('{0}', '8'));
    });

  for (const locale of [undefined, 'en', 'C', 'de_DE.UTF-8', 'zh-TW', 'zh-Hant', '../zh-cn', ''])
    it(`is English for ${JSON.stringify(locale)}`, () => {
      assert.equal(wordsFor(locale, L10N).say(TEMPLATE, '8'), '8 parameters');
    });

  it('translates the words for parameters that stand in a text', () => {
    const { say } = wordsFor('zh-cn', L10N);
    assert.equal(say('{0}', 'stride'), chinese.stride);
    assert.equal(say('{0}', 'self.stride'), 'self.stride');
  });

  it('is that of the hover of the built server', async () => {
    const server = spawn(process.execPath, [join(process.cwd(), 'dist/cli/main.js'), 'server', '--stdio']);
    const client = createProtocolConnection(
      new StreamMessageReader(server.stdout),
      new StreamMessageWriter(server.stdin),
    );
    client.listen();
    try {
      const uri = 'file:///nowhere/net.py';
      await client.sendRequest('initialize', { processId: null, rootUri: null, capabilities: {}, locale: 'zh-cn' });
      await client.sendNotification('initialized', {});
      const text = readFileSync(join(process.cwd(), 'test/fixtures/editors/net.py'), 'utf8');
      const document = { uri, languageId: 'python', version: 1, text };
      await client.sendNotification('textDocument/didOpen', { textDocument: document });
      const line = text.split('\n').findIndex((each) => each.includes('self.up(x)'));
      const character = text.split('\n')[line].indexOf('self.up');
      const hover = await client.sendRequest<Hover>('textDocument/hover', {
        textDocument: { uri },
        position: { line, character },
      });
      const { value } = hover.contents as { readonly value: string };
      assert.ok(value.includes(chinese[TEMPLATE].replace('{0}', '8,208')), value);
    } finally {
      client.dispose();
      server.kill();
    }
  });
});
