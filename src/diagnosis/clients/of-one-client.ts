import { pairChildSas } from "../../session/esp/child-sas.js";
import type { Setup, TunnelContext } from "../context.js";
import { type Client, clientsAtOnce, clientsIn } from "../facts/authentication/clients.js";
import { isOnPorts } from "../facts/nat/own-streams.js";
import { portsOf } from "../facts/nat/ports.js";
import type { Verdict } from "../finding.js";
import { onceInTurn } from "../once.js";
import type { TunnelRule } from "../rule.js";
import { gravestOf } from "../gravest.js";

/**
 * The gravest verdict that the packets of one client behind a NAT device prove by themselves; null where none does, or there is one
 * client only. Beside the traffic of others, that of one which gets no answers is not missed.
 */
export function ofOneClient(rule: TunnelRule, context: TunnelContext): Verdict | null {
  if (rule.ofOneClient !== true) return null;
  return gravestOf(
    rule,
    contextsOfClients(context).map((own) => rule.detect(own)),
  );
}

/**
 * The tunnel as each client has it that is there at the same time as others, as if the others had not been captured. Without a client
 * that may have come back from other ports: what it left behind tells nothing of it.
 */
export const contextsOfClients = onceInTurn((context: TunnelContext): readonly TunnelContext[] => {
  if (clientsAtOnce(context) < 2) return [];
  const clients = clientsIn(context);
  const lastBegun = Math.max(...clients.map(({ from }) => from));
  return clients.filter(({ to }) => to >= lastBegun).map((client) => contextOf(context, client));
});

/** The tunnel as the client of a setup has it; all of it where there is one client only, or its own part is not told apart. */
export function contextOfClient(context: TunnelContext, setup: Setup): TunnelContext {
  return contextsOfClients(context).find(({ setups }) => setups.includes(setup)) ?? context;
}

function contextOf(context: TunnelContext, client: Client): TunnelContext {
  const { tunnel } = context;
  const setups = context.setups.filter(({ sa }) =>
    [...portsOf(sa, client.address)].some((port) => client.ports.has(port)),
  );
  const ikeSas = setups.map(({ sa }) => sa);
  const streams = tunnel.streams.filter(isOnPorts(client.address, client.ports));
  const { addresses, aliases } = tunnel;
  const childSas = pairChildSas({ addresses, aliases, streams, ikeSas });
  return { ...context, setups, tunnel: { ...tunnel, ikeSas, streams, childSas } };
}
