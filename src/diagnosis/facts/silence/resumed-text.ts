import { humanDuration, type Micros } from "../../../bytes/time.js";
import { type Message, say } from "../../../texts/message.js";
import type { Rival } from "../../finding.js";
import { carrierOf } from "../esp/esp-directions.js";
import type { StoppedAnswers } from "./answers-stop.js";

/** NAT devices and firewalls commonly forget a connection of UDP after so long a pause. */
const FORGOTTEN_AFTER: Micros = 30_000_000;

/** Questions that began again after a pause, as the headline and the summary tell it. */
export function pauseText(
  { asking, silent, stoppedAt, turns, after }: StoppedAnswers,
  resumedAt: Micros,
): { readonly headline: Message; readonly summary: Message } {
  const pause = humanDuration(resumedAt - stoppedAt);
  const span = humanDuration(asking.lastTime - resumedAt);
  const carrier = carrierOf(silent.last);
  return {
    headline: say`${asking.source} asks again after a pause of ${pause}, and no ${carrier} of ${silent.source} comes back for ${span}`,
    summary: say`Traffic took turns (answers of ${silent.source}: ${turns}). After a pause of ${pause} ${asking.source} sends packets of the same sizes again (at least ${after} in ${span}), and nothing comes back. `,
  };
}

/** A device on the way that forgets a connection in a pause: firewalls and NAT devices do after 30 s and more. */
export function forgottenByDevice({ silent, stoppedAt }: StoppedAnswers, resumedAt: Micros): Rival[] {
  if (resumedAt - stoppedAt < FORGOTTEN_AFTER) return [];
  const isTranslated = silent.last.encapsulation === "udp";
  return [
    {
      code: isTranslated ? "nat-mapping-expired" : "esp-blocked",
      separatedBy: say`a capture at ${silent.source}: whether the packets arrive and answers leave; if answers leave, a firewall or NAT device on the way has forgotten the connection in the pause of ${humanDuration(resumedAt - stoppedAt)}`,
    },
  ];
}
