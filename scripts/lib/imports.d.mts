export function importsBelow(folder: string): Promise<Map<string, string[]>>;
export function circlesOf(imports: ReadonlyMap<string, readonly string[]>): string[][];
