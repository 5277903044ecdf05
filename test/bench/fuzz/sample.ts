import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { analyzeModule } from '../../../src/python';
import { type Judgement, type Program, compareProgram } from './judge';

/** Programs with what PyTorch made of them, kept so that they are compared without Python. */
export interface Sample {
  readonly torch: string;
  readonly seed: number;
  /** Names of all constructs there were. */
  readonly constructs: readonly string[];
  readonly programs: readonly Program[];
}

const FILE = join('test', 'oracle', 'goldens', 'fuzz.json.gz');

export const readSample = (): Sample => JSON.parse(gunzipSync(readFileSync(FILE)).toString()) as Sample;

export const writeSample = (sample: Sample): void => {
  writeFileSync(FILE, gzipSync(JSON.stringify(sample), { level: 9 }));
};

export const judgeProgram = (program: Program): Judgement =>
  compareProgram(program, analyzeModule({ path: 'program.py', text: program.source }));

/** Whether of any of the programs something is told that is not so. */
export const hasFaults = ({ programs }: Sample): boolean =>
  programs.some((program) => {
    const { sites, falseErrors, faults } = judgeProgram(program);
    return falseErrors.length > 0 || faults.length > 0 || sites.some((each) => each.verdict === 'wrong');
  });
