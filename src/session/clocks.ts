/**
 * So far apart, microseconds, may the clocks be by which the two directions were captured: two sniffers, or two queues of
 * one interface. No daemon repeats a request that soon.
 */
export const CLOCKS_APART = 200_000;
