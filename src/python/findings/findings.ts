import type { Described, LooseProblem, Site } from '../model/site';
import type { WeightSource } from '../report';
import type { Call } from '../syntax/ast';
import type { Cause } from './cause';
import type { FoundLine, FoundNetwork } from './lineWitness';

/** Everything that running one entry point found, by call expression. */
export class Findings {
  /** Of a call that has several callees, one for each. */
  readonly sites = new Map<Call, Site[]>();
  readonly problems: LooseProblem[] = [];
  /** Files from which the program reads a layer's weights, in order. */
  readonly loaded: { readonly call: Call; readonly source: WeightSource }[] = [];

  /** What lines left, models that were run, and by the name of a size why it is not known: where there is a witness. */
  readonly lines: FoundLine[] = [];
  readonly networks: FoundNetwork[] = [];
  readonly causes = new Map<string, Cause>();

  site(call: Call, described: Described): Site {
    const known = this.sites.get(call);
    const same = known?.find((each) => each.callee === described.callee);
    if (same) return same;
    const { callee, framework, family, rank, signature } = described;
    const site = {
      callee,
      framework,
      family,
      rank,
      signature,
      call,
      made: [],
      uses: [],
      attempts: [],
      problems: [],
      mentions: [],
    };
    if (known) known.push(site);
    else this.sites.set(call, [site]);
    return site;
  }

  /** Every site, in the order in which they were found. */
  *all(): Iterable<Site> {
    for (const sites of this.sites.values()) yield* sites;
  }
}
