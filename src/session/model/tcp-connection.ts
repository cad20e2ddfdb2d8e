import type { Address } from "../../bytes/address.js";
import type { Micros } from "../../bytes/time.js";
import type { Endpoint } from "./endpoint.js";
import type { Moment } from "./moment.js";

/** One end of a TCP connection, and the segments that it sent. */
export interface TcpSide {
  readonly endpoint: Endpoint;
  /** IKE messages, ESP packets and keepalives. */
  readonly records: number;
  /** First and last segment with payload; null where it sent none. */
  readonly firstData: Moment | null;
  readonly lastData: Moment | null;
  /** Last segment of any kind behind its SYN, an acknowledgement perhaps. */
  readonly lastHeard: Micros | null;
}

/** The end of a TCP connection: the first FIN, or an RST behind which no payload came both ways. */
export interface TcpEnding extends Moment {
  readonly by: "fin" | "rst";
  readonly source: Address;
}

/** A TCP connection that carried IKE and ESP (RFC 9329), or that was opened on port 4500 and carried nothing. */
export interface TcpConnection {
  /** The TCP originator, which opens the connection, and the other end. */
  readonly client: TcpSide;
  readonly server: TcpSide;
  /** Its bytes are those of IKE and ESP. */
  readonly recognised: boolean;
  /** The client's SYNs, the first ones; empty where the capture does not hold the start. `tries` counts all. */
  readonly opening: readonly Moment[];
  readonly tries: number;
  /** The server's answer to the SYN. */
  readonly accepted: Moment | null;
  readonly ending: TcpEnding | null;
  /** Why a direction could not be read to its end. */
  readonly fault: string | null;
  readonly firstTime: Micros;
  readonly lastTime: Micros;
}
