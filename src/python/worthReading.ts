/** Parts of the names of everything that is reported; a file of its own, so that who asks need not load a parser. */
const NAMES =
  /[Cc]onv|[Pp]ool|[Uu]p_?[Ss]ampl|interpolate|[Pp]ixel_?(?:[Uu]ns|[Ss])huffle|\b(?:nn|F)\.(?:[Uu]nf|[Ff])old|\bUn?fold\b/;

/** One quick look at the text: a file without any such word costs nothing more. */
export const isWorthReading = (text: string): boolean => NAMES.test(text);
