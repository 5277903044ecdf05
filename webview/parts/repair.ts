import type { Problem } from '../../src/core/problem';
import type { EditBody } from '../../src/core/state/edits';
import type { DocumentHead } from '../../src/protocol/panel';

/** The edit that sets the nearest legal value; nothing where setting one parameter to a number is not enough. */
export function repairEdit({ repair }: Problem, head: DocumentHead): EditBody | undefined {
  if (!repair) return undefined;
  const { field, axis, value } = repair;
  const at = axis === undefined ? {} : { axis };
  switch (field) {
    case 'stride':
    case 'padding':
    case 'dilation':
    case 'outputPadding':
      return { kind: 'setParameter', field, value, ...at };
    case 'groups':
      return { kind: 'setParameter', field, value };
    case 'weight':
      return { kind: 'setParameter', field: 'kernel', value, ...at };
    case 'input': {
      const spatial = head.inputShape.slice(2 - head.weightShape.length);
      return {
        kind: 'resize',
        spatial: spatial.map((size, each) => (axis === undefined || axis === each ? value : size)),
      };
    }
    case 'bias':
    case 'paddingMode':
    case 'kind':
    case 'memory':
    case 'document':
    case 'file':
    case 'program':
      return undefined;
    default:
      return field satisfies never;
  }
}
