export const ROOMS: Readonly<Record<string, readonly string[]>>;
export const PYTHON_ROOMS: Readonly<Record<string, readonly string[]>>;
export function forbiddenFrom(rooms: Readonly<Record<string, readonly string[]>>, room: string): string | undefined;
