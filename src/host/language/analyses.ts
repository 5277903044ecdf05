import type { TextDocument } from 'vscode';
import type * as language from '../../language/analyses';
import type * as sources from '../../language/source';

// What is read, of documents of VS Code's.

export type Analyses = language.Analyses<TextDocument>;
export type Snapshot = language.Snapshot<TextDocument>;
export type Source = sources.Source<TextDocument>;
