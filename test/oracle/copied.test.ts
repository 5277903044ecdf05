// Code that is copied with the values on show, run by the frameworks: its `y` is the output that the inspector shows.
import assert from 'node:assert/strict';
import { gather } from '../../src/core/kernels/gather';
import { COPIED_LANGUAGES, copiedCases, copiedText } from './copiedCases';
import { readGolden } from './goldens';

interface Row {
  readonly title: string;
  readonly language: string;
  readonly text: string;
  /** Missing where the framework has no such operation, which the text says. */
  readonly shape: readonly number[] | null;
  readonly dtype?: string;
  readonly values?: readonly number[];
  readonly prints?: boolean;
}

const { rows, header } = readGolden<{ rows: readonly Row[] }>('copied');
const refused: Readonly<Partial<Record<string, readonly string[]>>> = {
  keras: ['a grouped transposed one', 'a strided, dilated convolution', 'a convolution that wraps, on unlike sides'],
};

for (const language of COPIED_LANGUAGES) {
  describe(`code copied for ${language}, run with ${JSON.stringify(header.packages)}`, () => {
    for (const each of copiedCases) {
      const row = rows.find(({ title, language: of }) => title === each.title && of === language);
      const { plan, input, weight, bias } = each;

      if (refused[language]?.includes(each.title)) {
        it(`says of ${each.title} that there is none`, () => {
          assert.equal(row?.shape, null);
          assert.match(copiedText(each, language), /^# Keras /);
        });
        continue;
      }

      it(`is what was run, and makes and prints the output of ${each.title}`, () => {
        assert.ok(row?.shape && row.values);
        assert.equal(copiedText(each, language), row.text);
        const own = gather(plan, input, weight, bias);
        // A batch of one stands for none in frameworks that must have one.
        assert.deepEqual(row.shape.slice(-plan.rank - 1), own.shape.slice(-plan.rank - 1));
        assert.equal(row.values.length, own.data.length);
        if (language !== 'keras') assert.equal(row.dtype, input.dtype);
        const scale = Math.max(...own.data.map(Math.abs));
        const tolerance = input.dtype === 'float32' || row.dtype === 'float32' ? 1e-5 : 1e-12;
        row.values.forEach((value, at) => assert.ok(Math.abs(value - own.data[at]) <= tolerance * scale, `${at}`));
        assert.equal(row.prints, true);
      });
    }
  });
}
