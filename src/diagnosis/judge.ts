import type { CaptureFile, KeptTunnel, SessionModel } from "../session/model.js";
import { vantageOf } from "../session/vantage.js";
import type { Code } from "./codes.js";
import type { ToldProducts } from "./commands/told.js";
import { withConsequences } from "./consequences.js";
import type { CaptureContext } from "./context.js";
import { detectedBy, findingOf } from "./detected.js";
import type { Finding } from "./finding.js";
import { judgeTunnel } from "./judge-tunnel.js";
import type { JudgedTunnel, Judgement } from "./judgement.js";
import { judgementOf } from "./judgement-of.js";
import { NearAddresses } from "./near-addresses.js";
import { CAPTURE_RULES, HOST_RULES, TUNNEL_RULES } from "./rules/index.js";

/** Options beside the model and its files. */
type JudgeOptions = Partial<Pick<CaptureContext, "places" | "hosts">> & {
  readonly products?: ToldProducts | undefined;
};

/** Runs every rule over the model. Pure: the same model gives the same judgement. */
export function judge(
  model: SessionModel,
  files: readonly CaptureFile[],
  options: JudgeOptions = {},
): Judgement {
  const steps = judgeStepwise(model, files, options);
  for (;;) {
    const step = steps.next(false);
    if (step.done === true) return step.value;
  }
}

/**
 * The same a tunnel a step, those that look as if something were wrong first: told to end, it gives the judgement of the tunnels
 * that it has come to.
 */
export function* judgeStepwise(
  { tunnels, observations, clearFlows, opened }: SessionModel,
  files: readonly CaptureFile[],
  { places = [], hosts = [], products }: JudgeOptions,
): Generator<void, Judgement, boolean> {
  const capture: CaptureContext = {
    observations,
    files,
    tunnels,
    clearFlows,
    places,
    ...(opened === undefined ? {} : { opened }),
    ...(hosts.length === 0 ? {} : { hosts }),
    ...(products === undefined ? {} : { products }),
  };
  const near = new NearAddresses();
  for (const tunnel of tunnels) near.learn(tunnel.addresses, vantageOf(tunnel));
  const known = new Map<KeptTunnel, JudgedTunnel>();
  for (const tunnel of suspiciousFirst(tunnels)) {
    known.set(tunnel, judgeTunnel(tunnel, capture, near).judged);
    const isToEnd: boolean = yield;
    if (isToEnd) break;
  }
  const judged = tunnels.flatMap((tunnel) => known.get(tunnel) ?? []);
  const ofCapture = judgeCapture(capture);
  const told = new Set([...judged.flatMap(({ findings }) => findings), ...ofCapture].map(({ code }) => code));
  const all = [...ofCapture, ...ofHostsAtLast(capture, told)];
  return judgementOf(judged, capture, all, tunnels.length - judged.length);
}

/** The findings about the capture as a whole, those of hosts without a tunnel first. */
export function judgeCapture(capture: CaptureContext): Finding[] {
  const ofCapture = detectedBy(CAPTURE_RULES, (rule) => rule.detect(capture));
  return [...withConsequences(ofHostsAlone(capture)), ...ofCapture.map((each) => findingOf(each, null))];
}

/** The findings about the texts of hosts as such, and about hosts without a tunnel in the capture. */
function ofHostsAlone(capture: CaptureContext): Finding[] {
  return (capture.hosts ?? []).flatMap((host) => {
    const context = { host, tunnel: null, capture };
    // Beside a capture, what belongs to none of its tunnels is no fault of any.
    const isAlone = host.foreign === null && capture.tunnels.length === 0;
    const detected = [
      ...detectedBy(HOST_RULES, (rule) =>
        rule.per === "once" || (rule.per === undefined && isAlone) ? rule.detect(context) : null,
      ),
      ...detectedBy(TUNNEL_RULES, (rule) => (isAlone ? (rule.detectOnHost?.(context) ?? null) : null)),
    ];
    return detected.map((each) => findingOf(each, null));
  });
}

/** The findings about hosts that come after all others. */
function ofHostsAtLast(capture: CaptureContext, told: ReadonlySet<Code>): Finding[] {
  const hosts = (capture.hosts ?? []).filter(({ foreign }) => foreign === null);
  return hosts.flatMap((host) =>
    detectedBy(HOST_RULES, (rule) =>
      rule.per === "last" ? rule.detect({ host, tunnel: null, capture, told }) : null,
    ).map((each) => findingOf(each, null)),
  );
}

/**
 * Tunnels in the order in which they are judged: those first that look as if something were wrong, so that judging that is ended
 * early has come to them. Looks at nothing that would have to be unpacked, and says nothing of what the judgement will be.
 */
function suspiciousFirst(tunnels: readonly KeptTunnel[]): KeptTunnel[] {
  const ranks = new Map(tunnels.map((tunnel) => [tunnel, rankOf(tunnel)]));
  return tunnels.toSorted((a, b) => (ranks.get(a) ?? 0) - (ranks.get(b) ?? 0));
}

const NO_SPI = /^0*$/;

function rankOf({ icmp, ikeSas, malformed, streams }: KeptTunnel): number {
  const isUnanswered = ikeSas.some(({ responderSpi }) => NO_SPI.test(responderSpi));
  if (icmp.length > 0 || malformed.length > 0 || isUnanswered) return 0;
  const senders = new Set(streams.map(({ source }) => source));
  return senders.size < 2 ? 1 : 2;
}
