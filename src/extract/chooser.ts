import type { Address } from "../bytes/address.js";
import { frameRef } from "../bytes/frame.js";
import type { CaptureRecord } from "../capture/source.js";
import { SMALLEST_JUMP } from "../diagnosis/clock.js";
import { IKE_PORT, NAT_T_PORT } from "../ike/ports.js";
import type { EvidenceSelection } from "../report/evidence/selection.js";
import { FrameLooker } from "./frame-looker.js";
import type { Look } from "./look.js";
import { StreamEnds } from "./streams.js";

/** How a chosen frame is kept. */
export interface Chosen {
  readonly reasons: readonly string[];
  /** End of the kept bytes in the record. */
  readonly end: number;
}

/** Examples that are enough: keepalives of a sender, packets that are none of ours. */
const KEEPALIVES = 3;
const OTHERS = 2;
const CLEAR = 64;
const STEPS_BACK = 256;
/** Segments of a TCP connection. */
const SEGMENTS = 2000;
/** A datagram's fragments come within this time (RFC 8200 section 4.5 allows 60 s, stacks 30 s). */
const REASSEMBLY = 30_000_000;
const DATAGRAMS = 1024;

/** Decides frame by frame what an extract holds. Memory is bounded by the selection. */
export class FrameChooser {
  readonly #selection: EvidenceSelection;
  readonly #looker = new FrameLooker();
  readonly #streams: StreamEnds;
  readonly #peers = new Map<Address, Set<Address>>();
  readonly #connections = new Map<string, number>();
  readonly #quota = new Map<string, number>();
  /** Fragmented datagrams that are wanted whole, with the time of their first fragment. */
  readonly #datagrams = new Map<string, number>();
  readonly #seen: number[];
  /** Time of the last frame of each file. */
  readonly #times: number[] = [];
  readonly #marked = new Set<string>();
  /** Pairs of addresses of which a packet in clear is cited. */
  readonly #cited = new Set<string>();

  constructor(selection: EvidenceSelection) {
    this.#selection = selection;
    this.#streams = new StreamEnds(selection.streams);
    this.#seen = selection.files.map(() => 0);
    for (const addresses of selection.peers) {
      for (const one of addresses) {
        const others = this.#peers.get(one) ?? new Set<Address>();
        for (const other of addresses) others.add(other);
        this.#peers.set(one, others);
      }
    }
    for (const [client, server] of selection.connections) {
      this.#connections.set(connectionKey(client.address, client.port, server.address, server.port), 0);
    }
  }

  /** The part of the frame to keep; null if it is not wanted. Every frame has to be shown, in order. */
  choose(record: CaptureRecord): Chosen | null {
    const named = this.#selection.frames.get(frameRef(record.capture, record.frame));
    const look = this.#looker.look(record);
    const byKind = this.#byKind(look, record, named !== undefined);
    const reasons = named ?? (byKind === null ? null : [byKind]);
    const mark = this.#landmark(look, record);
    if (reasons === null && mark === null) return null;
    const marks = mark === null ? [] : [`context: ${mark}`];
    // One message of a tunnel that is not shown otherwise would say something else than all of them.
    if (reasons === null) return { reasons: marks, end: look.headEnd };
    // So would a few ESP packets of a stream whose ends are not shown: most of it would seem to be lost.
    const isEsp = look.kind === "esp" || look.kind === "ah";
    if (isEsp && !this.#streams.keeps(look)) return { reasons: [...reasons, ...marks], end: look.headEnd };
    const isWhole = look.kind === "tcp" || (look.kind === "esp" && this.#selection.isEspWhole);
    return { reasons: [...reasons, ...marks], end: isWhole ? record.end : look.cutEnd };
  }

  #byKind(look: Look, { time }: CaptureRecord, named: boolean): string | null {
    switch (look.kind) {
      case "esp":
      case "ah":
        return this.#streams.count(look);
      case "fragment":
        return this.#fragment(look, time, named);
      case "keepalive":
        return this.#arePeers(look) && this.#take(`keepalive ${look.source}`, KEEPALIVES)
          ? "context: NAT-T keepalive"
          : null;
      case "tcp":
        return this.#segment(look);
      case "other":
        return this.#clear(look, named);
      case "ike":
      case "icmp":
        return null;
    }
  }

  /** A finding that cites a packet in clear is about the others between the same two hosts too. */
  #clear({ source, destination }: Look, named: boolean): string | null {
    const pair = source < destination ? `${source} ${destination}` : `${destination} ${source}`;
    if (named && source !== "") this.#cited.add(pair);
    return this.#cited.has(pair) && this.#take(`clear ${pair}`, CLEAR)
      ? "context: a packet in clear between the same two"
      : null;
  }

  /** All fragments of a datagram or none: where one of them is wanted, those that come later are too. */
  #fragment(look: Look, time: number, named: boolean): string | null {
    const { datagram } = look;
    const since = this.#datagrams.get(datagram);
    if (since !== undefined && Math.abs(time - since) > REASSEMBLY) this.#datagrams.delete(datagram);
    else if (since !== undefined) return "context: further fragment of a datagram";
    const isExample =
      look.maybeEsp &&
      this.#arePeers(look) &&
      this.#take(`fragmented ${look.source} ${look.destination}`, this.#selection.fragmented);
    if (!named && !isExample) return null;
    this.#datagrams.set(datagram, time);
    if (this.#datagrams.size > DATAGRAMS) {
      for (const oldest of this.#datagrams.keys()) {
        this.#datagrams.delete(oldest);
        break;
      }
    }
    return isExample ? "context: ESP in IP fragments" : null;
  }

  #segment(look: Look): string | null {
    const key = connectionKey(look.source, look.sourcePort, look.destination, look.destinationPort);
    const segments = this.#connections.get(key);
    if (segments === undefined || segments >= SEGMENTS) return null;
    this.#connections.set(key, segments + 1);
    return "context: segment of a TCP connection";
  }

  /** Frames that prove what else there was, and when the capture began and ended. */
  #landmark(look: Look, { capture, frame, time }: CaptureRecord): string | null {
    const named = this.#selection.marks.get(frameRef(capture, frame));
    const stepBack = this.#stepBack(capture, time);
    const marks = [this.#edge(capture, time), named ?? stepBack, this.#proof(look)];
    const kept = marks.filter((mark) => mark !== null);
    return kept.length === 0 ? null : kept.join("; ");
  }

  /** Without the frame that a clock was set back to, the one behind it may seem to lie further back than any did. */
  #stepBack(capture: number, time: number): string | null {
    const by = (this.#times[capture] ?? -Infinity) - time;
    this.#times[capture] = time;
    return by >= SMALLEST_JUMP && this.#take("step back", STEPS_BACK) ? "the time goes back" : null;
  }

  #edge(capture: number, time: number): string | null {
    const file = this.#selection.files[capture];
    if (file === undefined) return null;
    const number = (this.#seen[capture] ?? 0) + 1;
    this.#seen[capture] = number;
    if (number === 1) return "first frame of the capture";
    if (number === file.packets) return "last frame of the capture";
    if (time === file.firstTime && this.#once(`first ${capture}`)) return "earliest frame of the capture";
    if (time === file.lastTime && this.#once(`last ${capture}`)) return "latest frame of the capture";
    return null;
  }

  #proof({ kind, isNotIp, sourcePort, destinationPort, encapsulation }: Look): string | null {
    if (kind === "other") {
      // A filter that names protocols of IP leaves out what is none, and ESP perhaps.
      return this.#take(`other ${isNotIp}`, OTHERS)
        ? "a packet of another kind: no filter kept those out"
        : null;
    }
    if (encapsulation === "esp" && this.#once("esp")) return "first ESP packet of the capture";
    if (kind !== "ike" && kind !== "keepalive" && encapsulation !== "udp") return null;
    const port = [sourcePort, destinationPort].includes(NAT_T_PORT) ? NAT_T_PORT : IKE_PORT;
    return this.#once(`port ${port}`) ? `first packet of the capture on UDP ${port}` : null;
  }

  #arePeers({ source, destination }: Look): boolean {
    return this.#peers.get(source)?.has(destination) === true;
  }

  #once(what: string): boolean {
    const isNew = !this.#marked.has(what);
    this.#marked.add(what);
    return isNew;
  }

  #take(what: string, most: number): boolean {
    const taken = this.#quota.get(what) ?? 0;
    if (taken >= most) return false;
    this.#quota.set(what, taken + 1);
    return true;
  }
}

/** The same for both directions. */
function connectionKey(one: Address, onePort: number, other: Address, otherPort: number): string {
  const [a, b] = [`${one} ${onePort}`, `${other} ${otherPort}`];
  return a < b ? `${a}|${b}` : `${b}|${a}`;
}
