import { AGREEMENT } from "./agreement.js";
import { INSPECT } from "./inspect.js";
import { SA_LIFE } from "./life.js";
import { NETWORK } from "./network.js";
import type { Procedure } from "./procedure.js";

const ALL = { ...INSPECT, ...AGREEMENT, ...NETWORK, ...SA_LIFE } as const;

export type ProcedureName = keyof typeof ALL;

/** Everything that entries of the catalogue send a reader to. */
export const PROCEDURES: Readonly<Record<ProcedureName, Procedure>> = ALL;
