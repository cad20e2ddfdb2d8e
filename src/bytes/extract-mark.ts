/**
 * How the first comment of a capture reads that ikescope made of another one; and where it holds ESP streams in part only.
 * Whoever counts packets has to know.
 */
export const EXTRACT_MARK = "ikescope evidence";
/** A further comment of an extract of files from several places: in it, as one, what was lost between them looks arrived. */
export const PLACES_MARK = `${EXTRACT_MARK} of several places`;
/** The same of a file that ended in the middle of a packet: what would have come next in it may be what seems to be missing. */
export const CUT_MARK = `${EXTRACT_MARK} of a file cut short`;
export const THINNED_MARK = `${EXTRACT_MARK}, ESP thinned`;
