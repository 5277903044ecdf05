import { writeJson, writeLatex, writePython, writeTsv } from '../../core/formats/writeText';
import type { Tensor } from '../../core/operation';
import { ProblemError, problem } from '../../core/problem';
import type { CopyFormat } from '../../protocol/panel';

/** Nobody pastes more values than this, and each would take some twenty bytes of text. */
const MOST = 1_000_000;

/**
 * A tensor's values as text for another program, with all digits that are needed to read the same numbers back. Throws
 * a ProblemError when there are too many.
 */
export function tensorText(tensor: Tensor, format: CopyFormat): string {
  const { length } = tensor.data;
  if (length > MOST) {
    throw new ProblemError([
      problem({
        code: 'copy-large',
        field: 'memory',
        template: 'The tensor has {0} values; at most {1} are copied. Save it as a file.',
        args: [length, MOST],
      }),
    ]);
  }
  switch (format) {
    case 'numpy':
    case 'torch':
      return writePython(tensor, format);
    case 'json':
      return writeJson(tensor);
    case 'tsv':
      return writeTsv(tensor);
    case 'latex':
      return writeLatex(tensor);
    default: {
      const never: never = format;
      throw new TypeError(`There is no way to copy as ${String(never)}.`);
    }
  }
}
