/** What fuzz tests begin from; set by `seeding.ts`. */
export const SEED = Number(process.env["IKESCOPE_SEED"]);
