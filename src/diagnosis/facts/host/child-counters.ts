import { hex32 } from "../../../bytes/hex.js";
import type { Counted, StatusChild, XfrmState } from "../../../evidence/record.js";
import { say } from "../../../texts/message.js";
import type { HostContext } from "../../context.js";
import type { Verdict } from "../../finding.js";
import { isInbound, statesOf } from "./kernel.js";
import { dumpLine } from "./lines.js";

/** The count of a host for one SPI of a Child SA. */
export interface SpiCount {
  readonly spi: number;
  /** Null where the text tells bytes alone. */
  readonly packets: number | null;
  readonly bytes: number | null;
  /** Refused by the state: repeats and packets with a wrong ICV. A status of the daemon does not tell them. */
  readonly refused: number;
}

/** A Child SA of the tunnel as a host has counted it; a direction that its texts do not tell is null. */
export interface ChildCount {
  readonly by: "kernel" | "status";
  readonly received: SpiCount | null;
  readonly sent: SpiCount | null;
  /** Lines that say it. */
  readonly lines: NonNullable<Verdict["lines"]>;
}

/** The Child SAs of the tunnel by the newest counters of the host, by those of the kernel first. */
export function childCounts(context: HostContext): ChildCount[] {
  const ofKernel = kernelCounts(context);
  return ofKernel.length > 0 ? ofKernel : statusCounts(context);
}

function kernelCounts(context: HostContext): ChildCount[] {
  const states = (statesOf(context) ?? []).filter(({ larval, packets }) => !larval && packets !== null);
  const inbound = states.filter((state) => isInbound(context, state));
  const pairs = inbound.map((state) => ({ received: state, sent: partnerOf(state, states) }));
  const alone = states.filter(
    (state) => !isInbound(context, state) && pairs.every(({ sent }) => sent !== state),
  );
  return [...pairs, ...alone.map((sent) => ({ received: null, sent }))].map(({ received, sent }) => ({
    by: "kernel",
    received: received === null ? null : stateCount(received),
    sent: sent === null ? null : stateCount(sent),
    lines: [received, sent].flatMap((state) =>
      state === null
        ? []
        : [dumpLine(state.source, say`state ${hex32(state.spi)} has counted ${state.packets ?? 0} packets`)],
    ),
  }));
}

/** The state of the other direction, by reqid and ends; null where there are several, as in a rekey. */
function partnerOf({ src, dst, reqid }: XfrmState, states: readonly XfrmState[]): XfrmState | null {
  const back = (state: XfrmState): boolean => state.src === dst && state.dst === src && state.reqid === reqid;
  const same = states.filter((state) => state.src === src && state.dst === dst && state.reqid === reqid);
  const [partner, ...more] = states.filter(back);
  return partner === undefined || more.length > 0 || same.length > 1 ? null : partner;
}

function stateCount({ spi, packets, bytes, replay, failed }: XfrmState): SpiCount {
  return { spi, packets, bytes, refused: (replay ?? 0) + (failed ?? 0) };
}

function statusCounts({ host, tunnel }: HostContext): ChildCount[] {
  const spis = new Set(tunnel?.tunnel.streams.map(({ spi }) => spi));
  const listed = host.records.children.at(-1)?.entries ?? [];
  const own = listed.filter(
    ({ spiIn, spiOut }) => (spiIn !== null && spis.has(spiIn)) || (spiOut !== null && spis.has(spiOut)),
  );
  return own.map((child) => ({
    by: "status",
    received: statusCount(child.spiIn, child.countedIn),
    sent: statusCount(child.spiOut, child.countedOut),
    lines: [
      dumpLine(
        child.source,
        say`"${child.name}" has counted ${shown(child.countedIn)} in, ${shown(child.countedOut)} out`,
      ),
    ],
  }));
}

function statusCount(spi: StatusChild["spiIn"], counted: Counted | null): SpiCount | null {
  if (spi === null || counted === null) return null;
  return { spi, ...counted, packets: counted.packets ?? (counted.bytes === 0 ? 0 : null), refused: 0 };
}

function shown(counted: Counted | null) {
  if (counted === null) return "?";
  const { packets, bytes } = counted;
  return packets === null ? say`${bytes ?? 0} bytes` : say`${packets} packets`;
}
