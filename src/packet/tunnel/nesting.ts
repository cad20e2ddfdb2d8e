/** Encapsulations within one another that are followed: a mirror of a tunnel in a tunnel, and one to spare. */
export const DEEPEST_NESTING = 4;
