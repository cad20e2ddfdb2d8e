import { CAPTURE_FILTER } from "../bytes/capture-filter.js";
import type { Micros } from "../bytes/time.js";
import type { ToldProducts } from "../diagnosis/commands/told.js";
import { MOST_STREAMS } from "../esp/stream-table.js";
import { MOST_TUNNELS } from "../session/tunnel-table.js";
import type { AccountOptions } from "./account/account.js";

/** How an engine is told to work; what is left out has a default. */
export interface LiveOptions {
  /** The interface that is captured on, for people. */
  readonly interface: string;
  /** The capture filter, in the language of libpcap; null where it is not known. */
  readonly filter?: string | null;
  readonly tunnels?: number;
  readonly streams?: number;
  /** A tunnel that nothing was heard of for so long is given up. */
  readonly forgetAfter?: Micros;
  /** Milliseconds of processor time that judging may take at a tick; what is left is done at the next. */
  readonly judging?: number;
  /** The products of who begins and of who answers, where they are known better than the capture shows. */
  readonly products?: ToldProducts;
  /** The listener for the tunnels' accounts, and which addresses this gateway has; without it none is made. */
  readonly accounts?: AccountOptions;
}

/** The values of options that are left out. */
export const DEFAULTS = {
  filter: CAPTURE_FILTER,
  tunnels: MOST_TUNNELS,
  streams: MOST_STREAMS,
  forgetAfter: 24 * 3600e6,
  judging: 80,
} as const;

/** Options with every default filled in. */
export type WholeOptions = Required<Omit<LiveOptions, "products" | "accounts">> &
  Pick<LiveOptions, "products">;
