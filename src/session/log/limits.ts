/** Exchanges that an IKE SA keeps, and of those the first and the newest ones that are never given up. */
export interface ExchangeLimit {
  readonly exchanges: number;
  readonly first: number;
  readonly newest: number;
  /** Given up at a time, for each time all have to be looked through. */
  readonly atOnce: number;
}

export const WHOLE_LIFE: ExchangeLimit = { exchanges: 200, first: 40, newest: 100, atOnce: 20 };
/** Limits of an IKE SA that is larger, or where all of them together have outgrown the archive. */
export const TIGHT: ExchangeLimit = { exchanges: 16, first: 6, newest: 8, atOnce: 1 };
