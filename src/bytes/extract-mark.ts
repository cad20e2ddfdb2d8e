/**
 * How the first comment of a capture reads that ikescope made of another one; and where it holds ESP streams in part only.
 * Whoever counts packets has to know.
 */
export const EXTRACT_MARK = "ikescope evidence";
export const THINNED_MARK = `${EXTRACT_MARK}, ESP thinned`;
