import { say } from "../../texts/message.js";
import type { Micros } from "../../bytes/time.js";
import type { Severity } from "../../diagnosis/severity.js";
import { isAtLeast } from "../../diagnosis/severity.js";
import { Fleet } from "../../fleet/fleet.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import { renderFleetJson } from "../../report/fleet/json.js";
import { renderFleet } from "../../report/fleet/text.js";
import { paintFor } from "../../report/paint.js";
import type { Presentation } from "../../report/presentation.js";
import { isNatsUrl } from "../nats/server.js";
import { VERSION } from "../version.js";
import { EXIT, UsageError, literal } from "../exit.js";
import { forTerminal } from "../outputs/charset.js";
import { print } from "../outputs/standard-output.js";
import { presentationOf, type PresentationFlags } from "../presentation-options.js";
import { outputWidth } from "../width.js";
import type { ListenAddress } from "../values/listen-address.js";
import type { Served } from "./hub-metrics.js";
import type { HubView } from "./hub-view.js";
import { readEventFile } from "./event-files.js";
import { complain } from "../standard-error.js";

export interface HubFlags extends PresentationFlags {
  readonly format: "text" | "json";
  readonly failOn: Severity | "never";
  /** Events that a server has stored are judged, and nothing is followed. */
  readonly once?: true;
  /** Time after which the share of a hub that is gone is another one's. */
  readonly lease: Micros;
  /** File for events as JSON. */
  readonly json?: string;
  readonly metrics?: ListenAddress;
  readonly metricsHost?: readonly string[];
  readonly page?: ListenAddress;
  readonly natsCreds?: string;
  readonly natsCa?: string;
}

/** Longer lines are hard to read; a pipe has no width of its own. */
const WIDEST = 100;
/** Faults that are told line by line; of the others how many there are. */
const MOST_FAULTS = 5;

/** `ikescope hub`: what the events of several gateways say together, from files or from a server. */
export async function hubCommand(sources: readonly string[], flags: HubFlags): Promise<void> {
  const presentation = await presentationOf(flags);
  const { natsCreds: creds, natsCa: ca, once, format } = flags;
  const [url = ""] = sources;
  const isFollowed = sources.some(isNatsUrl) && once !== true;
  const live = (["json", "metrics", "page"] as const).find((name) => flags[name] !== undefined);
  if (!isFollowed && live !== undefined) {
    throw new UsageError(say`--${live} is for following a server: what is judged once is printed once`);
  }
  if (!sources.some(isNatsUrl)) {
    await report(await judgeFiles(sources), flags, presentation);
    return;
  }
  if (sources.length > 1)
    throw new UsageError("a server stands alone: its stream has the events of all gateways");
  const { followEvents, judgeStored } = await import("./nats-hub.js");
  const { startHubMetrics } = await import("./hub-metrics.js");
  const { openEventFile } = await import("./event-file.js");
  const { startHubPage } = await import("./hub-page.js");
  const server = { url, ...(creds === undefined ? {} : { creds }), ...(ca === undefined ? {} : { ca }) };
  if (once === true) {
    await report(await judgeStored(server, complain), flags, presentation);
    return;
  }
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  const leaseMs = flags.lease / 1000;
  const json = flags.json === undefined ? null : await openEventFile(flags.json, complain);
  const serve = async (source: { view(): HubView }): Promise<readonly Served[]> => {
    const { metrics, page, metricsHost: hosts = [] } = flags;
    return [
      ...(metrics === undefined ? [] : [await startHubMetrics(metrics, source, { version: VERSION, hosts })]),
      ...(page === undefined ? [] : [await startHubPage(page, source, { presentation, hosts })]),
    ];
  };
  await followEvents(server, {
    format,
    presentation,
    signal: ending.signal,
    say: complain,
    leaseMs,
    serve,
    json,
  });
  process.exitCode = EXIT.ok;
}

async function judgeFiles(files: readonly string[]): Promise<FleetJudgement> {
  const fleet = new Fleet();
  for (const file of files) await readInto(fleet, file);
  return fleet.judge(null);
}

async function report(judgement: FleetJudgement, flags: HubFlags, presentation: Presentation): Promise<void> {
  if (judgement.gateways.length === 0) throw new UsageError("there is no event of a gateway to judge");
  await print(rendered(judgement, flags.format, presentation));
  process.exitCode = exitFor(judgement, flags.failOn);
}

async function readInto(fleet: Fleet, source: string): Promise<void> {
  let faults = 0;
  for await (const { number, event } of readEventFile(source)) {
    if (typeof event !== "string") {
      fleet.take(event, null);
      continue;
    }
    faults++;
    if (faults <= MOST_FAULTS)
      complain(say`${literal(source)} line ${number}: ${literal(event)}; it is left out`);
  }
  if (faults > MOST_FAULTS)
    complain(say`${literal(source)}: ${faults - MOST_FAULTS} more lines are left out`);
}

/** The judgement as it is printed. */
function* rendered(
  judgement: FleetJudgement,
  format: HubFlags["format"],
  { clock, names, texts }: Presentation,
): Generator<string> {
  if (format === "json") {
    yield* renderFleetJson(judgement);
    return;
  }
  const paint = paintFor(process.stdout.isTTY && !process.env["NO_COLOR"]);
  const style = { width: outputWidth(WIDEST), paint, clock, names, texts };
  for (const piece of renderFleet(judgement, style)) yield forTerminal(piece, texts.language);
}

function exitFor({ tunnels, findings }: FleetJudgement, failOn: HubFlags["failOn"]): number {
  if (failOn === "never") return EXIT.ok;
  const own = tunnels.flatMap(({ ends }) => ends.flatMap(({ newest }) => newest.account.findings));
  const all = [...findings, ...tunnels.flatMap((tunnel) => tunnel.findings), ...own];
  return all.some(({ severity }) => isAtLeast(severity, failOn)) ? EXIT.found : EXIT.ok;
}
