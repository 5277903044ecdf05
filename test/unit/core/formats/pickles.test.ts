import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { zipSync } from 'fflate';
import { RARE_READERS } from '../../../../src/core/formats/rare';
import { memorySource } from '../../../../src/core/formats/source';
import { Cursor } from '../../../../src/core/formats/rare/cursor';
import { readPickle } from '../../../../src/core/formats/rare/pickleMachine';

const bytes = (text: string): Uint8Array => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const read = (text: string) => readPickle(new Cursor(memorySource(bytes(text))));

/** `os.system('touch x')`, as a checkpoint that means harm has it. */
const HARM = '\x80\x02cos\nsystem\nX\x07\0\0\0touch x\x85R.';

describe('pickles', () => {
  it('are described and not run: a call is a note of what would be called', () => {
    const { by, args } = read(HARM) as { readonly by: string; readonly args: readonly unknown[] };
    assert.deepEqual([by, args], ['os.system', ['touch x']]);
  });

  it('that would run something are refused by the name of that', () => {
    const options = { limit: 2 ** 20, name: 'x.pt' };
    assert.throws(() => RARE_READERS.torch(memorySource(bytes(HARM)), options), /This is no tensor: os\.system/);
    const archive = zipSync({ 'x/data.pkl': bytes(HARM) });
    assert.throws(() => RARE_READERS.torch(memorySource(archive), options), /This is no tensor: os\.system/);
  });

  const numbers: readonly (readonly [what: string, text: string, value: unknown])[] = [
    ['a negative number of one byte', '\x8a\x01\xff.', -1],
    ['a negative number of five bytes', '\x8a\x05\0\0\0\0\xff.', -(2 ** 32)],
    ['a number of ten bytes', '\x8a\x0a\x6c\xfc\x9c\x46\xf9\x20\x6a\xa8\x50\x19.', 0x1950a86a20f9469cfc6cn],
    ['no bytes at all, which is 0', '\x8a\0.', 0],
    ['a float', 'G\x3f\xf8\0\0\0\0\0\0.', 1.5],
    ['a boolean of protocol 0', 'I01\n.', true],
  ];
  for (const [what, text, value] of numbers) {
    it(`have ${what}`, () => {
      assert.equal(read(text), value);
    });
  }

  it('that refer to themselves without end are refused', () => {
    // A list that holds itself.
    const options = { limit: 2 ** 20, name: 'x.pkl' };
    assert.throws(() => RARE_READERS.torch(memorySource(bytes('\x80\x02]q\0h\0a.')), options), /refers to itself/);
    // Lists of two, thirty deep, each twice the one before: a billion.
    const doubled = `\x80\x02]q\0${Array.from({ length: 30 }, (_, at) => `](h${String.fromCharCode(at)}h${String.fromCharCode(at)}eq${String.fromCharCode(at + 1)}`).join('')}.`;
    assert.throws(() => RARE_READERS.torch(memorySource(bytes(doubled)), options), /too deep/);
  });
});
