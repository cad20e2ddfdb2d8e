import type { EspStream } from "../esp/stream.js";
import type { Exchange } from "./model.js";
import type { SeenMessage } from "./transmission.js";
import type { TunnelBuilder } from "./tunnel-builder.js";

/** A kind of event that is filed with a tunnel and is no message: ICMP errors, broken datagrams, lone fragments, keepalives, connections. */
export type Aside = "icmp" | "malformed" | "fragment" | "keepalive" | "tcp";

/** The listener of a session, told of what is filed with which tunnel as it is filed. */
export interface SessionWatch {
  /** A message was filed; `exchange` is as it stands with it, and not to be kept. */
  message(tunnel: TunnelBuilder, seen: SeenMessage, exchange: Exchange | null): void;
  aside(tunnel: TunnelBuilder, kind: Aside): void;
  /** A stream began; `record` is its number for as long as it is kept. */
  stream(tunnel: TunnelBuilder, stream: EspStream, record: number): void;
  /** The tunnel was given up. */
  gone(tunnel: TunnelBuilder): void;
}
