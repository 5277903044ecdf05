import * as vscode from 'vscode';
import type { Analyses } from './analyses';

/** The files in which there is a call to be inspected, by their addresses; `when` clauses of menus ask for it. */
const KEY = 'transposedConv.withCalls';

/** Tells VS Code in which files the entries of its menus make sense, so that they stand in no others. */
export function keepCallContext(analyses: Pick<Analyses, 'onDidAnalyse'>): vscode.Disposable {
  const files = new Set<string>();
  return analyses.onDidAnalyse(({ source, analysis }) => {
    // The cells of a notebook have addresses of their own.
    const addresses = source.parts.map(({ document }) => document.uri.toString());
    const has = analysis.reports.length > 0;
    const changed = addresses.filter((each) => files.has(each) !== has);
    if (changed.length === 0) return;
    for (const each of changed) {
      if (has) files.add(each);
      else files.delete(each);
    }
    void vscode.commands.executeCommand('setContext', KEY, [...files]);
  });
}
