import { ipv4At, ipv6At } from "../../bytes/address.js";
import { describeProblem, type DecodeProblem } from "../../bytes/problem.js";
import type { FrameRef } from "../../bytes/frame.js";
import type { Micros } from "../../bytes/time.js";
import { NAT_T_PORT } from "../../ike/ports.js";
import { HTTPS_PORT, type TcpRecord } from "../../ike/tcp-record.js";
import type { PacketView } from "../../packet/packet.js";
import { TCP_FLAG } from "../../packet/tcp/flags.js";
import type { HostSide, Moment, TcpConnection, TcpEnding } from "../model.js";
import {
  beginsWithPrefix,
  TcpDirection,
  type TcpShared,
  type TcpOwner,
  type TcpSender,
} from "./tcp-direction.js";

/** Segments that may pass without any sign of IKE or ESP before the connection counts as another one. */
const PATIENCE = 8;
/** A SYN is repeated after a second (RFC 6298 section 2); what comes sooner is a copy in the capture. */
const COPY_WINDOW = 500_000;
const OPENINGS_KEPT = 8;
const BOTH_WAYS = 3;

/** The taker of the records of all connections. */
export interface TcpTraffic {
  record(sender: TcpSender, record: TcpRecord): void;
  malformed(sender: TcpSender, reason: string, frame: FrameRef, time: Micros): void;
}

/**
 * Follows one TCP connection on a port that IKE may use, until it is clear what it carries: IKE and ESP (RFC 9329), or
 * something else. Keeps what the diagnosis wants to know of it.
 */
export class TcpConnectionBuilder implements TcpOwner {
  state: "undecided" | "ours" | "foreign" = "undecided";
  /** On 4500 streams without prefix are recognised too: the capture may have begun later, or the peer be lax. */
  readonly isLax: boolean;
  readonly #traffic: TcpTraffic;
  /** The direction of the first end of the key, then of the second. */
  readonly #directions: readonly [TcpDirection, TcpDirection];
  #client: 0 | 1;
  readonly #opening: Moment[] = [];
  #tries = 0;
  #accepted: Moment | null = null;
  #ending: TcpEnding | null = null;
  /** Which directions had payload behind the RST, as bits: nobody who goes on sending both ways was reset. */
  #wentOn = 0;
  #fault: string | null = null;
  #silent = 0;
  readonly #firstTime: Micros;
  #lastTime: Micros;

  /** Begins with the segment of `view`; `swapped`: its source is the second end of the key. */
  constructor(traffic: TcpTraffic, shared: TcpShared, view: PacketView, swapped: boolean, time: Micros) {
    const { sourcePort, destinationPort } = view;
    this.#traffic = traffic;
    this.isLax = sourcePort === NAT_T_PORT || destinationPort === NAT_T_PORT;
    const addressAt = view.ipVersion === 4 ? ipv4At : ipv6At;
    const source = addressAt(view.addressBytes, view.sourceAt);
    const destination = addressAt(view.addressBytes, view.destinationAt);
    const sent = new TcpDirection(this, shared, view, false, source, destination, this.isLax);
    const answered = new TcpDirection(this, shared, view, true, destination, source, this.isLax);
    this.#directions = swapped ? [answered, sent] : [sent, answered];
    this.#client = isServerPort(sourcePort) && !isServerPort(destinationPort) !== swapped ? 1 : 0;
    this.#firstTime = time;
    this.#lastTime = time;
  }

  /** Whether the SYN at hand opens this connection, rather than another one with the same ports. */
  isOpenedBy(view: PacketView, swapped: boolean): boolean {
    const direction = this.#directions[swapped ? 1 : 0];
    return direction.firstSequence === null
      ? direction.side.firstData === null
      : direction.firstSequence === behindSyn(view);
  }

  /** Takes one segment, with payload or without. */
  segment(
    view: PacketView,
    swapped: boolean,
    frame: FrameRef,
    time: Micros,
    nanos: number,
    hostSide: HostSide,
  ): void {
    const from = swapped ? 1 : 0;
    const direction = this.#directions[from];
    this.#lastTime = Math.max(this.#lastTime, time);
    const { tcpFlags } = view;
    if ((tcpFlags & TCP_FLAG.syn) !== 0) this.#syn(view, from, { frame, time });
    else direction.heard(view, time, hostSide);
    if ((tcpFlags & TCP_FLAG.rst) !== 0) {
      this.#endedBy("rst", direction, frame, time);
      return;
    }
    if (view.payloadLength > 0 && this.state !== "foreign") {
      this.#payload(view, from, frame, time, nanos);
    }
    if ((tcpFlags & TCP_FLAG.fin) !== 0) this.#endedBy("fin", direction, frame, time);
  }

  #payload(view: PacketView, from: 0 | 1, frame: FrameRef, time: Micros, nanos: number): void {
    const direction = this.#directions[from];
    if (this.#ending?.by === "rst" && (this.#wentOn |= 1 << from) === BOTH_WAYS) this.#ending = null;
    if (this.state === "undecided" && beginsWithPrefix(view)) this.#client = from;
    direction.take(view, frame, time, nanos, from === this.#client, this.state === "ours");
    this.#decide(direction);
  }

  /** The connection is over, or no longer followed. */
  finish(): void {
    for (const direction of this.#directions) {
      if (this.state !== "foreign" && (this.isLax || this.state === "ours")) direction.finish();
      else direction.drop();
    }
  }

  get connection(): TcpConnection {
    const client = this.#directions[this.#client].side;
    const server = this.#directions[this.#client === 0 ? 1 : 0].side;
    return {
      client,
      server,
      recognised: this.state === "ours",
      opening: this.#opening,
      tries: this.#tries,
      accepted: this.#accepted,
      ending: this.#ending,
      fault: this.#fault,
      firstTime: this.#firstTime,
      lastTime: this.#lastTime,
    };
  }

  recognised(): void {
    if (this.state === "undecided") this.state = "ours";
  }

  unrecognised(certain: boolean): void {
    if (this.state !== "undecided") return;
    this.#silent++;
    if (certain || this.#silent > PATIENCE) this.state = "foreign";
  }

  broken(sender: TcpSender, problem: DecodeProblem, frame: FrameRef, time: Micros): void {
    this.#fault = describeProblem(problem);
    this.#traffic.malformed(sender, this.#fault, frame, time);
  }

  record(sender: TcpSender, record: TcpRecord): void {
    this.#traffic.record(sender, record);
  }

  #syn(view: PacketView, from: 0 | 1, moment: Moment): void {
    const direction = this.#directions[from];
    direction.firstSequence = behindSyn(view);
    if ((view.tcpFlags & TCP_FLAG.ack) !== 0) {
      this.#accepted ??= moment;
      this.#client = from === 0 ? 1 : 0;
      return;
    }
    this.#client = from;
    const last = this.#opening.at(-1);
    if (last !== undefined && moment.time - last.time < COPY_WINDOW) return;
    this.#tries++;
    if (this.#opening.length < OPENINGS_KEPT) this.#opening.push(moment);
  }

  #endedBy(by: TcpEnding["by"], { source }: TcpDirection, frame: FrameRef, time: Micros): void {
    if (this.#ending === null) {
      this.#ending = { by, source: source.address, frame, time };
      this.#wentOn = 0;
    }
    if (by === "rst" && this.state === "ours") for (const each of this.#directions) each.flush();
  }

  /** Decides what the connection is, where its last segment settled that. */
  #decide(direction: TcpDirection): void {
    if (this.state === "undecided" && direction.waiting > PATIENCE) {
      if (this.isLax) direction.flush();
      else this.state = "foreign";
    }
    if (this.state === "ours") for (const each of this.#directions) each.release();
    if (this.state === "foreign") for (const each of this.#directions) each.drop();
  }
}

function behindSyn({ tcpSequence }: PacketView): number {
  return (tcpSequence + 1) >>> 0;
}

function isServerPort(port: number): boolean {
  return port === NAT_T_PORT || port === HTTPS_PORT;
}
