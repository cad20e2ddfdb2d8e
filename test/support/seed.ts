/** The seed of all fuzz tests; set by `seeding.ts`. */
export const SEED = Number(process.env["IKESCOPE_SEED"]);
