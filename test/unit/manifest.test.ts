import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { AGENT_TOOLS, type AgentTool } from '../../src/language/agents/tools';

/** Keys that stand twice in one object, of which JSON's readers silently take the last: what a merge may leave. */
function twice(json: string): string[] {
  const found: string[] = [];
  const open: Set<string>[] = [];
  for (const [token, text, colon] of json.matchAll(/[{}]|("(?:[^"\\]|\\.)*")(\s*:)?/g)) {
    if (token === '{') open.push(new Set());
    else if (token === '}') open.pop();
    else if (colon) {
      const keys = open.at(-1);
      if (keys?.has(text)) found.push(text);
      keys?.add(text);
    }
  }
  return found;
}

describe('the manifest and its translations', () => {
  it('would be found to say something twice', () => {
    assert.deepEqual(twice('{"a": {"b": 1, "c": "b:"}, "d": [{"b": 2}], "a": {"b": 3, "b": "{"}}'), ['"a"', '"b"']);
  });

  for (const file of [
    'package.json',
    'package.nls.json',
    'package.nls.zh-cn.json',
    'l10n/bundle.l10n.json',
    'l10n/bundle.l10n.zh-cn.json',
  ])
    it(`say nothing twice in one place: ${file}`, () => {
      assert.deepEqual(twice(readFileSync(join(process.cwd(), file), 'utf8')), []);
    });
});

describe('the tools for language models in the manifest', () => {
  interface Contributed {
    readonly name: string;
    readonly modelDescription: string;
    readonly inputSchema: object;
  }
  const { contributes } = JSON.parse(readFileSync(join(process.cwd(), 'package.json'), 'utf8')) as {
    readonly contributes: { readonly languageModelTools: readonly Contributed[] };
  };
  const byName = new Map(contributes.languageModelTools.map((each) => [each.name, each]));
  const named = (name: string): string =>
    `transposedConv_${name.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}`;

  for (const [name, tool] of Object.entries<AgentTool>(AGENT_TOOLS))
    it(`say the same as the command: ${name}`, () => {
      const own = byName.get(named(name));
      assert.deepEqual(own?.inputSchema, tool.inputSchema);
      assert.equal(own?.modelDescription, tool.description);
    });
});
