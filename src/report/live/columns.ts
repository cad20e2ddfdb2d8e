import { hex32 } from "../../bytes/hex.js";
import { type Clock, dateAndTime } from "../../bytes/clock.js";
import type { Micros } from "../../bytes/time.js";
import type { LiveTunnel } from "../../live/tunnel.js";
import type { Paint } from "../paint.js";
import type { Presentation } from "../presentation.js";
import { lossText, shortCount, shortRate, shortSpan } from "./numbers.js";
import type { SortKey } from "./order.js";
import { peersText } from "./peers.js";
import { paintState, stateText } from "./state.js";
import { type Message, say } from "../../texts/message.js";

/** A column of the table of tunnels. */
export interface Column {
  readonly title: string;
  /** Columns of the terminal; null takes the room that is left. */
  readonly width: number | null;
  readonly isRight: boolean;
  /** Which sort key goes by it. */
  readonly sort: SortKey | null;
  /** Its text; `width` columns at most are shown. */
  readonly text: (tunnel: LiveTunnel, now: Micros, width: number, presentation: Presentation) => string;
  readonly paint?: (padded: string, tunnel: LiveTunnel, paint: Paint) => string;
}

const NOTHING = "-";

/** The columns from left to right. */
export const COLUMNS = {
  id: {
    title: "id",
    // Replaced by what the largest number needs.
    width: 2,
    isRight: true,
    sort: null,
    text: ({ id }) => String(id),
  },
  peers: {
    title: "peers",
    width: null,
    isRight: false,
    sort: "peer",
    text: (tunnel, _, width, { names }) => peersText(tunnel, width, names),
  },
  state: {
    title: "state",
    width: 10,
    isRight: false,
    sort: "state",
    text: ({ state }) => stateText(state),
    paint: (padded, { state }, paint) => paintState(state, padded, paint),
  },
  span: {
    title: "for",
    width: 5,
    isRight: true,
    sort: "since",
    text: ({ since }, now) => shortSpan(now - since),
  },
  phase: { title: "phase", width: 15, isRight: false, sort: null, text: ({ phase }) => phase ?? NOTHING },
  finding: { title: "finding", width: 24, isRight: false, sort: null, text: findingText },
  exchange: {
    title: "last exchange",
    width: 15,
    isRight: false,
    sort: null,
    text: ({ lastExchange }) => lastExchange?.name ?? NOTHING,
  },
  answer: {
    title: "answer",
    width: 8,
    isRight: false,
    sort: null,
    text: (tunnel, _, __, { texts }) => texts.of(answerText(tunnel)),
  },
  age: {
    title: "ago",
    width: 5,
    isRight: true,
    sort: null,
    text: ({ lastExchange }, now) => (lastExchange === null ? NOTHING : shortSpan(now - lastExchange.time)),
  },
  resent: {
    title: "resent",
    width: 6,
    isRight: true,
    sort: "retransmissions",
    text: ({ retransmissions }) => shortCount(retransmissions),
  },
  there: {
    title: "->/s",
    width: 5,
    isRight: true,
    sort: "rate",
    text: ({ directions }) => shortRate(directions[0].rate),
  },
  back: {
    title: "<-/s",
    width: 5,
    isRight: true,
    sort: "rate",
    text: ({ directions }) => shortRate(directions[1].rate),
  },
  loss: {
    title: "loss",
    width: 5,
    isRight: true,
    sort: "loss",
    text: ({ directions }) => lossText(directions),
  },
  spis: { title: "SPI ->   SPI <-", width: 21, isRight: false, sort: null, text: spiText },
  heard: {
    title: "heard",
    width: 5,
    isRight: true,
    sort: "heard",
    text: ({ lastTime }, now) => shortSpan(now - lastTime),
  },
  since: {
    // The header says in which time zone.
    title: "since",
    width: 11,
    isRight: false,
    sort: "since",
    text: ({ since }, _, __, { clock }) => clockText(clock, since),
  },
} as const satisfies Readonly<Record<string, Column>>;
export type ColumnName = keyof typeof COLUMNS;

/** The code of the worst finding that is raised; what explains only has no place here. */
function findingText({ findings }: LiveTunnel): string {
  return findings.find(({ finding }) => finding.severity !== "info")?.finding.code ?? NOTHING;
}

/** "ok", "ok, 3x" where it took three tries, "none yet", "none, 4x". */
function answerText({ lastExchange }: LiveTunnel): Message {
  if (lastExchange === null) return NOTHING;
  const { tries, answered } = lastExchange;
  const times = `${shortCount(tries)}x`;
  if (answered) return tries > 1 ? say`ok, ${times}` : "ok";
  return tries > 1 ? say`none, ${times}` : "none yet";
}

/** The newest pair without its prefixes, and how many more there are. */
function spiText({ spis }: LiveTunnel): string {
  const [newest] = spis;
  if (newest === undefined) return NOTHING;
  const side = (spi: number | null): string => (spi === null ? NOTHING : hex32(spi).slice(2)).padEnd(8);
  const more = spis.length > 1 ? ` +${spis.length - 1}` : "";
  return `${side(newest.fromFirst)} ${side(newest.fromSecond)}${more}`;
}

/** "11-21 14:03": the day too, for a table may stand for weeks. */
function clockText(clock: Clock, time: Micros): string {
  return dateAndTime(clock, time).slice(5, 16);
}
