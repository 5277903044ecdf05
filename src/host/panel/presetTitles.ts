import * as vscode from 'vscode';
import { GROUP_TITLES } from '../../core/presets/preset';
import { PRESETS } from '../../core/presets/presets';
import type { PresetTitle } from '../../protocol/panel';

export function presetTitles(): readonly PresetTitle[] {
  return PRESETS.map(({ id, group, title, description, view }) => ({
    id,
    group: vscode.l10n.t(GROUP_TITLES[group]),
    title: vscode.l10n.t(title),
    description: vscode.l10n.t(description),
    view,
  }));
}
