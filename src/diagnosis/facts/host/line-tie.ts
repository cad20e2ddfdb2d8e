import type { Micros } from "../../../bytes/time.js";
import type { HostEvent } from "../../../evidence/record.js";
import { clockOfFile, timeOnCapture } from "../../../joint/joined.js";
import type { LoggedExchange } from "../../../joint/logged-exchange.js";
import type { HostContext } from "../../context.js";
import { isInCapture } from "./events.js";
import { framesOf, joinedFrames } from "./joins.js";

/** How far a line may be from the frames of its exchange, microseconds, where no message ties it. */
const NEAR_US: Micros = 2e6;
/** How long after a request its answer may come, microseconds. */
const ANSWER_US: Micros = 8e6;

/**
 * How a line of a log belongs to the tunnel. exchange: the message that it is about is in the capture. time: the log has no messages,
 * and the line is near to one of the tunnel. Null where it does not, is about a
 * scan, or is about a message that the capture lacks: an old log of the
 * same setup differs in that. Without a tunnel every line is the host's.
 */
export function tieOf(context: HostContext, event: HostEvent): "exchange" | "time" | null {
  const { host, tunnel } = context;
  if (tunnel === null) return "exchange";
  const exchange = host.exchanges.get(event);
  const about = exchange?.before ?? exchange?.after ?? null;
  if (exchange !== undefined && about !== null) {
    const isHere = about.frame?.tunnel === tunnel.tunnel.id && !hasOtherAnswer(context, exchange);
    const isOfScan = tunnel.scans.some(({ sa }) => sa.id === about.frame?.ikeSa);
    return isHere && !isOfScan ? "exchange" : null;
  }
  const { by } = clockOfFile(host, event.source.file);
  if (by === "none") return "time";
  return by === "assumed" && isInCapture(context, event) && isNearFrame(context, event) ? "time" : null;
}

/** Whether the capture shows another answer than the one that the log has behind the line. */
function hasOtherAnswer({ host }: HostContext, { before, after }: LoggedExchange): boolean {
  const said = after?.event.message ?? null;
  const asked = before?.frame ?? null;
  if (said === null || asked === null || after?.frame !== null) return false;
  const others = framesOf(host, asked.tunnel).filter(
    (frame) =>
      frame.response &&
      frame.exchange === asked.exchange &&
      frame.messageId === asked.messageId &&
      frame.length !== said.length &&
      frame.time >= asked.time &&
      frame.time <= asked.time + ANSWER_US,
  );
  return others.some((frame) => !joinedFrames(host).has(frame));
}

function isNearFrame({ host, tunnel }: HostContext, event: HostEvent): boolean {
  const time = timeOnCapture(host, event);
  return (
    time !== null &&
    tunnel !== null &&
    framesOf(host, tunnel.tunnel.id).some(
      (frame) => Math.abs(frame.time - time) <= NEAR_US + (event.stamp?.step ?? 0),
    )
  );
}
