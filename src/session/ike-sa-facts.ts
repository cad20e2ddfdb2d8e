import type { Payload } from "../ike/message.js";
import { redirectTarget } from "../ike/redirect.js";
import { NOTIFY_V2 } from "../ike/registries/notify-v2.js";
import type { Suite } from "../ike/suite.js";
import { authenticationLengths, sizesKeyOf } from "./authentication-lengths.js";
import type {
  AuthenticationLengths,
  CitedSighting,
  Exchange,
  FirstAnswer,
  IkeSa,
  IkeSaFacts,
  Redirect,
  RedirectedFrom,
  Sighting,
} from "./model.js";
import { saOf } from "./payloads.js";
import { progressOf } from "./progress/progress.js";
import { firstSighting, firstTimeOf, lastSighting } from "./sightings.js";

const NONE: readonly never[] = [];

/** The facts of an IKE SA that was never answered, which are none. */
export const UNANSWERED: IkeSaFacts = {
  upAt: null,
  began: null,
  firstAnswers: NONE,
  redirects: NONE,
  redirectedFrom: null,
  authentication: null,
};

/** The facts of an opened IKE SA that rules and reports ask for. Pure. */
export function factsOf(sa: IkeSa): IkeSaFacts {
  const { upAt, authentication: rounds, suite } = progressOf(sa);
  const began = upAt === null ? undefined : firstSighting(sa.exchanges[0]?.request ?? null);
  const firstAnswers = sa.exchanges.flatMap(firstAnswerIn);
  const redirects = sa.majorVersion === 1 ? NONE : redirectsIn(sa).map(({ redirect }) => redirect);
  const authentication = authenticationIn(sa, rounds, suite);
  const redirectedFrom = sa.majorVersion === 1 ? null : redirectedFromIn(sa);
  const isUnanswered = upAt === null && firstAnswers.length === 0 && redirects.length === 0;
  if (isUnanswered && authentication === null && redirectedFrom === null) return UNANSWERED;
  return {
    upAt,
    began: began === undefined ? null : cited(began),
    firstAnswers: firstAnswers.length === 0 ? NONE : firstAnswers,
    redirects: redirects.length === 0 ? NONE : redirects,
    redirectedFrom,
    authentication,
  };
}

function authenticationIn(
  { majorVersion }: Pick<IkeSa, "majorVersion">,
  [round, another]: readonly Exchange[],
  suite: Suite | null,
): AuthenticationLengths | null {
  if (majorVersion !== 2 || round === undefined || another !== undefined) return null;
  const lengths = authenticationLengths(round, suite);
  const last = lastSighting(round.response);
  if (lengths === null || last === undefined) return null;
  return { ...lengths, sizesKey: sizesKeyOf(suite), last: cited(last) };
}

/** The redirects of an IKE SA with the exchanges that hold them. */
export function redirectsIn({
  exchanges,
  initiator,
  responder,
}: Pick<IkeSa, "exchanges" | "initiator" | "responder">): {
  readonly exchange: Exchange;
  readonly redirect: Redirect;
}[] {
  return exchanges.flatMap((exchange) => {
    const { response } = exchange;
    const last = lastSighting(response);
    const notify = response?.message.payloads.find(isRedirect);
    if (last === undefined || notify?.kind !== "notify" || saOf(response) !== null) return [];
    const redirect = {
      client: initiator.address,
      gateway: responder.address,
      time: firstTimeOf(response),
      target: redirectTarget(notify.data),
      last: cited(last),
    };
    return [{ exchange, redirect }];
  });
}

function redirectedFromIn({ exchanges, initiator, responder }: IkeSa): RedirectedFrom | null {
  const request = exchanges[0]?.request ?? null;
  const first = firstSighting(request);
  const notify = request?.message.payloads.find(isRedirectedFrom);
  const gateway = notify?.kind === "notify" ? redirectTarget(notify.data) : null;
  if (first === undefined || gateway === null) return null;
  return {
    client: initiator.address,
    gateway,
    target: responder.address,
    time: first.time,
    first: cited(first),
  };
}

function firstAnswerIn({ messageId, step, response }: Exchange): FirstAnswer[] {
  const last = messageId === 0 && step === 1 ? lastSighting(response) : undefined;
  return last === undefined ? [] : [{ time: firstTimeOf(response), last: cited(last) }];
}

function isRedirect(payload: Payload): boolean {
  return payload.kind === "notify" && payload.notifyType === NOTIFY_V2.REDIRECT;
}

function isRedirectedFrom(payload: Payload): boolean {
  return payload.kind === "notify" && payload.notifyType === NOTIFY_V2.REDIRECTED_FROM;
}

function cited({ time, nanos, frames, ipFragments, missingFragments, fragment }: Sighting): CitedSighting {
  const [frame = 0] = frames;
  return { time, nanos, frame, ipFragments, isWhole: missingFragments === null, fragment };
}
