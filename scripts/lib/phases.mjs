// Runs phases side by side, each as soon as those that it needs have passed.
import { availableParallelism } from 'node:os';

/**
 * @typedef {{ passed: number, failed: number, skipped?: number, output: string }} Outcome
 * @typedef {{ name: string, needs: string[], after?: string[], isApart?: boolean, run: () => Promise<Outcome> }} Phase
 *   `needs`: phases that must have passed; `after`: phases that must have ended, passed or not, because both want the
 *   same files, or the machine for themselves
 */

/**
 * A phase whose need failed does not run and counts as one failure: what was not tried was not shown to work.
 * @param {Phase[]} phases in the order in which they should start; needs that are not in the list count as met
 * @param {(phase: Phase, outcome: Outcome, seconds: number) => void} report called as each one ends
 * @returns {Promise<Outcome[]>}
 */
export async function runPhases(phases, report) {
  const slots = Math.max(2, Math.min(4, availableParallelism()));
  const waiting = [...phases];
  const outcomes = new Map();
  const running = new Map();

  const settle = (phase, outcome, startedAt) => {
    outcomes.set(phase.name, outcome);
    running.delete(phase.name);
    report(phase, outcome, (performance.now() - startedAt) / 1000);
  };
  const launch = (phase) => {
    const startedAt = performance.now();
    const failedNeed = phase.needs.find((name) => outcomes.get(name)?.failed > 0);
    const outcome = failedNeed
      ? Promise.resolve({ passed: 0, failed: 1, output: `Not run, because ${failedNeed} failed.` })
      : phase.run().catch((error) => ({ passed: 0, failed: 1, output: error.stack ?? String(error) }));
    running.set(
      phase.name,
      outcome.then((result) => settle(phase, result, startedAt)),
    );
  };
  const isOver = (name) => outcomes.has(name) || !phases.some((phase) => phase.name === name);
  const isReady = ({ needs, after = [] }) => [...needs, ...after].every(isOver);

  while (waiting.length > 0 || running.size > 0) {
    for (const phase of waiting.filter(isReady).slice(0, slots - running.size)) {
      waiting.splice(waiting.indexOf(phase), 1);
      launch(phase);
    }
    await Promise.race(running.values());
  }
  return [...outcomes.values()];
}
