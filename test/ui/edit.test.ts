// What a person does to the references' example, step by step, and PyTorch's numbers after each step, read from the page.
import { readFileSync } from 'node:fs';
import { onDocument } from './driver/onDocument';

const { steps } = JSON.parse(readFileSync('test/fixtures/ui/steps.json', 'utf8')) as { steps: { did: string; rows: number[][] }[] };

describe('editing a document', () => {
  const on = onDocument();

  const actions: Record<string, () => Promise<void>> = {
    'open the document': () => on.inspector.reads('input', [[2, 3], [1, 3]]),
    'type 5 into input[0,0]': () => on.inspector.type('input', 0, 0, '5'),
    'stride 2': () => on.inspector.field('stride').fill('2'),
    'padding 1': () => on.inspector.field('padding').fill('1'),
    'output padding 1': () => on.inspector.field('outputPadding').fill('1'),
    'type -2.5 into kernel[1,1]': () => on.inspector.type('weight', 1, 1, '-2.5'),
  };

  for (const { did, rows } of steps) {
    it(`${did}: the page shows PyTorch's output`, async () => {
      await actions[did]();
      await on.inspector.reads('output', rows);
    });
  }

  it('Ctrl+Z takes the steps back, one by one, to where it began', async () => {
    await on.inspector.grid('output').focus();
    for (const { rows } of steps.slice(0, -1).reverse()) {
      await on.workbench.page.keyboard.press('Control+Z');
      await on.inspector.reads('output', rows);
    }
  });

  it('Ctrl+Shift+Z does them again', async () => {
    for (const { rows } of steps.slice(1)) {
      await on.workbench.page.keyboard.press('Control+Shift+Z');
      await on.inspector.reads('output', rows);
    }
  });
});
