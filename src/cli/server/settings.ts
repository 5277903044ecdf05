import { asLineHints, type LineHints } from '../../language/hints';

/**
 * What an editor sets, under the names that the extension's settings have in VS Code. All is on unless it says
 * otherwise: an editor asks for hints and lenses only where its user wants them.
 */
export interface ServerSettings {
  readonly hover: boolean;
  readonly diagnostics: boolean;
  readonly inlayHints: boolean;
  readonly codeLens: boolean;
  /** Hints behind names, beside those behind calls. */
  readonly tensors: LineHints;
  /** How loud each problem is, by its code; checked where it is used. */
  readonly severity: Readonly<Record<string, unknown>>;
  /** Environments whose packages are read. */
  readonly packages: readonly string[];
}

/** Reads them from whatever came: of what is missing, or something else, the default holds. */
export function asSettings(value: unknown): ServerSettings {
  const isOn = (feature: string): boolean => at(value, feature, 'enabled') !== false;
  const tensors = at(value, 'inlayHints', 'tensors');
  const severity = at(value, 'diagnostics', 'severity');
  const folders = at(value, 'installedPackages', 'folders');
  return {
    hover: isOn('hover'),
    diagnostics: isOn('diagnostics'),
    inlayHints: isOn('inlayHints'),
    codeLens: isOn('codeLens'),
    tensors: tensors === undefined ? 'on' : asLineHints(tensors),
    severity: isRecord(severity) ? severity : {},
    packages: Array.isArray(folders) ? folders.filter((each) => typeof each === 'string') : [],
  };
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const at = (value: unknown, ...names: readonly string[]): unknown =>
  names.reduce<unknown>((found, name) => (isRecord(found) ? found[name] : undefined), value);
