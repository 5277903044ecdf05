import * as vscode from 'vscode';
import { copyAs, LANGUAGE_NAMES, LANGUAGES } from '../../core/explain/copyAs';
import { areFew } from '../../core/explain/copyParts';
import { findPreset } from '../../core/presets/presets';
import type { LookChoice } from '../../protocol/panel';
import type { Session } from '../session/session';
import { presetTitles } from './presetTitles';

/** Puts a preset in the document's place, as an edit. Answers how it is best looked at, if there is such a preset. */
export function applyPreset(session: Session, id: string): unknown {
  const preset = findPreset(id);
  if (!preset) return undefined;
  session.apply({
    kind: 'replaceDocument',
    document: { ...preset.build(), title: session.document.title },
    label: vscode.l10n.t(preset.title),
  });
  return preset.view;
}

/** Lets the user choose a preset; nothing when they break off. */
export async function choosePreset(): Promise<string | undefined> {
  const titles = presetTitles();
  const groups = [...new Set(titles.map(({ group }) => group))];
  const items = groups.flatMap((group): (vscode.QuickPickItem & { readonly id?: string })[] => [
    { label: group, kind: vscode.QuickPickItemKind.Separator },
    ...titles
      .filter((each) => each.group === group)
      .map(({ id, title, description }) => ({ id, label: title, detail: description })),
  ]);
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t('Which preset?'),
    matchOnDetail: true,
  });
  return picked?.id;
}

/** Lets the user choose how the document is looked at, of what its page offers; nothing when they break off. */
export async function chooseLook(looks: readonly LookChoice[]): Promise<string | undefined> {
  const groups = [...new Set(looks.map(({ group }) => group))];
  const items = groups.flatMap((group): (vscode.QuickPickItem & { readonly id?: string })[] => [
    { label: group, kind: vscode.QuickPickItemKind.Separator },
    ...looks
      .filter((each) => each.group === group)
      .map(({ id, label, on }) => ({
        id,
        label,
        ...(on === true ? { iconPath: new vscode.ThemeIcon('check'), description: vscode.l10n.t('on') } : {}),
      })),
  ]);
  const picked = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('How to look at it') });
  return picked?.id;
}

/** Copies the operation as code for a framework that the user chooses, or as a formula. */
export async function chooseCopy({ plan, document }: Session): Promise<void> {
  if (!plan) {
    void vscode.window.showInformationMessage(vscode.l10n.t('What is illegal cannot be copied as code.'));
    return;
  }
  const { input, weight, bias, dtype } = document;
  const tensors = [input, weight, ...(bias ? [bias] : [])];
  const values = areFew(tensors.map(({ shape }) => shape)) ? { input, weight, bias } : undefined;
  const texts = LANGUAGES.map((language) => {
    const text = copyAs(language, { plan, dtype, bias: bias !== undefined, values });
    return { label: LANGUAGE_NAMES[language], detail: text.split('\n').at(-1), text };
  });
  const picked = await vscode.window.showQuickPick(texts, { title: vscode.l10n.t('Copy as …') });
  if (!picked) return;
  await vscode.env.clipboard.writeText(picked.text);
  vscode.window.setStatusBarMessage(vscode.l10n.t('Copied {0}.', picked.label), 3000);
}
