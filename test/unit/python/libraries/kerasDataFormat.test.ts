import assert from 'node:assert/strict';
import type { ModuleAnalysis, ModuleSource } from '../../../../src/python/report';
import { analyze, usesOf } from '../analysis/read';
import { errorsByLine, usesByLine } from './programs';

describe("Keras' data format as a setting of the process", () => {
  const layer = 'x = keras.layers.Conv2D(4, 3)(keras.Input((3, 20, 30)))\n';
  const set = "keras.config.set_image_data_format('channels_first')\n";

  const unknown: readonly (readonly [title: string, text: string])[] = [
    ['under a condition that is not known', `import keras, os\nif os.path.exists('x'):\n    ${set}${layer}`],
    [
      'from a value that is not known',
      `import keras, os\nkeras.config.set_image_data_format(os.environ['F'])\n${layer}`,
    ],
    ['by a function that nobody calls', `import keras\ndef main():\n    ${set}def build():\n    ${layer}`],
  ];
  for (const [title, text] of unknown)
    it(`is unknown when it is set ${title}`, () => {
      assert.deepEqual(usesByLine(text), []);
      assert.deepEqual(errorsByLine(text), []);
    });

  const first = ['N 3 20 30 -> N 4 18 28'];
  const last = ['N 3 20 30 -> N 1 18 4'];
  const shapes = (text: string, previous?: ModuleAnalysis): readonly [ModuleAnalysis, string[]] => {
    const analysis = analyze(text, { previous });
    return [analysis, usesOf(analysis, text, 'Conv2D')];
  };

  it('is read again when the statement that sets it comes, goes and is kept', () => {
    const build = `def build():\n    ${layer}    return x\n`;
    for (const use of [layer, build]) {
      const [without, before] = shapes(`import keras\n${use}`);
      const [once, set1] = shapes(`import keras\n${set}${use}`, without);
      const [twice, set2] = shapes(`import keras\n${set}${use}# and on\n`, once);
      const [, after] = shapes(`import keras\n${use}`, twice);
      assert.deepEqual([before, set1, set2, after], [last, first, first, last]);
    }
  });

  it('is what the program that imports the file says', () => {
    const model = `import keras\ndef build():\n    ${layer}    return x\ndef other():\n    ${layer}    return x\n`;
    const train = `import keras\n${set}from model import build\nbuild()\n`;
    const source = (path: string, text: string): ModuleSource => ({ path, text, version: 1 });
    const analysis = analyze(model, {
      project: {
        resolve: (from, name) =>
          from === 'train.py' && name === 'model' ? source('/project/model.py', model) : undefined,
        importers: () => [source('train.py', train)],
      },
    });
    assert.deepEqual(
      analysis.reports.map((report) => report.uses.length),
      [1, 0],
    );
    assert.deepEqual(usesOf(analysis, model), first);
  });
});
