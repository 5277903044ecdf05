import type { Plugin } from 'esbuild';

export const BREAKS: Readonly<Record<string, { readonly file: string; readonly from: string; readonly to: string }>>;
export function breaking(name: string): Plugin;
