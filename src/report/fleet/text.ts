import { type Clock, dateAndTime, timeOfDay } from "../../bytes/clock.js";
import { printable } from "../../bytes/text.js";
import type { Status } from "../../diagnosis/finding.js";
import type { End } from "../../fleet/end.js";
import type { FleetFinding } from "../../fleet/finding.js";
import type { Gateway } from "../../fleet/gateway.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import type { FleetState, FleetTunnel } from "../../fleet/tunnel.js";
import { type Message, say } from "../../texts/message.js";
import type { Texts } from "../../texts/texts.js";
import type { Paint } from "../paint.js";
import type { AddressNames } from "../address-names.js";
import { wrap } from "../wrap.js";
import { clockedTexts } from "../clocked-texts.js";

export interface FleetStyle {
  readonly width: number;
  readonly paint: Paint;
  readonly clock: Clock;
  readonly names: AddressNames;
  readonly texts: Texts;
}

/** Colours of the states are those of verdicts. */
const STATUS: Readonly<Record<FleetState, Status>> = {
  failing: "failing",
  degraded: "degraded",
  down: "degraded",
  unknown: "nothing-to-judge",
  working: "healthy",
};
/** Tunnels that are shown one by one; the JSON has them all. */
const MOST_SHOWN = 50;

/** The judgement over all gateways for people: what fails first, then the gateways. Working tunnels are counted. */
export function* renderFleet(judgement: FleetJudgement, style: FleetStyle): Generator<string> {
  const { gateways, tunnels, findings } = judgement;
  yield `${headLine(judgement, style)}\n\n`;
  for (const finding of findings) yield* lines(findingLines(finding, style));
  const telling = tunnels.filter(isTold);
  for (const tunnel of telling.slice(0, MOST_SHOWN)) yield* lines(tunnelLines(tunnel, style));
  const left = telling.length - MOST_SHOWN;
  if (left > 0)
    yield `${style.texts.of(say`${left} more tunnels are left out here; -f json has them all`)}\n\n`;
  yield `${style.paint.bold(style.texts.of("GATEWAYS"))}\n`;
  for (const gateway of gateways) yield `${gatewayLine(gateway, judgement, style)}\n`;
}

function* lines(all: readonly string[]): Generator<string> {
  yield `${all.join("\n")}\n\n`;
}

/** Tunnels that work and have no finding are only counted. */
function isTold({ state, findings }: FleetTunnel): boolean {
  return state === "failing" || state === "degraded" || state === "down" || findings.length > 0;
}

function headLine({ gateways, tunnels }: FleetJudgement, { paint, texts }: FleetStyle): string {
  const count = (state: FleetState): number => tunnels.filter((tunnel) => tunnel.state === state).length;
  const worst = (["failing", "degraded", "down"] as const).find((state) => count(state) > 0);
  const known = tunnels.filter(({ ends }) => ends.length === 2).length;
  const state = worst ?? (count("working") > 0 ? "working" : "unknown");
  const about = texts.of(
    say`${count(state)} of ${tunnels.length} tunnels; ${known} with both ends, ${gateways.length} gateways`,
  );
  return `${stateText(state, paint, texts)}  ${about}`;
}

function stateText(state: FleetState, paint: Paint, texts: Texts): string {
  return paint.status(STATUS[state], texts.of(state.toUpperCase()));
}

function tunnelLines(tunnel: FleetTunnel, style: FleetStyle): string[] {
  const { state, ends, since, findings } = tunnel;
  const { paint, clock, texts, names, width } = style;
  const who = ends.map(({ gateway }) => gateway.name).join(" - ");
  const [first] = ends;
  const peers = names.in(printable(first.newest.account.peers.join(" - ")));
  const when = texts.of(say`since ${dateAndTime(clock, since)} ${clock.name}`);
  return [
    `${stateText(state, paint, texts)}  ${paint.bold(who)}  ${peers}  ${paint.dim(when)}`,
    ...findings.flatMap((finding) => findingLines(finding, style).map((line) => `  ${line}`)),
    ...ends.flatMap((end) => endLines(end, style)),
    ...(ends.length === 1 ? wrap(texts.of(aloneText(tunnel)), width, "  ") : []),
  ];
}

function aloneText({ isAmbiguous, clients }: FleetTunnel): Message {
  if (isAmbiguous) return "Several gateways may be the other end: their accounts have the same SPIs.";
  return clients === 0
    ? "The other end does not publish: what is lost between is not to be seen."
    : say`${clients} clients behind one address publish; each is listed with its own part of this end.`;
}

/** Lines about what an end says by itself. */
function endLines({ gateway, newest: { account } }: End, { texts, width }: FleetStyle): string[] {
  const told = account.findings.filter(({ severity }) => severity !== "info");
  const said = told.map(({ code, confidence }) => `${code} (${texts.of(confidence)})`).join(", ");
  const text = said === "" ? texts.of(account.state) : said;
  return wrap(texts.of(say`at ${gateway.name} alone: ${text}`), width, "    ", "  ");
}

function findingLines(
  finding: FleetFinding,
  { width, paint, clock, names, texts: plain }: FleetStyle,
): string[] {
  const texts = clockedTexts(plain, clock);
  const { code, severity, confidence, headline, summary, evidence, remedies } = finding;
  const shown = (text: string): string => names.in(printable(text));
  return [
    `${paint.severity(severity, texts.of(severity.toUpperCase()))}  ${paint.bold(code)}  ${paint.dim(texts.of(confidence))}`,
    ...wrap(shown(texts.of(headline)), width - 2, "  ").map(paint.bold),
    ...wrap(shown(texts.of(summary)), width - 2, "  "),
    ...evidence.flatMap(({ gateway, time, text }) => {
      const when = time === null || !Number.isFinite(time) ? "" : ` ${timeOfDay(clock, time)}`;
      return wrap(`${gateway}${when}  ${shown(texts.of(text))}`, width - 2, "      ", "    ");
    }),
    ...remedies.flatMap((remedy, at) => wrap(shown(texts.of(remedy)), width - 2, "     ", `  ${at + 1}. `)),
  ];
}

function gatewayLine(gateway: Gateway, { tunnels }: FleetJudgement, { clock, texts }: FleetStyle): string {
  const { name, labels, lastTime, missed, hasEnded, status } = gateway;
  const own = tunnels.filter(({ ends }) => ends.some((end) => end.gateway === gateway)).length;
  const parts = [
    ...Object.entries(labels).map(([key, value]) => `${key}=${printable(value)}`),
    texts.of(say`${own} tunnels`),
    texts.of(say`newest event ${dateAndTime(clock, lastTime)} ${clock.name}`),
    ...(hasEnded ? [texts.of("ended")] : []),
    ...(status?.isCapturing === false && !hasEnded ? [texts.of("does not capture")] : []),
    ...((status?.dropped ?? 0) > 0
      ? [texts.of(say`${status?.dropped ?? 0} packets dropped by the capture`)]
      : []),
    ...(missed > 0 ? [texts.of(say`${missed} events missing`)] : []),
  ];
  return `  ${name}  ${parts.join("  ")}`;
}
