import { paddingOf } from '../../core/axis';
import type { Operation } from '../../core/operation';
import type { CodeState } from '../../protocol/panel';

/** What a call in code says, or a document: the parameters that can be written into a call. */
export interface Parameters {
  readonly op: Operation;
  readonly weightShape: readonly number[];
}

/** In one form for all ways to say the same: what is left out is its default. */
const canonical = ({ op, weightShape }: Parameters): string =>
  JSON.stringify([
    op.kind,
    op.stride,
    op.dilation,
    op.stride.map((_, axis) => paddingOf(op, axis)),
    op.outputPadding ?? op.stride.map(() => 0),
    op.groups ?? 1,
    op.paddingMode ?? 'zeros',
    weightShape,
  ]);

/**
 * How an inspector stands to the call that it came from. `agreed` is what both said when they last said the same: by
 * that is told which of the two has changed since, and where both have, neither is given up without a word.
 */
export class CodeStanding {
  private agreed: string | undefined;
  /** What the code says, where the user has to choose. */
  private asked: string | undefined;
  private gone = false;

  stateOf(mine: Parameters): CodeState {
    if (this.gone) return 'parted';
    const own = canonical(mine);
    if (this.asked !== undefined && this.asked !== own) return 'asks';
    return this.agreed === own || this.asked === own ? 'inStep' : 'ahead';
  }

  /**
   * The code says this now. Answers whether the inspector is to follow it, or the user to be asked, since there are
   * changes of the inspector that were never written into the code.
   */
  hear(code: Parameters, mine: Parameters): 'follow' | 'ask' | undefined {
    const [said, own] = [canonical(code), canonical(mine)];
    const isFirst = this.agreed === undefined;
    this.gone = false;
    if (said === own) this.agree(said);
    // Of a document that is opened again nobody knows which of the two was changed: what is on show stays.
    else if (isFirst) this.agree(said);
    else if (own === this.agreed) {
      this.agree(said);
      return 'follow';
    } else if (said !== this.agreed) {
      const before = this.asked;
      this.asked = said;
      return before === said ? undefined : 'ask';
    } else this.asked = undefined;
    return undefined;
  }

  /** What the code says is known, and what the inspector says may take its place. */
  keep(): void {
    if (this.asked !== undefined) this.agree(this.asked);
  }

  /** The call is not there any more, or says nothing that can be shown. */
  part(): void {
    this.gone = true;
  }

  private agree(said: string): void {
    this.agreed = said;
    this.asked = undefined;
  }
}
