import { humanDuration, type Micros } from "../../bytes/time.js";
import { joined, say, verbatim } from "../../texts/message.js";
import type { Gateway } from "../gateway.js";
import type { FleetRule } from "../rule.js";
import type { WholeFleet } from "../summary.js";

/** A gateway tells of itself once a minute: three times it did not. */
export const SILENT_AFTER: Micros = 200_000_000;

interface SilentSubject {
  readonly gateway: Gateway;
  readonly whole: WholeFleet;
}

export const gatewaySilent: FleetRule<SilentSubject> = {
  code: "fleet-gateway-silent",
  severity: "warning",
  title: "A gateway does not publish any more",
  explanation:
    "A gateway that publishes at least once a minute has not for several, and did not say that it ends. What the other ends of its tunnels see tells whether the gateway itself is down, or only what is published from it.",
  signature:
    "No event for 200 s by the clock of the hub, which saw earlier ones arrive. Not said of a gateway that ended in order, nor of events from files, which have no time of arrival.",
  remedies: [
    "On the gateway: is ikescope running ('systemctl status'), and does it reach the NATS server?",
    "If its tunnels fail too, look at the gateway itself first.",
  ],
  detect: ({ gateway, whole }) => {
    const { lastArrival, lastTime, hasEnded, name } = gateway;
    const { gateways, tunnels, now } = whole;
    if (now === null || lastArrival === null || hasEnded || now - lastArrival < SILENT_AFTER) return null;
    const own = tunnels.filter(({ ends }) => ends.some((end) => end.gateway === name));
    const told = own.flatMap(({ ends }) =>
      ends.filter(
        (end) => end.gateway !== name && (gateways.get(end.gateway)?.lastArrival ?? 0) > lastArrival,
      ),
    );
    const working = told.filter(({ state }) => state === "up" || state === "degraded");
    return {
      confidence: "certain",
      gateways: [name],
      since: lastTime,
      headline: say`${verbatim(name)} has not published for ${humanDuration(now - lastArrival)}`,
      summary: joined(
        say`Its last event came ${humanDuration(now - lastArrival)} ago. `,
        told.length === 0
          ? say`No other gateway that publishes has a tunnel with it, so nothing tells whether it is down.`
          : working.length > 0
            ? say`At ${working.length} of ${told.length} other ends of its tunnels they work on: the gateway is up, and what publishes from it is not.`
            : say`At none of the ${told.length} other ends of its tunnels they work: the gateway itself may be down.`,
      ),
      evidence: [{ gateway: name, time: lastTime, text: say`its last event` }],
    };
  },
};
