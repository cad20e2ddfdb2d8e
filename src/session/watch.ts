import type { EspStream } from "../esp/stream.js";
import type { Exchange } from "./model.js";
import type { SeenMessage } from "./transmission.js";
import type { TunnelBuilder } from "./tunnel-builder.js";

/** Who is told what is filed with which tunnel, as it is filed: a program that watches and does not wait for the end. */
export interface SessionWatch {
  /** A message was filed; `exchange` is as it stands with it, and not to be kept. */
  message(tunnel: TunnelBuilder, seen: SeenMessage, exchange: Exchange | null): void;
  /** Something else than a message: an ICMP error, a broken datagram, a keepalive. */
  aside(tunnel: TunnelBuilder, kind: "icmp" | "malformed" | "fragment" | "keepalive"): void;
  /** A stream began; `record` is its number for as long as it is kept. */
  stream(tunnel: TunnelBuilder, stream: EspStream, record: number): void;
  /** The tunnel was given up. */
  gone(tunnel: TunnelBuilder): void;
}
