import type { Verdict } from '../coverage/agree';
import type { Judgement, Program } from './judge';

/** What there is to show a person: a program with what is amiss in it. */
type Kind = 'wrong' | 'false' | 'silent' | 'untold' | 'words';

interface Construct {
  programs: number;
  /** Programs in which a site is not exact, and the construct stands between it and the last one that is. */
  blamed: number;
}

const VERDICTS: readonly Verdict[] = ['exact', 'true', 'unproved', 'partial', 'silent', 'wrong'];

export class Tally {
  private programs = 0;
  private raised = 0;
  private told = 0;
  private verbatim = 0;
  private falseErrors = 0;
  private faults = 0;
  private readonly counts = new Map<Verdict, number>(VERDICTS.map((each) => [each, 0]));
  private readonly constructs: Map<string, Construct>;
  private readonly brief: string[] = [];
  private readonly shown = new Map<Kind, string[]>();

  constructor(
    readonly torch: string,
    constructs: readonly string[],
  ) {
    this.constructs = new Map(constructs.map((name) => [name, { programs: 0, blamed: 0 }]));
  }

  get names(): readonly string[] {
    return [...this.constructs.keys()];
  }

  get good(): boolean {
    return this.programs > 0 && this.falseErrors === 0 && this.faults === 0 && this.countOf('wrong') === 0;
  }

  add(program: Program, judgement: Judgement): void {
    this.programs++;
    for (const name of new Set(program.constructs.map(([, each]) => each))) this.constructOf(name).programs++;
    for (const { verdict } of judgement.sites) this.counts.set(verdict, this.countOf(verdict) + 1);
    this.falseErrors += judgement.falseErrors.length;
    this.faults += judgement.faults.length;
    const blamed = [...judgement.falseErrors, ...judgement.faults];
    if (blamed.length > 0) this.keep('false', program, blamed.join('\n    '));
    const stepOf = (line: number): number => program.lines[line - 1] ?? 0;
    const sites = [...judgement.sites].sort((a, b) => stepOf(a.line) - stepOf(b.line));
    const wrong = sites.find((each) => each.verdict === 'wrong');
    const first = sites.findIndex((each) => each.verdict !== 'exact');
    if (wrong) this.keep('wrong', program, `${wrong.line}: ${wrong.told}`);
    if (first >= 0) {
      const site = sites[first];
      const names = this.between(program, first > 0 ? stepOf(sites[first - 1].line) : -1, stepOf(site.line));
      for (const name of new Set(names)) this.constructOf(name).blamed++;
      const after = first > 0 ? stepOf(sites[first - 1].line) : -1;
      const lines = program.source.split('\n').filter((_, index) => {
        const step = program.lines[index];
        return step > Math.max(after, 0) && step <= stepOf(site.line);
      });
      this.brief.push(
        `${site.verdict} [${names.join(', ')}] ${program.id}\n${lines.map((line) => `      ${line.trim()}`).join('\n')}\n    ${site.told.split('\n').slice(1).join('\n')}`,
      );
      this.keep('silent', program, `[${names.join(', ')}] ${site.verdict} ${site.line}: ${site.told}`);
    }
    if (!judgement.raised || !program.raised) return;
    this.raised++;
    if (judgement.raised.told) this.told++;
    if (judgement.raised.verbatim) this.verbatim++;
    const { lines, kind, error } = program.raised;
    const cause = `[${this.between(program, stepOf(lines[lines.length - 1] ?? 1) - 1, Infinity).join(', ')}] ${lines.join(', ')}: ${kind}: ${error}`;
    if (!judgement.raised.told) this.keep('untold', program, cause);
    else if (!judgement.raised.verbatim)
      this.keep('words', program, `${cause}\n    said ${judgement.raised.said.join('\n    ')}`);
  }

  figures(seed: string): object {
    return {
      torch: this.torch,
      seed,
      programs: this.programs,
      sites: Object.fromEntries(this.counts),
      falseErrors: this.falseErrors,
      faults: this.faults,
      raised: { programs: this.raised, told: this.told, inTheirWords: this.verbatim },
      constructs: Object.fromEntries([...this.constructs].map(([name, { programs }]) => [name, programs])),
    };
  }

  print(kinds: readonly string[], most: number): void {
    if (kinds.includes('brief')) for (const text of this.brief.slice(0, most)) console.log(text);
    for (const [kind, texts] of this.shown) {
      if (!kinds.includes(kind)) continue;
      // The shortest are the quickest to read.
      for (const text of texts.sort((a, b) => a.length - b.length).slice(0, most)) console.log(`── ${kind} ${text}\n`);
    }
    const sites = [...this.counts.values()].reduce((sum, each) => sum + each, 0);
    const share = (count: number, of: number): string => `${((100 * count) / Math.max(1, of)).toFixed(1)} %`;
    const blamed = [...this.constructs].filter(([, each]) => each.blamed > 0);
    blamed.sort(([, a], [, b]) => b.blamed / b.programs - a.blamed / a.programs);
    console.log('blamed for sites that are not exact:');
    for (const [name, each] of blamed.slice(0, 40))
      console.log(`  ${name.padEnd(34)} ${each.blamed} of ${each.programs} (${share(each.blamed, each.programs)})`);
    const [rarest] = [...this.constructs].sort(([, a], [, b]) => a.programs - b.programs);
    console.log(
      `PyTorch ${this.torch}; ${this.constructs.size} constructs, each in ${rarest[1].programs} programs or more (${rarest[0]})`,
    );
    console.log(
      `${this.programs} programs, ${sites} sites: ${VERDICTS.map((each) => `${this.countOf(each)} ${each}`).join(', ')} – ${share(this.countOf('exact'), sites)} exact`,
    );
    console.log(
      `${this.falseErrors} false errors, ${this.faults} faults; ${this.raised} programs raise, ${this.told} told (${share(this.told, this.raised)}), ${this.verbatim} in PyTorch's words`,
    );
  }

  private between(program: Program, after: number, to: number): string[] {
    const names = program.constructs.filter(([step, name]) => step > after && step <= to && name !== 'probe');
    return names.map(([, name]) => name);
  }

  private keep(kind: Kind, program: Program, what: string): void {
    const texts = this.shown.get(kind) ?? [];
    this.shown.set(kind, texts);
    texts.push(
      `${program.id} ${what}\n${program.source
        .split('\n')
        .slice(3)
        .map((line, index) => `${String(index + 4).padStart(3)} ${line}`)
        .join('\n')}`,
    );
  }

  private countOf(verdict: Verdict): number {
    return this.counts.get(verdict) ?? 0;
  }

  private constructOf(name: string): Construct {
    const known = this.constructs.get(name) ?? { programs: 0, blamed: 0 };
    this.constructs.set(name, known);
    return known;
  }
}
