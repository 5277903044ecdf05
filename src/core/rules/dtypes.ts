import type { Dtype, Kind } from '../operation';
import { type Problem, problem } from '../problem';

export interface Dtypes {
  readonly input: Dtype;
  readonly weight: Dtype;
  readonly bias?: Dtype;
}

const TYPES = { float32: { scalar: 'Float', c: 'float' }, float64: { scalar: 'Double', c: 'double' } } as const;

/** PyTorch mixes no types, with one exception: a transposed convolution takes a bias of any type. */
export function checkDtypes(kind: Kind, { input, weight, bias }: Dtypes): Problem[] {
  const problems: Problem[] = [];
  const differ = 'The {0} is of type {1}, the input of type {2}; they must be the same.';
  if (kind === 'conv' && bias !== undefined && bias !== input) {
    const framework = `Input type (${TYPES[input].c}) and bias type (${TYPES[bias].c}) should be the same`;
    problems.push(
      problem({ code: 'dtypes-differ', field: 'bias', template: differ, args: ['bias', bias, input], framework }),
    );
  }
  if (weight !== input) {
    const framework = `expected scalar type ${TYPES[input].scalar} but found ${TYPES[weight].scalar}`;
    problems.push(
      problem({ code: 'dtypes-differ', field: 'weight', template: differ, args: ['weight', weight, input], framework }),
    );
  }
  return problems;
}
