import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import { HTTPS_PORT } from "../../ike/tcp-record.js";
import type { PacketView } from "../../packet/packet.js";
import { ConnectionKey } from "../../packet/tcp/connection-key.js";
import { ConnectionTable } from "../../packet/tcp/connection-table.js";
import { TCP_FLAG } from "../../packet/tcp/flags.js";
import { TcpMemory } from "../../packet/tcp/held-segments.js";
import { DEFAULT_TCP_LIMITS, type TcpLimits } from "../../packet/tcp/limits.js";
import type { HostSide, TcpConnection } from "../model.js";
import { TcpConnectionBuilder, type TcpTraffic } from "./tcp-connection-builder.js";
import { beginsWithPrefix, type TcpShared } from "./tcp-direction.js";

/** Connections that carry IKE and ESP, and those of which that is not known yet or not true, at the same time. */
const CONNECTIONS = 4096;
const CANDIDATES = 1024;
/** Accounts of connections that are kept to the end. */
const ACCOUNTS = 4096;
const UNANSWERED_ACCOUNTS = 1024;

/** Whether a TCP segment with these ports may belong to IKE and ESP: the check that all other TCP costs. */
export function isTcpEncapsulationPort(sourcePort: number, destinationPort: number): boolean {
  return (
    destinationPort === HTTPS_PORT ||
    sourcePort === HTTPS_PORT ||
    destinationPort === NAT_T_PORT ||
    sourcePort === NAT_T_PORT
  );
}

/**
 * Finds TCP connections that carry IKE and ESP (RFC 9329) among those on ports 4500 and 443. A connection is a candidate
 * from its SYN to its first bytes; on 443 it is then forgotten unless they are the stream prefix, so that HTTPS costs a
 * look-up in a small table.
 */
export class TcpIntake {
  readonly #traffic: TcpTraffic;
  readonly #shared: TcpShared;
  readonly #key = new ConnectionKey();
  readonly #connections: ConnectionTable<TcpConnectionBuilder>;
  readonly #candidates: ConnectionTable<TcpConnectionBuilder>;
  readonly #accounts: TcpConnection[] = [];
  #recognised = 0;

  constructor(traffic: TcpTraffic, limits: Partial<TcpLimits> = {}) {
    this.#traffic = traffic;
    this.#shared = { limits: { ...DEFAULT_TCP_LIMITS, ...limits }, memory: new TcpMemory() };
    this.#connections = new ConnectionTable(CONNECTIONS, (connection) => this.#end(connection));
    this.#candidates = new ConnectionTable(CANDIDATES, (connection) => this.#end(connection));
  }

  /** Connections that are followed, and the bytes that wait for them. */
  get waiting(): { readonly connections: number; readonly candidates: number; readonly bytes: number } {
    return {
      connections: this.#connections.size,
      candidates: this.#candidates.size,
      bytes: this.#shared.memory.bytes,
    };
  }

  /** Takes the segment of `view`; true where its payload belongs to a connection that carries IKE and ESP. */
  segment(view: PacketView, frame: FrameRef, time: Micros, nanos: number, hostSide: HostSide): boolean {
    const opens = (view.tcpFlags & (TCP_FLAG.syn | TCP_FLAG.ack | TCP_FLAG.rst)) === TCP_FLAG.syn;
    if (!opens && this.#connections.size + this.#candidates.size === 0 && !mayBegin(view)) return false;
    const key = this.#key;
    key.set(view);
    let connection = this.#connections.find(key) ?? this.#candidates.find(key);
    if (connection !== undefined && opens && !connection.isOpenedBy(view, key.swapped)) {
      this.#forget(connection);
      connection = undefined;
    }
    if (connection === undefined) {
      if (!opens && !mayBegin(view)) return false;
      connection = new TcpConnectionBuilder(this.#traffic, this.#shared, view, key.swapped, time);
      this.#candidates.add(key, connection);
    }
    const { state } = connection;
    connection.segment(view, key.swapped, frame, time, nanos, hostSide);
    if (state === "undecided") this.#settle(connection);
    this.#boundMemory();
    return connection.state === "ours" && view.payloadLength > 0;
  }

  /** Whether there is anything to tell of. */
  get isIdle(): boolean {
    return this.#accounts.length + this.#connections.size + this.#candidates.size === 0;
  }

  /** The connections that matter as they stand, those that ended before `since` forgotten. */
  current(since: Micros): TcpConnection[] {
    const kept = this.#accounts.filter(({ lastTime }) => lastTime >= since);
    this.#accounts.splice(0, this.#accounts.length, ...kept);
    this.#recognised = kept.filter(({ recognised }) => recognised).length;
    const open = [...this.#connections.values(), ...this.#candidates.values()].flatMap((builder) => {
      const { connection } = builder;
      return connection.recognised || isUnanswered(builder) ? [connection] : [];
    });
    return [...kept, ...open].toSorted((a, b) => a.firstTime - b.firstTime);
  }

  /** Ends all connections; gives the accounts of those that matter, in order of time. */
  finish(): TcpConnection[] {
    this.#candidates.clear();
    this.#connections.clear();
    return this.#accounts.toSorted((a, b) => a.firstTime - b.firstTime);
  }

  /** Moves a candidate to where it belongs. */
  #settle(connection: TcpConnectionBuilder): void {
    if (connection.state === "ours") {
      this.#candidates.remove(this.#key);
      this.#connections.add(this.#key, connection);
    } else if (connection.state === "foreign" && !connection.isLax) {
      // On 4500 it stays, so that its next segment is not taken for the middle of a stream that was missed.
      this.#candidates.remove(this.#key);
    }
  }

  /** Ends the connection that the key stands for: its ports are used again. */
  #forget(connection: TcpConnectionBuilder): void {
    const table = connection.state === "ours" ? this.#connections : this.#candidates;
    table.remove(this.#key);
    this.#end(connection);
  }

  #end(builder: TcpConnectionBuilder): void {
    builder.finish();
    const { connection } = builder;
    if (connection.recognised) {
      if (this.#recognised++ < ACCOUNTS) this.#accounts.push(connection);
      return;
    }
    const unanswered = this.#accounts.length - Math.min(this.#recognised, ACCOUNTS);
    if (isUnanswered(builder) && unanswered < UNANSWERED_ACCOUNTS) this.#accounts.push(connection);
  }

  #boundMemory(): void {
    const { memory, limits } = this.#shared;
    while (memory.bytes > limits.totalBytes) {
      if (this.#candidates.size > 0) this.#candidates.evictOldest();
      else if (this.#connections.size > 0) this.#connections.evictOldest();
      else return;
    }
  }
}

function isUnanswered({ isLax, connection }: TcpConnectionBuilder): boolean {
  return isLax && connection.tries > 0 && connection.client.firstData === null;
}

/** A connection whose SYN is not in the capture: on 4500 any payload may be its first one, else only the prefix. */
function mayBegin(view: PacketView): boolean {
  if (view.payloadLength <= 0) return false;
  const { sourcePort, destinationPort } = view;
  return sourcePort === NAT_T_PORT || destinationPort === NAT_T_PORT || beginsWithPrefix(view);
}
