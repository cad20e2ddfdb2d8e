import type { Address } from "../../../bytes/address.js";
import { humanDuration, type Micros } from "../../../bytes/time.js";
import { joined, type Message, say } from "../../../texts/message.js";
import type { TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Rival, Verdict } from "../../finding.js";
import { graded } from "../../grade.js";
import { stoppedAnswers } from "./answers-stop.js";
import { carrierOf } from "../esp/esp-directions.js";
import { type IkeLater, ikeLater } from "../life/ike-later.js";
import { servesOthersAfter, servesOthersText } from "../nat/served-others.js";
import { movedAsker } from "../nat/moved-asker.js";
import { forgottenEsp } from "../host/forgotten-sa.js";
import { mayBePings } from "../esp/one-way-gravity.js";
import {
  COMPARE_LIFETIMES,
  deletedThere,
  possibleDelete,
  possibleDeleteText,
} from "../esp/possible-delete.js";
import {
  arrivedAt,
  COMPARE_SELECTORS,
  DO_THEY_ARRIVE,
  IF_DECRYPTED,
  sideOfOneWay,
} from "../esp/one-way-side.js";
import { isNear } from "../side.js";
import { canonicalOf, lastOf } from "../sides.js";
import { healedAfter } from "../life/healing.js";
import { disownedIkeSa } from "../life/disowned-ike-sa.js";
import { staleSpi } from "../esp/stale-spi.js";
import { ikeInVain } from "./ike-in-vain.js";
import { forgottenByDevice, pauseText } from "./resumed-text.js";

/** One of the silent side's IKE messages must be later than this after its last ESP packet. */
const LATER_US: Micros = 1_000_000;
/** Programs that try a host which is off make so many attempts, in rounds, for minutes. */
const TRIES = 60;

/**
 * Answers that stop in the middle of traffic: while IKE of the silent side still comes, at the silent side itself, or so shortly
 * before the end of the capture that nothing else of it need have come.
 */
export function noLongerAnswered(context: TunnelContext): Verdict | null {
  const stopped = stoppedAnswers(context);
  if (stopped === null || staleSpi(context) !== null || movedAsker(context) !== null) return null;
  const { asking, silent, stoppedAt, turns, after, isSure, isOtherBeat, resumedAt } = stopped;
  const { inside, anew } = ikeLater(context, silent.source, resumedAt ?? stoppedAt + LATER_US);
  const proof = inside ?? anew;
  // If everything of the silent side stops at once for long, it is `path-lost`; a capture without its IKE does not show whether that does.
  const isHeardAfter = (time: Micros): boolean =>
    Object.values(ikeLater(context, silent.source, time)).some((one) => one !== null);
  const stopsAtOnce = isHeardAfter(-Infinity) && !isHeardAfter(stoppedAt);
  const servesOthers = servesOthersAfter(context, silent.source, stoppedAt);
  const arrives =
    isNear(context, silent.source) || arrivedAt(context, asking.source, silent.source, stoppedAt) !== null;
  const isPathOpen = proof !== null || servesOthers || arrives;
  if (isSure && resumedAt === null && stopsAtOnce && !isPathOpen) return null;
  if (forgottenEsp(context, silent.source) !== null) return null;
  // It has forgotten the tunnel: `peer-restarted` says so.
  if (isSure && isDisownedBy(context, silent.source)) return null;
  const waited = asking.lastTime - (resumedAt ?? stoppedAt);
  const span = humanDuration(waited);
  const carrier = carrierOf(silent.last);
  const ikeText = ikeLaterText(silent.source, asking.source, { inside, anew });
  const inVain = inside === null ? null : ikeInVain(context, asking.source, stoppedAt);
  const side = sideOfOneWay(context, asking.source, silent.source, stoppedAt);
  // Behind a single answer, or others, a beat that goes on may be heartbeats, which need none.
  const goesOn = !mayBePings(after, waited);
  // No IKE tells that the host of the silent side itself still answers; or a person pings another one.
  const mayBeAnotherHost =
    !isOtherBeat &&
    (resumedAt === null ? proof === null && !servesOthers && arrives : !goesOn || after <= TRIES);
  const pause = resumedAt === null ? null : pauseText(stopped, resumedAt);
  const deleted = possibleDelete(context, silent.source, stoppedAt);
  const remedies = side.steps.remedies ?? [DO_THEY_ARRIVE, IF_DECRYPTED, COMPARE_SELECTORS];
  return {
    ...((turns === 1 || isOtherBeat) && goesOn ? { severity: "warning" as const } : {}),
    ...graded(
      [
        isOtherBeat ? NEEDS_NO_ANSWER : null,
        isSure || isOtherBeat
          ? null
          : {
              code: "responder-slow",
              separatedBy: say`a capture that goes on: whether ${silent.source} answers after all (${after} packets without an answer in ${span} so far)`,
            },
        isPathOpen ? null : PATH_LOST,
        inside === null && anew !== null ? forgotten(silent.source) : null,
        mayBeAnotherHost ? anotherHost(silent.source) : null,
      ],
      [
        ...(resumedAt === null ? [] : forgottenByDevice(stopped, resumedAt)),
        ...(deleted === null ? [] : [deletedThere(silent.source)]),
        ...(isOtherBeat || mayBeAnotherHost ? [] : [anotherHost(silent.source)]),
        {
          code: "nat-mapping-changed",
          separatedBy: say`a capture at ${silent.source}: whether its answers leave, and to which address and port`,
        },
        {
          code: "plaintext-leak",
          separatedBy: say`a capture at ${silent.source}: whether the replies leave in clear`,
        },
      ],
    ),
    provenance: "inferred",
    phase: "ESP",
    headline:
      pause?.headline ??
      say`${carrier} of ${silent.source} stops, while ${asking.source} goes on for ${span}${ikeText[0]}`,
    summary: joined(
      pause?.summary ??
        say`Traffic took turns (answers of ${silent.source}: ${turns}), then ${carrier} of ${silent.source} ends while ${asking.source} goes on with packets of the same sizes (at least ${after} in ${span}). `,
      deleted === null ? "" : possibleDeleteText(deleted, asking.source, deleted.time - stoppedAt),
      say`${ikeText[1]}${inVain ?? ""}${side.text}`,
      servesOthersText(context, silent.source, stoppedAt),
    ),
    evidence: [
      lastOf(silent.last, say`last ${carrier} packet of ${silent.source}`),
      ...(proof === null ? [] : [evidenceAt(proof, say`an IKE message of ${silent.source} later`)]),
      lastOf(asking.last, say`${carrier} of ${asking.source} goes on`),
    ],
    ...side.steps,
    ...(deleted === null ? {} : { remedies: [COMPARE_LIFETIMES, ...remedies] }),
  };
}

function isDisownedBy(context: TunnelContext, silent: Address): boolean {
  const found = disownedIkeSa(context);
  if (found === null || healedAfter(context, found.answer.time, found.setup)) return false;
  return canonicalOf(context.tunnel, found.answer.source.address) === silent;
}

/** IKE of the silent side after its last ESP, as the headline and the summary tell it. */
function ikeLaterText(
  silent: Address,
  asking: Address,
  { inside, anew }: IkeLater,
): readonly [Message, Message] {
  if (inside !== null) {
    return [
      " and its IKE still comes",
      say`IKE of ${silent} still comes, so the peer lives and its way to ${asking} is open for IKE. `,
    ];
  }
  if (anew === null) return ["", ""];
  return [
    " and its IKE comes in a new IKE SA only",
    say`IKE of ${silent} comes in a new IKE SA only: the peer lives, and may have forgotten the old one. `,
  ];
}

function anotherHost(silent: Address): Rival {
  return {
    code: "esp-absent",
    separatedBy: say`a ping to another host behind ${silent}: if that is answered, the tunnel works and the host that was asked is silent`,
  };
}

const NEEDS_NO_ANSWER: Rival = {
  code: "esp-absent",
  separatedBy: `whether the traffic needs answers at all (syslog, flow export): then one direction is normal; a ping through the tunnel tells`,
};

const PATH_LOST: Rival = {
  code: "path-lost",
  separatedBy: "a liveness check, or a longer capture: whether IKE of the silent side still comes",
};

function forgotten(silent: string): Rival {
  return {
    code: "peer-restarted",
    separatedBy: say`the log of ${silent}: a start of the daemon at that time, or whether it still has the old IKE SA`,
  };
}
