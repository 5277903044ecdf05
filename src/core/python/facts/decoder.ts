import { recordProblem } from '../evaluate/construct';
import type { Interpreter } from '../evaluate/interpreter';
import type { Site } from '../evaluate/site';
import { format } from '../../problem';
import type { ConvAxis, ConvSetup } from '../shapes/convolution';
import type { Size } from '../symbolic/size';
import type { CallPlace } from '../values/value';
import { overlapOf } from './axisUse';

/** Notes on a transposed convolution's figure: uneven overlap (checkerboard) and outputs that no tap reaches (holes). */
export function checkSizeFacts(machine: Interpreter, site: Site, setup: ConvSetup, axes: readonly ConvAxis[], _outputs: readonly Size[], _at: CallPlace): void {
  if (setup.kind !== 'convTranspose') return;
  const facts = axes.map(overlapOf);
  const holes = facts.findIndex((each) => each?.holes);
  const uneven = facts.findIndex((each) => each && !each.even);
  const note = (code: string, template: string, args: readonly (string | number)[]): void =>
    recordProblem(machine, site, { problem: { code, severity: 'info', template, args, message: format(template, args) }, arguments: ['kernel_size', 'stride'], fixes: [] }, false);
  if (holes >= 0) {
    note('holes', 'No tap of the kernel reaches some of the outputs ({0} taps per residue of the stride): there the output is the bias alone.', [`[${facts[holes]!.counts.join(', ')}]`]);
  } else if (uneven >= 0) {
    note('checkerboard', 'The kernel overlaps itself unevenly ({0} taps per residue of the stride), which shows as a checkerboard; a kernel size that the stride divides does not.', [`[${facts[uneven]!.counts.join(', ')}]`]);
  }
}
