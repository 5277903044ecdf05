import assert from 'node:assert/strict';
import { onDocument } from './driver/onDocument';

const unpadded = [[0, 2, 5, 3], [0, 3, 7, 3], [2, 4, 5, 3], [1, 3, 1, 3]];

describe('an illegal value', () => {
  const on = onDocument();

  it('stays in its field, is explained beside it in words and in those of PyTorch, and the last good output stays', async () => {
    await on.inspector.reads('output', unpadded);
    await on.inspector.field('outputPadding').fill('2');
    await on.inspector.problems('outputPadding').first().waitFor();
    const words = await on.inspector.problems('outputPadding').allTextContents();
    assert.match(words.join(' '), /output padding must be smaller than either stride or dilation/);
    assert.equal(await on.inspector.field('outputPadding').inputValue(), '2');
    assert.deepEqual(await on.inspector.read('output'), unpadded);
    await on.workbench.screenshot('illegal');
  });

  it('is mended by one click', async () => {
    await on.inspector.field('outputPadding').fill('2');
    await on.inspector.problems('outputPadding').locator('vscode-button').first().click();
    await on.inspector.problems('outputPadding').first().waitFor({ state: 'hidden' });
    await on.inspector.reads('output', unpadded);
    assert.equal(await on.inspector.field('outputPadding').inputValue(), '0');
  });

  it('that is no number is said to be none, and changes nothing', async () => {
    await on.inspector.field('stride').fill('two');
    await on.inspector.problems('stride').first().waitFor();
    assert.deepEqual(await on.inspector.read('output'), unpadded);
    await on.inspector.field('stride').fill('1');
    await on.inspector.problems('stride').first().waitFor({ state: 'hidden' });
  });
});
