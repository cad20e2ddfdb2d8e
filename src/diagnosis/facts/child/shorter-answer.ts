import type { Micros } from "../../../bytes/time.js";
import { authenticationLengths, sizesKeyOf } from "../../../session/authentication-lengths.js";
import { BARE_NOTIFY, type ContentClass, SMALLEST_CHILD } from "../../../session/classes.js";
import { mayHoldCertificate } from "../../../session/progress/auth-class.js";
import { EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import type { Exchange } from "../../../session/model.js";
import { lastSighting } from "../../../session/sightings.js";
import { type Setup, setupsIn, type TunnelContext } from "../../context.js";
import { answersOfResponder, type OtherAuthentication } from "../silence/answers-of-responder.js";
import { silenceAfter } from "../silence/silence.js";

/** Identities of other clients, and padding, change the length of a request by no more than this. Bytes. */
const OTHER_IDENTITY = 48;

/** Another client's request is as long but for its name; one for a virtual address has 12 bytes more at least (RFC 7296 3.15). Bytes. */
const OTHER_NAME = 8;

/** The bytes by which an answer is shorter that has an error notify instead of SA, TSi and TSr. */
const REFUSED_CHILD = SMALLEST_CHILD - BARE_NOTIFY;

/** Three transforms more, selectors of IPv6, and a block of padding: no Child SA of one subnet at each end takes more. Bytes. */
const LARGEST_REFUSED_CHILD = REFUSED_CHILD + 3 * 8 + 2 * 24 + 16;

/** Under one suite the answers to clients of one kind differ by a block of padding and the length of a name. Bytes. */
const OF_ONE_KIND = 16 + OTHER_NAME;

/** A single other client may be of another kind. */
const LEAST_OTHERS = 2;

/** The next round of EAP, or the first packet of a Child SA that someone waits for, comes sooner after the answer. */
const NEXT_US: Micros = 2_000_000;

/** An IKE_AUTH answer that lacks what the answer to a like request of the same peers has. */
export interface ShorterAnswer {
  readonly setup: Setup;
  readonly exchange: Exchange;
  /** The answer, bytes. */
  readonly bytes: number;
  /** The answer of the good setup, as long as it would be to a request of this length, bytes. */
  readonly whole: number;
  /** The good setup where it is one of another tunnel; null for one of these peers. */
  readonly other: OtherAuthentication | null;
}

/**
 * Setups whose answer to IKE_AUTH may hold a Child SA or not by its length (the suite is not in the capture, or certificates make it
 * long), and is shorter by SA, TSi and TSr than that of another setup, though the requests are of one length: the Child SA was refused.
 * The other setup is one of these peers, or else of another client of the responder that carries traffic, where none that does got as
 * little. Under a known suite it takes two such clients, whose answers are of one length.
 */
export function shorterAnswers(context: TunnelContext): ShorterAnswer[] {
  const single = setupsIn(context, "unknown", "up").flatMap((setup) => {
    const { sa, progress } = setup;
    const [exchange, another] = progress.authentication;
    if (sa.majorVersion !== 2 || exchange === undefined || another !== undefined) return [];
    const lengths = authenticationLengths(exchange, progress.suite);
    return lengths === null ? [] : [{ setup, exchange, ...lengths }];
  });
  return single.flatMap((one) => {
    const { setup, exchange, asked, answer } = one;
    const { authClass, later } = setup.progress;
    const asksAgain = later.some(({ exchangeType }) => exchangeType === EXCHANGE_V2.CREATE_CHILD_SA);
    if (asksAgain || !isUndecided(authClass)) return [];
    if (authClass !== "unknown") return shorterThanOthers(context, one);
    const like = single.filter(
      (other) => other.setup !== setup && Math.abs(other.asked - asked) <= OTHER_IDENTITY,
    );
    const whole = Math.max(0, ...like.map((other) => other.answer - (other.asked - asked)));
    if (whole - answer >= REFUSED_CHILD) return [{ setup, exchange, bytes: answer, whole, other: null }];
    return shorterThanOthers(context, one);
  });
}

/** Whether the length of such an answer leaves open if it holds a Child SA. */
function isUndecided(authClass: ContentClass | null): boolean {
  return authClass === "unknown" || authClass === "full" || mayHoldCertificate(authClass);
}

/** EAP and certificates make other lengths for some clients, too: what a client with traffic got is no refusal. */
function shorterThanOthers(
  context: TunnelContext,
  { setup, exchange, asked, answer }: Authentication,
): ShorterAnswer[] {
  const { capture, tunnel } = context;
  const response = lastSighting(exchange.response);
  if (tunnel.streams.length > 0 || response === undefined) return [];
  if (silenceAfter(context, response) < NEXT_US) return [];
  const { authClass, suite } = setup.progress;
  const isOfKnownSuite = authClass !== "unknown";
  const sizesKey = isOfKnownSuite ? sizesKeyOf(suite) : null;
  const others = answersOfResponder(capture, setup.sa.responder.address, asked, OTHER_NAME, sizesKey);
  if (others === null || others.longest.tunnel === tunnel.id) return [];
  const { longest, shortest } = others;
  const whole = longest.answer - (longest.asked - asked);
  const least = shortest.answer - (shortest.asked - asked);
  const isOfOneKind =
    others.tunnels.length >= LEAST_OTHERS &&
    whole - least <= OF_ONE_KIND &&
    whole - answer <= LARGEST_REFUSED_CHILD;
  const isRefused =
    whole - answer >= REFUSED_CHILD &&
    (isOfKnownSuite ? isOfOneKind : least - answer >= REFUSED_CHILD - OTHER_IDENTITY);
  return isRefused ? [{ setup, exchange, bytes: answer, whole, other: longest }] : [];
}

/** An IKE_AUTH exchange of one round. */
interface Authentication extends Pick<ShorterAnswer, "setup" | "exchange"> {
  readonly asked: number;
  readonly answer: number;
}
