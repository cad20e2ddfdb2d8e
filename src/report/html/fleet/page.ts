import { dateAndTime } from "../../../bytes/clock.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { Gateway } from "../../../fleet/gateway.js";
import { SILENT_AFTER } from "../../../fleet/rules/gateway-silent.js";
import type { TunnelSummary } from "../../../fleet/summary.js";
import { FLEET_STATES } from "../../../fleet/tunnel.js";
import { type Message, say } from "../../../texts/message.js";
import type { FleetEvent } from "../../fleet/event.js";
import { peersText } from "../../fleet/peers.js";
import type { Presentation } from "../../presentation.js";
import { htmlText } from "../escape.js";
import { FLEET_STYLE } from "./style.js";
import { clockedTexts } from "../../clocked-texts.js";

/** All that the page shows. */
export interface FleetPageData {
  readonly time: Micros;
  readonly gateways: readonly Gateway[];
  readonly tunnels: readonly TunnelSummary[];
  readonly raised: readonly FleetEvent[];
}

/** The part that is asked for: words that a row must have, and a page of the tunnels from 0. */
export interface FleetPageQuery {
  readonly words: string;
  readonly page: number;
}

/** Names of the files beside the page: all tunnels, and all findings that are raised. */
export const FLEET_FILES = {
  tunnels: "ikescope-fleet-tunnels.csv",
  findings: "ikescope-fleet-findings.ndjson",
} as const;

/** Rows of one page; findings and gateways are cut at as many. */
const ROWS = 200;
/** Seconds after which a browser asks again. */
const REFRESH = 10;

/** The fleet as a page without scripts: findings, tunnels with the worst first, gateways. */
export function renderFleetPage(
  data: FleetPageData,
  { words, page }: FleetPageQuery,
  { clock, names, texts: plain }: Presentation,
): string {
  const texts = clockedTexts(plain, clock);
  const t = (message: Message): string => htmlText(names.in(texts.of(message)));
  const shown = (text: string): string => htmlText(names.in(text));
  const when = (time: Micros): string => (Number.isFinite(time) ? htmlText(dateAndTime(clock, time)) : "");
  const isAsked = searchFor(words);
  const findings = data.raised
    .filter((event) => isAsked([event.code, event.headline, event.peers ?? ""]))
    .toSorted((a, b) => rank(a) - rank(b) || b.time - a.time);
  const tunnels = data.tunnels
    .filter((tunnel) => isAsked(textsOf(tunnel)))
    .toSorted((a, b) => FLEET_STATES.indexOf(a.state) - FLEET_STATES.indexOf(b.state));
  const gateways = data.gateways.filter((gateway) =>
    isAsked([gateway.name, ...Object.entries(gateway.labels).map(([key, value]) => `${key}=${value}`)]),
  );
  const from = Math.min(page, Math.max(0, Math.ceil(tunnels.length / ROWS) - 1)) * ROWS;
  const counts = FLEET_STATES.map((state) => ({
    state,
    count: data.tunnels.filter((tunnel) => tunnel.state === state).length,
  }));
  const tunnelsOf = ownTunnels(data.tunnels);
  const link = (to: number): string => `?q=${encodeURIComponent(words)}&amp;page=${to}`;
  return `<!doctype html>
<html lang="${texts.language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="${REFRESH}">
<title>ikescope hub</title>
<style>${FLEET_STYLE}</style>
<h1>${counts
    .filter(({ count }) => count > 0)
    .map(({ state, count }) => `<span class="${state}">${t(state)} ${count}</span>`)
    .join(" ")}</h1>
<p>${t(say`${data.tunnels.length} tunnels, ${data.gateways.length} gateways, ${dateAndTime(clock, data.time)} ${clock.name}`)}</p>
<p>${t("Save:")} <a href="${FLEET_FILES.tunnels}" download>${t("Tunnels (CSV)")}</a> <a href="${FLEET_FILES.findings}" download>${t("Findings (JSON)")}</a> <i>${t("packets and messages are with the gateways: their own pages show them")}</i></p>
<form><label>${t("Filter")} <input name="q" value="${htmlText(words)}"></label></form>
${section(
  t("Findings"),
  [t("severity"), t("finding"), t("tunnel"), t("since")],
  findings
    .slice(0, ROWS)
    .map(({ severity, code, headline, peers, time }) => [
      `<span class="${severity}">${t(severity)}</span>`,
      `<b>${htmlText(code)}</b> ${shown(headline)}`,
      shown(peers ?? ""),
      when(time),
    ]),
)}
${findings.length > ROWS ? `<p>${t(say`${findings.length - ROWS} more findings; the filter finds them`)}</p>` : ""}
${section(
  t("Tunnels"),
  [t("state"), t("gateways"), t("peers"), t("findings"), t("since")],
  tunnels
    .slice(from, from + ROWS)
    .map(({ state, ends, codes, since, isAmbiguous }) => [
      `<span class="${state}">${t(state)}</span>`,
      htmlText(ends.map(({ gateway }) => gateway).join(" - ")) +
        (ends.length === 2 ? "" : ` <i>${t(isAmbiguous ? "several other ends" : "one end")}</i>`),
      shown(peersText(ends)),
      htmlText(codes.join(", ")),
      when(since),
    ]),
)}
<p>${t(say`${tunnels.length} of ${data.tunnels.length} tunnels`)}${from > 0 ? ` <a href="${link(from / ROWS - 1)}">${t("back")}</a>` : ""}${
    from + ROWS < tunnels.length ? ` <a href="${link(from / ROWS + 1)}">${t("more")}</a>` : ""
  }</p>
${section(
  t("Gateways"),
  [t("gateway"), t("labels"), t("tunnels"), t("newest event"), t("capture")],
  gateways.slice(0, ROWS).map((gateway) => [
    htmlText(gateway.name),
    htmlText(
      Object.entries(gateway.labels)
        .map(([key, value]) => `${key}=${value}`)
        .join(" "),
    ),
    String(tunnelsOf.get(gateway.name) ?? 0),
    when(gateway.lastTime),
    captureOf(gateway, data.time, t),
  ]),
)}
${gateways.length > ROWS ? `<p>${t(say`${gateways.length - ROWS} more gateways; the filter finds them`)}</p>` : ""}
</html>
`;
}

function section(title: string, heads: readonly string[], rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return "";
  const cells = (kind: "th" | "td", values: readonly string[]): string =>
    `<tr>${values.map((value) => `<${kind}>${value}</${kind}>`).join("")}</tr>`;
  return `<h2>${title}</h2>
<table><thead>${cells("th", heads)}</thead><tbody>
${rows.map((row) => cells("td", row)).join("\n")}
</tbody></table>`;
}

function captureOf(
  { status, hasEnded, lastArrival, missed }: Gateway,
  now: Micros,
  t: (message: Message) => string,
): string {
  const parts: Message[] = [];
  if (hasEnded) parts.push("ended");
  else if (lastArrival !== null && now - lastArrival > SILENT_AFTER) {
    parts.push(say`silent for ${humanDuration(now - lastArrival)}`);
  } else if (status !== null) parts.push(status.isCapturing ? "capturing" : "does not capture");
  const dropped = status?.dropped ?? 0;
  if (dropped > 0) parts.push(say`${dropped} packets dropped by the capture`);
  if (missed > 0) parts.push(say`${missed} events missing`);
  return parts.map(t).join(", ");
}

function ownTunnels(tunnels: readonly TunnelSummary[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { ends } of tunnels) {
    for (const gateway of new Set(ends.map((end) => end.gateway))) {
      counts.set(gateway, (counts.get(gateway) ?? 0) + 1);
    }
  }
  return counts;
}

/** Whether a row has all of the words, in any order. */
function searchFor(words: string): (texts: readonly string[]) => boolean {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean);
  return (texts) => {
    const text = texts.join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  };
}

function textsOf({ state, ends, codes }: TunnelSummary): string[] {
  return [state, ...codes, ...ends.flatMap(({ gateway, peers }) => [gateway, ...peers])];
}

const SEVERITY_ORDER = ["critical", "warning", "info"] as const;

function rank({ severity }: FleetEvent): number {
  return SEVERITY_ORDER.indexOf(severity);
}
