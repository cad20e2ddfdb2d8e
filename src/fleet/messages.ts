import type {
  AccountedExchange,
  AccountedIkeSa,
  AccountedMessage,
  TunnelAccount,
} from "../live/account/account.js";

import { remembered } from "./remembered.js";

export type MessageSide = "request" | "response";

/** An IKE message of an account with a name that it has at both ends. */
export interface NamedMessage {
  readonly name: string;
  readonly sa: AccountedIkeSa;
  readonly exchange: AccountedExchange;
  readonly side: MessageSide;
  readonly message: AccountedMessage;
}

/** All messages of an account. */
export const messagesOf = remembered(({ ikeSas }: TunnelAccount): readonly NamedMessage[] =>
  ikeSas.flatMap((sa) =>
    sa.exchanges.flatMap((exchange) =>
      (["request", "response"] as const).flatMap((side) => {
        const message = exchange[side];
        return message === null ? [] : [{ name: nameOf(sa, exchange, side), sa, exchange, side, message }];
      }),
    ),
  ),
);

/** The same by their names. */
export const messagesByName = remembered(
  (account: TunnelAccount): ReadonlyMap<string, NamedMessage> =>
    new Map(messagesOf(account).map((named) => [named.name, named])),
);

/** The responder's SPI is left out: the first message has none. */
export function nameOf(
  { initiatorSpi }: Pick<AccountedIkeSa, "initiatorSpi">,
  { type, messageId, step, startedBy }: AccountedExchange,
  side: MessageSide,
): string {
  return `${initiatorSpi} ${type} ${messageId} ${step} ${startedBy} ${side}`;
}
