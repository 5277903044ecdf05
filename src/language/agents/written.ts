/** What has no spaces, or those that stand in a size: `(H - 1)//2 + 1`, `min(N, 25)`. */
const ITEM = '(?:"[^"\\s]*(?:(?:, | [-+] )[^"\\s]+)*"|-?\\d+(?:\\.\\d+)?)';
/** A list of sizes and names, which JSON would spread over as many lines. */
const SIZES = new RegExp(`\\[\\s+(${ITEM}(?:,\\s+${ITEM})*)\\s+\\]`, 'g');

/** An answer as an agent reads it: JSON, a shape on one line. */
export const written = (answer: object): string =>
  JSON.stringify(answer, null, 1).replace(SIZES, (_, items: string) => `[${items.replace(/\s+/g, ' ')}]`);
