import { frameName, type FrameRef } from "../../bytes/frame.js";
import { humanDuration, type Micros } from "../../bytes/time.js";
import { mayBeEither, exchangeName } from "../../diagnosis/phases.js";
import type { ToldOutcomes } from "../../diagnosis/told-outcomes.js";
import { IKE_PORT, NAT_T_PORT } from "../../ike/ports.js";
import type { Exchange, IkeSa, Sighting, Transmission } from "../../session/model.js";
import { listed, type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import { outcomeText } from "../outcome.js";
import { abridgedRows, type Run, runsOf } from "./abridged.js";
import { tableLines, type TableShape } from "./table.js";

const ID_COLUMN = 3;
const EXCHANGES: TableShape = {
  rightAligned: ["frame", "time", "port", "attempts"],
  droppable: ["ID", "port"],
  cuttable: ["exchange", "request", "response", "outcome"],
  isWrapped: true,
};
/** If each message was sent once, the outcome needs the room more. */
const SENT_ONCE: TableShape = { ...EXCHANGES, droppable: [...EXCHANGES.droppable, "attempts"] };

/** The part of the captures that decides how a row reads. */
interface ShownCapture {
  readonly severalFiles: boolean;
  /** When they end. */
  readonly end: Micros | null;
}

/** The exchanges of an IKE SA, a row each; of many the first and the last, and those with `cited` frames. */
export function exchangeTable(
  sa: IkeSa,
  start: Micros,
  capture: ShownCapture,
  width: number,
  texts: Texts,
  told: ToldOutcomes,
  cited: ReadonlySet<FrameRef>,
): string[] {
  const head = ["frame", "time", "exchange", "ID", "port", "request", "response", "attempts", "outcome"];
  const row = (exchange: Exchange): string[] => exchangeRow(sa, exchange, start, capture, texts, told);
  const rows = abridgedRows(exchangeRuns(sa, cited), row, head.length, texts);
  // In IKEv1 the Message ID is random: the steps say more, and the room is needed.
  if (sa.majorVersion === 1) for (const row of [head, ...rows]) row.splice(ID_COLUMN, 1);
  const attempts = head.indexOf("attempts");
  const isSentOnce = rows.every((cells) => ["0", "1", "", undefined].includes(cells[attempts]));
  return tableLines(head, rows, isSentOnce ? SENT_ONCE : EXCHANGES, width, texts);
}

/** The meaning of two numbers of attempts, if a row that the table shows has them. */
export function attemptsLegend(sa: IkeSa, cited: ReadonlySet<FrameRef>): Message[] {
  const rows = exchangeRuns(sa, cited).flatMap(({ items, isShown }) => (isShown ? items : []));
  const shown = rows.find(hasTwoCounts);
  if (shown?.response == null) return [];
  const [asked, answered] = [shown.request?.tries ?? 0, shown.response.tries];
  return [
    say`attempts ${asked}/${answered}: the request was sent ${times(asked)}, the response ${times(answered)}`,
  ];
}

function times(count: number): Message {
  return count === 1 ? "once" : say`${count} times`;
}

function hasTwoCounts({ response }: Exchange): boolean {
  return response !== null && response.tries > 1;
}

/** Whether the table of an IKE SA leaves exchanges out. */
export function isAbridged(sa: IkeSa, cited: ReadonlySet<FrameRef>): boolean {
  return exchangeRuns(sa, cited).some(({ isShown }) => !isShown);
}

function exchangeRuns({ exchanges }: IkeSa, cited: ReadonlySet<FrameRef>): Run<Exchange>[] {
  return runsOf(exchanges, ({ request, response }) =>
    [request, response].some((message) =>
      message?.sightings.some(({ frames }) => frames.some((frame) => cited.has(frame))),
    ),
  );
}

function exchangeRow(
  sa: IkeSa,
  exchange: Exchange,
  start: Micros,
  { severalFiles, end }: ShownCapture,
  texts: Texts,
  told: ToldOutcomes,
): string[] {
  const { request, response, startedBy, messageId } = exchange;
  const first = (request ?? response)?.sightings[0];
  const frame = first?.frames[0] ?? 0;
  return [
    frameName(frame, severalFiles),
    first === undefined ? "" : `+${humanDuration(first.time - start)}`,
    stepName(sa, exchange),
    sa.majorVersion === 1 ? "" : String(messageId),
    first === undefined ? "" : portText(first),
    request === null
      ? "-"
      : `${startedBy === "initiator" ? ">" : "<"} ${texts.of(transmissionText(request))}`,
    response === null
      ? "-"
      : `${startedBy === "initiator" ? "<" : ">"} ${texts.of(transmissionText(response))}`,
    response !== null && hasTwoCounts(exchange)
      ? `${request?.tries ?? 0}/${response.tries}`
      : String(request?.tries ?? 0),
    texts.of(outcomeText(sa, exchange, end, told)),
  ];
}

function stepName(sa: IkeSa, exchange: Exchange): string {
  const name = exchangeName(sa, exchange);
  if (sa.majorVersion === 2 || name === "INFORMATIONAL") return name;
  const last = exchange.step + 1;
  if (mayBeEither(sa, exchange)) return `${name} ${exchange.step} or ${last}`;
  return `${name} ${exchange.response === null ? exchange.step : `${exchange.step}-${last}`}`;
}

/** "500 B", with the fragments that it came in. */
function transmissionText({ sightings, fragments, message }: Transmission): Message {
  const first = sightings[0];
  const pieces = Math.max(1, ...sightings.map(({ ipFragments }) => ipFragments));
  const size = fragments === null ? message.header.length : (first?.bytes ?? 0);
  const parts: Message[] = [`${size} B`];
  if (pieces > 1) parts.push(say`${pieces} IP frag`);
  if (fragments !== null) {
    const kind = message.header.majorVersion === 1 ? "frag" : "SKF";
    parts.push(say`${kind} ${fragments.seen.size}/${fragments.total}`);
  }
  return listed(parts, "blank");
}

/** The port of the two that is IKE's; the other may be a NAT device's. */
function portText({ source, destination }: Sighting): string {
  const known = [NAT_T_PORT, IKE_PORT].find((port) => source.port === port || destination.port === port);
  return String(known ?? destination.port);
}
