import type { NotifyPayload, Payload, SaPayload, TrafficSelectorsPayload } from "../../../ike/message.js";
import { EXCHANGE_V1, EXCHANGE_V2 } from "../../../ike/registries/exchanges.js";
import { isErrorNotify } from "../../../ike/registries/notify.js";
import { PROTOCOL } from "../../../ike/registries/protocols.js";
import type { Endpoint, Exchange, Transmission } from "../../../session/model.js";
import { openedPayloads } from "../../../session/opened.js";
import { firstTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { endsOf } from "../../../session/model/queries.js";
import { type Message, say } from "../../../texts/message.js";

/** The payloads of an encrypted message that keys opened. */
export interface OpenedPart {
  readonly payloads: readonly Payload[];
  /** The source of the key: "alice.log line 12". */
  readonly by: string;
  /** The mark that reports show: "opened with alice.log line 12". */
  readonly mark: Message;
}

/** The content of a message that keys opened; null if they did not, or there are none. */
export function openedOf(
  { capture }: Pick<TunnelContext, "capture">,
  message: Transmission | null,
): OpenedPart | null {
  const { opened } = capture;
  if (opened === undefined || message === null) return null;
  for (const { frames } of message.sightings) {
    const found = frames[0] === undefined ? null : opened.of(frames[0]);
    if (found !== null) {
      const { by } = found;
      return { payloads: openedPayloads(found).payloads, by, mark: say`opened with ${by}` };
    }
  }
  return null;
}

/** The key that opens the other side's messages of an IKEv1 phase 1 and not this one, by no IV; null where that was not seen. */
export function foreignKeyOf(
  { capture }: Pick<TunnelContext, "capture">,
  message: Transmission | null,
): string | null {
  for (const { frames } of message?.sightings ?? []) {
    const by = frames[0] === undefined ? null : (capture.opened?.foreignTo(frames[0]) ?? null);
    if (by !== null) return by;
  }
  return null;
}

/** The first payload of a kind. */
export function payloadIn<K extends Payload["kind"]>(
  { payloads }: OpenedPart,
  kind: K,
): Extract<Payload, { readonly kind: K }> | null {
  const found = payloads.find((payload) => payload.kind === kind);
  return (found as Extract<Payload, { readonly kind: K }> | undefined) ?? null;
}

/** The first notify of an error. */
export function errorIn({ payloads }: OpenedPart): NotifyPayload | null {
  const isError = (payload: Payload): payload is NotifyPayload =>
    payload.kind === "notify" && isErrorNotify(payload.notifyType);
  return payloads.find(isError) ?? null;
}

/** A request that was refused with a notify that keys opened. */
export interface OpenedRefusal {
  readonly setup: Setup;
  readonly exchange: Exchange;
  readonly answer: Transmission;
  /** Null where only the answer was opened. */
  readonly asked: OpenedPart | null;
  readonly said: OpenedPart;
  readonly notifyType: number;
  readonly asker: Endpoint;
  readonly refuser: Endpoint;
}

/** All such requests of a tunnel in the order of their setups: of IKEv2 by their responses, of IKEv1 by the INFORMATIONAL that follows. */
export function openedRefusals(context: TunnelContext): OpenedRefusal[] {
  if (context.capture.opened === undefined) return [];
  return context.setups.flatMap((setup) =>
    setup.sa.majorVersion === 2 ? refusalsV2(context, setup) : refusalsV1(context, setup),
  );
}

function refusalsV2(context: TunnelContext, setup: Setup): OpenedRefusal[] {
  return setup.sa.exchanges.flatMap((exchange) => {
    const said = openedOf(context, exchange.response);
    const error = said === null ? null : errorIn(said);
    if (exchange.response === null || said === null || error === null) return [];
    const [asker, refuser] = endsOf(setup.sa, exchange.startedBy);
    return [
      {
        setup,
        exchange,
        answer: exchange.response,
        asked: openedOf(context, exchange.request),
        said,
        notifyType: error.notifyType,
        asker,
        refuser,
      },
    ];
  });
}

function refusalsV1(context: TunnelContext, setup: Setup): OpenedRefusal[] {
  const { exchanges } = setup.sa;
  return exchanges.flatMap((informational) => {
    if (informational.exchangeType !== EXCHANGE_V1.INFORMATIONAL || informational.request === null) return [];
    const said = openedOf(context, informational.request);
    const error = said === null ? null : errorIn(said);
    const at = firstTimeOf(informational.request);
    const exchange = exchanges.findLast(
      ({ exchangeType, startedBy, request, response }) =>
        exchangeType === EXCHANGE_V1.QUICK_MODE &&
        startedBy !== informational.startedBy &&
        response === null &&
        request !== null &&
        firstTimeOf(request) <= at,
    );
    if (said === null || error === null || exchange === undefined) return [];
    const [asker, refuser] = endsOf(setup.sa, exchange.startedBy);
    const asked = openedOf(context, exchange.request);
    return [
      {
        setup,
        exchange,
        answer: informational.request,
        asked,
        said,
        notifyType: error.notifyType,
        asker,
        refuser,
      },
    ];
  });
}

/** Whether a refused request asked for a Child SA and for nothing else, as far as it was opened. */
export function asksForChild({ exchange, asked }: OpenedRefusal): boolean {
  const { exchangeType } = exchange;
  if (exchangeType === EXCHANGE_V1.QUICK_MODE || exchangeType === EXCHANGE_V2.IKE_AUTH) return true;
  if (exchangeType !== EXCHANGE_V2.CREATE_CHILD_SA) return false;
  const sa = asked === null ? null : payloadIn(asked, "sa");
  return sa === null || sa.proposals.every(({ protocol }) => protocol !== PROTOCOL.IKE);
}

/** An offer or choice of a Child SA that was opened, and who made it. */
export interface KnownOffer {
  readonly by: string;
  readonly sa: SaPayload;
  readonly selectors: readonly TrafficSelectorsPayload[];
  readonly frame: number;
  /** Both ends agreed on it. */
  readonly isAgreed: boolean;
}

/** Offers of Child SAs in opened messages of the tunnel: requests, and what responses chose of them. */
export function knownOffers(context: TunnelContext): KnownOffer[] {
  return context.setups.flatMap(({ sa }) =>
    sa.exchanges.flatMap(({ request, response, startedBy }) => {
      const [asker] = endsOf(sa, startedBy);
      return [request, response].flatMap((message) => {
        const part = openedOf(context, message);
        const offer = part === null ? null : payloadIn(part, "sa");
        if (
          part === null ||
          offer === null ||
          offer.proposals.some(({ protocol }) => protocol === PROTOCOL.IKE)
        ) {
          return [];
        }
        return [
          {
            by: asker.address,
            sa: offer,
            selectors: selectorsIn(part),
            frame: message?.sightings[0]?.frames[0] ?? 0,
            isAgreed: message === response,
          },
        ];
      });
    }),
  );
}

/** TSi and TSr, in that order. */
export function selectorsIn({ payloads }: OpenedPart): TrafficSelectorsPayload[] {
  return payloads
    .filter((payload): payload is TrafficSelectorsPayload => payload.kind === "trafficSelectors")
    .toSorted((a, b) => a.type - b.type);
}
