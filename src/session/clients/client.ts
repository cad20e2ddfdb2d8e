import type { Micros } from "../../bytes/time.js";
import type { EspStream } from "../../esp/stream.js";
import { isTranslatedPort } from "../model/queries.js";
import type { IkeSa } from "../model.js";
import { progressOf } from "../progress/progress.js";

/** One of several clients behind an address: its ports there, what uses them, and when it was heard. */
export interface Client {
  readonly ports: ReadonlySet<number>;
  readonly ikeSas: readonly IkeSa[];
  readonly streams: readonly EspStream[];
  /** When it was heard first and last, or must be there all the same; never: infinity and minus infinity. */
  readonly from: Micros;
  readonly to: Micros;
  /** Its last IKE message and its last ESP; minus infinity for none. */
  readonly lastIke: Micros;
  readonly lastEsp: Micros;
  /** The last packet that was sent to it. */
  readonly lastSentTo: Micros;
  /** When its first IKE SA that came up did; infinity for none. */
  readonly upAt: Micros;
  /** The capture holds how what was heard first began. */
  readonly isBegun: boolean;
}

/** Whether a NAT device gave it a port. */
export function isTranslated({ ports }: Pick<Client, "ports">): boolean {
  return [...ports].some((port) => isTranslatedPort({ port }));
}

/** Whether it came further than the messages that begin an IKE SA. */
export function isBeyondOpening({ ikeSas, streams }: Pick<Client, "ikeSas" | "streams">): boolean {
  return streams.length > 0 || ikeSas.some((sa) => progressOf(sa).authentication.length > 0);
}

/** All that these did, as one client. */
export function joinedClients(clients: readonly Client[]): Client {
  const [first] = clients.toSorted((a, b) => a.from - b.from);
  const last = (of: (client: Client) => Micros): Micros => Math.max(...clients.map(of));
  return {
    ports: new Set(clients.flatMap(({ ports }) => [...ports])),
    ikeSas: clients.flatMap(({ ikeSas }) => ikeSas).toSorted((a, b) => a.firstTime - b.firstTime),
    streams: clients.flatMap(({ streams }) => streams),
    from: Math.min(...clients.map(({ from }) => from)),
    to: last(({ to }) => to),
    lastIke: last(({ lastIke }) => lastIke),
    lastEsp: last(({ lastEsp }) => lastEsp),
    lastSentTo: last(({ lastSentTo }) => lastSentTo),
    upAt: Math.min(...clients.map(({ upAt }) => upAt)),
    isBegun: first?.isBegun === true,
  };
}
