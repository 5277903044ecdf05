/** CSS pixels that the headers take: names and values of the outputs on the left, of the inputs above. */
export const HEAD = { left: 84, top: 44 } as const;
