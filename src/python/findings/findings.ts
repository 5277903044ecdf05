import type { Described, LooseProblem, Site } from '../model/site';
import type { WeightSource } from '../report';
import type { Call } from '../syntax/ast';

/** Everything that running one entry point found, by call expression. */
export class Findings {
  readonly sites = new Map<Call, Map<string, Site>>();
  readonly problems: LooseProblem[] = [];
  /** Files from which the program reads a layer's weights, in order. */
  readonly loaded: { readonly call: Call; readonly source: WeightSource }[] = [];

  site(call: Call, described: Described): Site {
    let byCallee = this.sites.get(call);
    if (!byCallee) this.sites.set(call, (byCallee = new Map<string, Site>()));
    let site = byCallee.get(described.callee);
    if (!site) {
      const { callee, framework, family, rank, signature } = described;
      site = { callee, framework, family, rank, signature, call, made: [], uses: [], problems: [], mentions: [] };
      byCallee.set(callee, site);
    }
    return site;
  }

  /** Every site, in the order in which they were found. */
  *all(): Iterable<Site> {
    for (const byCallee of this.sites.values()) yield* byCallee.values();
  }
}
