import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { traceOf } from '../../../src/protocol/trace';

function failing(stack: string, message: string): Error {
  return Object.assign(new Error(message), { stack });
}

describe('where an error arose', () => {
  it('is told by files without their folders, on every system', () => {
    const error = failing(
      [
        'RangeError: too far',
        '    at read (/home/ada lovelace/.vscode/extensions/x/dist/worker.js:1:20)',
        '    at async Object.load (C:\\Users\\Ada Lovelace\\dist\\worker.js:2:30)',
        '    at file:///home/ada/dist/reader.js:3:4',
        '    at new Promise (<anonymous>)',
      ].join('\n'),
      'too far',
    );
    assert.deepEqual(traceOf(error), ['read (worker.js:1:20)', 'Object.load (worker.js:2:30)', 'reader.js:3:4']);
  });

  it('says nothing of the message, even where that looks like a trace', () => {
    const message = 'cannot read\n    at secret (/home/ada/secret.py:1:2)\nof 7';
    const error = failing(`Error: ${message}\n    at parse (/x/dist/reader.js:5:6)`, message);
    assert.deepEqual(traceOf(error), ['parse (reader.js:5:6)']);
  });

  it('names the function that threw', () => {
    function thrower(): never {
      throw new TypeError('no');
    }
    assert.throws(thrower, (error: Error) => traceOf(error)[0].startsWith('thrower ('));
  });

  it('is not known of an error without a stack', () => {
    assert.deepEqual(traceOf(failing('', 'gone')), []);
  });
});
