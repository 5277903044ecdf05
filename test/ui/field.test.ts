// Through a chain of layers: typed in the page, with the field of what is pointed at and the sizes that come back.
import assert from 'node:assert/strict';
import { tensorOf } from '../../src/core/tensor/tensor';
import { onDocument } from './driver/onDocument';

describe('fields through a chain', () => {
  const on = onDocument();
  const numbers = async (): Promise<string> => on.inspector.frame.locator('.film-words .numbers').innerText();

  it('begin with the document, and follow what is typed: where a place is lost, and the cure at a click', async () => {
    const { frame } = on.inspector;
    const { page } = on.workbench;
    await frame.getByRole('tab', { name: 'Field' }).click();
    await frame.locator('.field .numbers', { hasText: '2 → 4' }).waitFor();
    const first = frame.locator('.stages .stage-line vscode-text-field input').first();
    await first.fill('conv k4 s2 p1 → conv k4 s2 p1 → conv k4 s4 → tconv k4 s4 → tconv k4 s4');
    await first.press('Enter');
    const size = frame.locator('.chain-editor > .stage-line vscode-text-field input').first();
    await size.fill('100');
    await size.press('Enter');
    await frame.locator('.field .numbers', { hasText: '100 → 50 → 25 → 6 → 24 → 96' }).waitFor();
    await on.workbench.screenshot('field-chain');
    await frame.getByRole('button', { name: 'pad the input to 112' }).click();
    await frame.locator('.field .sentence', { hasText: '112 go in and come back' }).waitFor();
    assert.match(await numbers(), /Multiples of 16 come back/);
    await page.keyboard.press('Tab');
  });

  it('say what is wrong with a stage beside it, and keep what was typed', async () => {
    const { frame } = on.inspector;
    const last = frame.locator('.stages .stage-line vscode-text-field input').last();
    await last.fill('tconv k4 q4');
    await last.press('Enter');
    await frame.locator('.chain-problem', { hasText: 'Stage 5: "q4" is no part of tconv' }).waitFor();
    assert.equal(await last.inputValue(), 'tconv k4 q4');
    await frame.getByRole('button', { name: 'Only this layer' }).click();
    await frame.locator('.field .numbers', { hasText: '2 → 4' }).waitFor();
  });

  it('draw the skip that does not go, and keep what was lost by changes of two stages', async () => {
    const { frame } = on.inspector;
    const lines = frame.locator('.stages .stage-line vscode-text-field input');
    await lines.first().fill('conv k4 s2 p1 → conv k4 s2 p1 → conv k4 s4 → tconv k4 s4 → cat 2 → tconv k4 s4');
    await lines.first().press('Enter');
    const size = frame.locator('.chain-editor > .stage-line vscode-text-field input').first();
    await size.fill('100');
    await size.press('Enter');
    await frame.locator('.field .sentence', { hasText: 'Stage 5 does not go' }).waitFor();
    await frame.locator('.field svg text', { hasText: 'the skip brings 25, this has 24' }).waitFor();
    await frame
      .locator('.cure .note', { hasText: '100 → 50 → 25 → 6 → 25 → 25 → 100: 1 not read by stage 3' })
      .waitFor();
    await on.workbench.screenshot('field-skip');
    await frame
      .getByRole('button', { name: 'stage 3: padding 2, stage 4: padding 2, stage 4: output padding 1' })
      .click();
    await frame.locator('.field .sentence', { hasText: '100 go in and come back' }).waitFor();
    assert.deepEqual(
      [await lines.nth(2).inputValue(), await lines.nth(3).inputValue()],
      ['conv k4 s4 p2', 'tconv k4 s4 p2 op1'],
    );
    await frame.getByRole('button', { name: 'Only this layer' }).click();
  });

  it('crop a skip that is larger at a click', async () => {
    const { frame } = on.inspector;
    const lines = frame.locator('.stages .stage-line vscode-text-field input');
    await lines.first().fill('maxpool k2 → maxpool k2 → tconv k2 s2 → cat 1');
    await lines.first().press('Enter');
    const size = frame.locator('.chain-editor > .stage-line vscode-text-field input').first();
    await size.fill('30');
    await size.press('Enter');
    await frame.getByRole('button', { name: 'stage 4: crop the skip by 0:1' }).click();
    await frame.locator('.field .numbers', { hasText: '30 → 15 → 7 → 14 → 14' }).waitFor();
    assert.equal(await lines.nth(3).inputValue(), 'cat 1 crop0:1');
    await frame.getByRole('button', { name: 'Only this layer' }).click();
  });

  it('say of a part that is about signals that it is, where the document is an image', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('radio', { name: 'Causal' }).click();
    await frame.locator('.film-nothing:visible', { hasText: 'Causal is about signals in time' }).waitFor();
    assert.equal(await frame.locator('.film .timeline').isVisible(), false);
  });
});

describe('a signal in time', () => {
  const on = onDocument({
    op: { kind: 'convTranspose', stride: [2], padding: [1], dilation: [1], outputPadding: [0], groups: 1 },
    input: tensorOf('float64', [1, 1, 9], [1, 2, 3, 1, 0, 2, 1, 1, 2]),
    weight: tensorOf('float64', [1, 1, 4], [1, 2, 3, 1]),
  });
  const numbers = (text: string): Promise<void> =>
    on.inspector.frame.locator('.numbers:visible', { hasText: text }).waitFor();

  it('has rates: why 16000 samples come back as 15992, and the padding that keeps them', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('tab', { name: 'Field' }).click();
    await frame.getByRole('radio', { name: 'Rates' }).click();
    const first = frame.locator('.stages .stage-line vscode-text-field input').first();
    await first.fill('conv k16 s8 p4 → tconv k16 s8 p8');
    await first.press('Enter');
    const size = frame.locator('.chain-editor > .stage-line vscode-text-field input').first();
    await size.fill('16000');
    await size.press('Enter');
    await frame.locator('.sentence:visible', { hasText: '15992 come out: 8 too few, 0.5 ms' }).waitFor();
    await numbers('2000·8 + 8 + 0 − 16 = 15992, not 16000');
    await frame.getByRole('button', { name: 'stage 2: padding 4' }).click();
    await frame.locator('.sentence:visible', { hasText: 'as many come out: 1000 ms' }).waitFor();
  });

  it('comes in chunks that are the whole, and the layer becomes causal at a click', async () => {
    const { frame } = on.inspector;
    await frame.getByRole('radio', { name: 'Causal' }).click();
    await numbers('(i − 1)·s + K = 20, trimmed to i·s = 18');
    await frame.locator('.film-canvas:visible').focus();
    await on.workbench.page.keyboard.press('End');
    await numbers('largest difference 0 over 18 outputs');
    await frame.getByRole('button', { name: 'Make this layer causal: p 0:2, op 0' }).click();
    await frame.locator('.cure-bar .note:visible', { hasText: 'causal as it is' }).waitFor();
    assert.equal(await on.inspector.field('padding').inputValue(), '0:2');
  });
});
