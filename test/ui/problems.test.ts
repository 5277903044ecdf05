import assert from 'node:assert/strict';
import { worked } from './driver/documents';
import { onDocument } from './driver/onDocument';

const unpadded = [
  [0, 2, 5, 3],
  [0, 3, 7, 3],
  [2, 4, 5, 3],
  [1, 3, 1, 3],
];

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
    await on.inspector.fieldReads('outputPadding', '0');
  });

  it('that is no number is said to be none, and changes nothing', async () => {
    await on.inspector.field('stride').fill('two');
    await on.inspector.problems('stride').first().waitFor();
    assert.deepEqual(await on.inspector.read('output'), unpadded);
    await on.inspector.field('stride').fill('1');
    await on.inspector.problems('stride').first().waitFor({ state: 'hidden' });
  });
});

describe('a document that is illegal when it is opened', () => {
  const on = onDocument({ ...worked, op: { ...worked.op, stride: [0, 0] } });

  it('shows its input and kernel, which can be edited, and its output once it is mended', async () => {
    await on.inspector.reads('input', [
      [2, 3],
      [1, 3],
    ]);
    await on.inspector.reads('weight', [
      [0, 1, 1],
      [0, 1, 0],
      [1, 0, 1],
    ]);
    await on.inspector.problems('stride').first().waitFor();
    await on.inspector.type('input', 0, 0, '5');
    await on.inspector.reads('input', [
      [5, 3],
      [1, 3],
    ]);
    await on.workbench.screenshot('opened-illegal');
    await on.inspector.field('stride').fill('1');
    // Only the top left input has changed, from 2 to 5: three times the kernel more.
    await on.inspector.reads('output', [
      [0, 5, 8, 3],
      [0, 6, 7, 3],
      [5, 4, 8, 3],
      [1, 3, 1, 3],
    ]);
  });
});
