/** Texts in an expression: of what stands in them nothing is a call. */
const TEXTS = /"""[^]*?"""|'''[^]*?'''|"(?:[^"\\\n]|\\[^])*"|'(?:[^'\\\n]|\\[^])*'/g;

/** What is called: a name, with the dot before it, or what an expression gives. */
const CALLED = /(\.?)\s*([\p{L}\p{N}_]+|[\])])\s*\(/gu;

const KEYWORDS: ReadonlySet<string> = new Set(['if', 'else', 'and', 'or', 'not', 'in', 'is', 'for', 'lambda', 'await']);

/** Methods that give the same as long as the program stands: of tensors, and those that lead to them. */
const STEADY: ReadonlySet<string> = new Set(
  [
    'detach cpu cuda numpy to float double half bfloat16 long int bool clone contiguous astype asarray',
    'view reshape permute transpose t squeeze unsqueeze flatten unbind expand abs real imag sum mean max min',
    'get_parameter get_buffer get_submodule get_layer state_dict get values keys dequantize to_dense',
  ]
    .join(' ')
    .split(' '),
);

/**
 * Whether an expression stands for the same value when it is evaluated once more. What a call gives may be another
 * thing each time, as of `next(batches)`: parts that were read one after another would be of different values.
 */
export const isSameAgain = (expression: string): boolean =>
  [...expression.replace(TEXTS, '""').matchAll(CALLED)].every(
    ([, dot, called]) => (dot === '.' && STEADY.has(called)) || (dot === '' && KEYWORDS.has(called)),
  );
