/**
 * The same for texts of sizes that differ in nothing but the numbers behind their names: `(N_2, 8, H_2//2)` of one
 * entry point is `(N_4, 8, H_4//2)` of another one, and of each round of a loop.
 */
export function unnumbered(sizes: string): string {
  const names = new Map<string, string>();
  return sizes.replace(/[A-Za-z_]\w*/g, (name) => {
    const known = names.get(name) ?? `${name.replace(/_\d+$/, '')}#${names.size}`;
    names.set(name, known);
    return known;
  });
}
