import { say } from "../../texts/message.js";
import { isAtLeast } from "../../diagnosis/severity.js";
import { Fleet } from "../../fleet/fleet.js";
import type { FleetJudgement } from "../../fleet/judge.js";
import { renderFleetJson } from "../../report/fleet/json.js";
import { renderFleet } from "../../report/fleet/text.js";
import { paintFor } from "../../report/paint.js";
import type { Presentation } from "../../report/presentation.js";
import { VERSION } from "../version.js";
import { EXIT, UsageError, literal } from "../exit.js";
import { forTerminal } from "../outputs/charset.js";
import { print } from "../outputs/standard-output.js";
import { outputWidth } from "../width.js";
import type { Served } from "./hub-metrics.js";
import { type FollowedEvents, type HubFlags, hubTerms, type HubTerms } from "./hub-terms.js";
import type { HubView } from "./hub-view.js";
import { readEventFile } from "./event-files.js";
import { complain } from "../standard-error.js";

/** Longer lines are hard to read; a pipe has no width of its own. */
const WIDEST = 100;
/** Faults that are told line by line; of the others how many there are. */
const MOST_FAULTS = 5;

/** `ikescope hub`: what the events of several gateways say together, from files or from a server. */
export async function hubCommand(sources: readonly string[], flags: HubFlags): Promise<void> {
  const terms = await hubTerms(sources, flags);
  const { events } = terms;
  switch (events.kind) {
    case "files":
      return report(await judgeFiles(events.files), terms);
    case "stored": {
      const { judgeStored } = await import("./nats-hub.js");
      return report(await judgeStored(events.server, complain), terms);
    }
    case "followed":
      return follow(events, terms);
  }
}

/** Follows a server until a signal ends it. */
async function follow(events: FollowedEvents, { format, presentation }: HubTerms): Promise<void> {
  const { server, leaseMs, replicas, json, metrics, page, hosts } = events;
  const { followEvents } = await import("./nats-hub.js");
  const { startHubMetrics } = await import("./hub-metrics.js");
  const { openEventFile } = await import("./event-file.js");
  const { startHubPage } = await import("./hub-page.js");
  const ending = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => ending.abort());
  const file = json === null ? null : await openEventFile(json, complain);
  const serve = async (source: { view(): HubView }): Promise<readonly Served[]> => [
    ...(metrics === null ? [] : [await startHubMetrics(metrics, source, { version: VERSION, hosts })]),
    ...(page === null ? [] : [await startHubPage(page, source, { presentation, hosts })]),
  ];
  await followEvents(server, {
    format,
    presentation,
    signal: ending.signal,
    say: complain,
    leaseMs,
    replicas,
    serve,
    json: file,
  });
  process.exitCode = EXIT.ok;
}

async function judgeFiles(files: readonly string[]): Promise<FleetJudgement> {
  const fleet = new Fleet();
  for (const file of files) await readInto(fleet, file);
  return fleet.judge(null);
}

/** The reason why nothing is judged, by where the events are looked for. */
const NO_EVENT: Readonly<Record<HubTerms["events"]["kind"], string>> = {
  files: "there is no event of a gateway to judge",
  stored:
    "no gateway has published to the server within three minutes: it does so some seconds after its start",
  followed: "there is no event of a gateway to judge",
};

async function report(
  judgement: FleetJudgement,
  { format, failOn, presentation, events }: HubTerms,
): Promise<void> {
  if (judgement.gateways.length === 0) throw new UsageError(NO_EVENT[events.kind]);
  await print(rendered(judgement, format, presentation));
  process.exitCode = exitFor(judgement, failOn);
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
