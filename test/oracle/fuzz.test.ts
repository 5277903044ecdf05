import assert from 'node:assert/strict';
import { build } from 'esbuild';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { compileFunction } from 'node:vm';
import { BREAKS, breaking } from '../../scripts/lib/breaks.mjs';
import { judgeProgram, readSample, type Sample } from '../bench/fuzz/sample';

const sample = readSample();
const share = (count: number, of: number): string => `${((100 * count) / of).toFixed(1)} %`;

describe(`${sample.programs.length} programs drawn with seed ${sample.seed}, and what PyTorch ${sample.torch} made of them`, () => {
  const judged = sample.programs.map((program) => ({ program, ...judgeProgram(program) }));
  const sites = judged.flatMap(({ program, sites: each }) => each.map((site) => ({ ...site, program })));
  const shown = (list: readonly string[]): string => `${list.length}:\n${list.slice(0, 10).join('\n')}`;

  it('have every construct of the grammar among them', () => {
    const used = new Set(sample.programs.flatMap((program) => program.constructs.map(([, name]) => name)));
    assert.deepEqual(
      sample.constructs.filter((name) => !used.has(name)),
      [],
    );
    assert.ok(sample.programs.length >= 300 && sites.length >= 1000);
  });

  it('have no shape told that is not PyTorch’s', () => {
    const wrong = sites.filter((each) => each.verdict === 'wrong');
    assert.equal(wrong.length, 0, shown(wrong.map(({ told, program }) => `${program.id} ${told}\n${program.source}`)));
  });

  it('have no error told where none is', () => {
    const told = judged.flatMap(({ program, falseErrors, faults }) =>
      [...falseErrors, ...faults].map((each) => `${program.id} ${each}\n${program.source}`),
    );
    assert.equal(told.length, 0, shown(told));
  });

  it('have the shapes of at least 94 % of their call sites told exactly', () => {
    const exact = sites.filter((each) => each.verdict === 'exact').length;
    assert.ok(exact >= 0.94 * sites.length, share(exact, sites.length));
  });

  it('have at least 75 % of their errors told', () => {
    const raised = judged.flatMap((each) => each.raised ?? []);
    const told = raised.filter((each) => each.told).length;
    assert.ok(raised.length >= 100 && told >= 0.75 * raised.length, share(told, raised.length));
  });
});

describe('the fuzz', () => {
  for (const rule of Object.keys(BREAKS)) {
    it(`finds that the rule ${rule} is broken`, async () => {
      const { outputFiles } = await build({
        entryPoints: [join('test', 'bench', 'fuzz', 'sample.ts')],
        bundle: true,
        write: false,
        platform: 'node',
        format: 'cjs',
        target: 'node20',
        logLevel: 'warning',
        plugins: [breaking(rule)],
      });
      const module = { exports: {} as { hasFaults: (of: Sample) => boolean } };
      const run = compileFunction(outputFiles[0].text, ['module', 'exports', 'require']) as (
        ...values: readonly unknown[]
      ) => void;
      run(module, module.exports, createRequire(resolve('package.json')));
      assert.ok(module.exports.hasFaults(sample));
    });
  }
});
