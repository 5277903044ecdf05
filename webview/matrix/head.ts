/** CSS pixels that the headers take: names and values of the outputs on the left, of the inputs above. */
export const HEAD = { left: 136, top: 60 } as const;
