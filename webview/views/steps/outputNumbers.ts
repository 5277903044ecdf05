import type { Subject } from '../../../src/core/derive/subject';
import { cellName, flatIndex } from '../../../src/core/explain/readout';
import { format } from '../../../src/core/problem';
import type { Strings } from '../../../src/protocol/strings';
import type { Words } from '../../drawing/scene';
import { marked, wordsOf } from '../../drawing/words';
import { brief, plus, signed } from '../../film/naming';

/**
 * An output when all is done: what this channel makes of it, and what else adds to it before it is the document's own.
 * `followed`, or the first one.
 */
export function outputNumbers(subject: Subject, followed: readonly number[] | undefined, strings: Strings): Words {
  const { plan, output, part, bias, channelsAdded, outputOrigin } = subject;
  const place = followed ?? plan.axes.map(() => 0);
  const flat = flatIndex(plan.outputShape.slice(2), place);
  const name = cellName('out', plus(place, outputOrigin));
  const here = brief(part.data[flat]);
  if (!subject.complete[flat]) return wordsOf(strings.numbersIncomplete, [name, here]);
  const others = channelsAdded > 1 ? ` + ${format(strings.otherChannels, [channelsAdded - 1])}` : '';
  const added = bias === undefined ? '' : ` + b ${signed(bias)}`;
  const total = others || added ? ` = ${marked('o', brief(output.data[flat]))}` : '';
  return wordsOf(`${marked('o', name)} = ${here}${others}${added}${total}`);
}
