// Outputs in symbols, as programs: what NumPy and SymPy make of them is what PyTorch computes.
import assert from 'node:assert/strict';
import { copiedCases } from './copiedCases';
import { readGolden } from './goldens';
import { LIBRARIES, shownOfCase, type SymbolRow, symbolRows, WRITTEN } from './symbolCases';

interface Run extends SymbolRow {
  readonly values: readonly number[];
  readonly prints: boolean;
}
interface Output {
  readonly title: string;
  readonly shape: readonly number[];
  readonly values: readonly number[];
}

const { rows, outputs, header } = readGolden<{ rows: readonly Run[]; outputs: readonly Output[] }>('symbols');
const now = symbolRows();

for (const library of LIBRARIES) {
  describe(`symbols as a program of ${library}, run with ${JSON.stringify(header.packages)}`, () => {
    for (const each of copiedCases) {
      for (const what of WRITTEN) {
        const is = (row: SymbolRow): boolean =>
          row.title === each.title && row.library === library && row.what === what;
        const row = now.find(is);
        if (!row) continue;
        it(`make PyTorch’s values of the ${what} of ${each.title}`, () => {
          const run = rows.find(is);
          const output = outputs.find(({ title }) => title === each.title);
          assert.ok(run && output);
          assert.equal(row.text, run.text, 'the goldens are of other programs');
          assert.ok(run.prints);
          const { plan } = each;
          const { item, place } = shownOfCase(each);
          const plane = item.batch * plan.outputChannels + item.channel;
          const cell = place.reduce((flat, at, axis) => flat * plan.axes[axis].output + at, 0);
          const size = plan.outputChannels * plan.outputArea;
          const wanted = {
            cell: output.values.slice(plane * plan.outputArea + cell, plane * plan.outputArea + cell + 1),
            output: output.values.slice(plane * plan.outputArea, (plane + 1) * plan.outputArea),
            matrix: output.values.slice(item.batch * size, (item.batch + 1) * size),
          }[what];
          assert.ok(wanted.length > 0);
          assert.equal(run.values.length, wanted.length);
          const scale = Math.max(...output.values.map(Math.abs));
          const tolerance = each.input.dtype === 'float32' && library === 'numpy' ? 1e-5 : 1e-12;
          run.values.forEach((value, at) => assert.ok(Math.abs(value - wanted[at]) <= tolerance * scale, `${at}`));
        });
      }
    }
  });
}

it('are written of every document in some way, and none is too long alone', () => {
  for (const { title } of copiedCases)
    assert.ok(
      now.some((row) => row.title === title && row.what === 'cell'),
      title,
    );
  assert.ok(now.length >= 70, `${now.length} programs`);
});
