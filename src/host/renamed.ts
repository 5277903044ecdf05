import type * as vscode from 'vscode';

/** A file or a folder that has another address now. */
export type Renamed = Pick<vscode.FileRenameEvent['files'][number], 'oldUri' | 'newUri'>;

/** The address that something has since then; nothing if it is not that, nor in it. */
export function renamed(address: string, { oldUri, newUri }: Renamed): string | undefined {
  const old = oldUri.toString();
  if (address === old) return newUri.toString();
  return address.startsWith(`${old}/`) ? newUri.toString() + address.slice(old.length) : undefined;
}
