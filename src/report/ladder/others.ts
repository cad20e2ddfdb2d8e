import { faultMessage } from "../../session/decode-fault.js";
import type { MalformedMessage, Moment, TcpConnection, Tunnel } from "../../session/model.js";
import { type Message, say } from "../../texts/message.js";
import type { LadderRow, Side } from "./row.js";
import { other, sideOf } from "./sides.js";

/** Rows of malformed datagrams, lone IP fragments and TCP connections. */
export function otherRows(tunnel: Tunnel): LadderRow[] {
  return [
    ...tunnel.malformed.map((message) => malformedRow(tunnel, message)),
    ...tunnel.strayFragments.flatMap((datagram) => fragmentsRow(tunnel, datagram)),
    ...tunnel.tcpConnections.flatMap((connection) => tcpRows(tunnel, connection)),
  ];
}

type StrayDatagram = Tunnel["strayFragments"][number];

/** The sides between which a packet from `address` goes. */
function way(tunnel: Tunnel, address: string): { readonly from: Side; readonly to: Side } {
  const from = sideOf(tunnel, address) ?? "left";
  return { from, to: other(from) };
}

function malformedRow(
  tunnel: Tunnel,
  { frame, time, source, reason, what, cutBySnapLength }: MalformedMessage,
): LadderRow {
  return {
    kind: "malformed",
    time,
    frames: [frame],
    ...way(tunnel, source.address),
    title: what === "message" ? "IKE message, malformed" : "datagram that is no IKE message",
    details: [cutBySnapLength ? say`${faultMessage(reason)} (cut by the snap length)` : faultMessage(reason)],
    attempt: 1,
    fate: "plain",
    message: null,
  };
}

function fragmentsRow(tunnel: Tunnel, { source, fragments, totalLength }: StrayDatagram): LadderRow[] {
  const [first] = fragments;
  if (first === undefined) return [];
  const bytes = fragments.reduce((sum, { length }) => sum + length, 0);
  const total = totalLength === null ? "" : say` of ${totalLength}`;
  return [
    {
      kind: "fragments",
      time: first.time,
      frames: fragments.map(({ frame }) => frame),
      ...way(tunnel, source),
      title: say`${fragments.length} IP fragment${fragments.length === 1 ? "" : "s"}`,
      details: [say`${bytes}${total} B`, "of a datagram that is not whole"],
      attempt: 1,
      fate: "incomplete",
      message: null,
    },
  ];
}

function tcpRows(tunnel: Tunnel, connection: TcpConnection): LadderRow[] {
  const { client, server, opening, tries, accepted, ending, fault } = connection;
  const row = (
    moment: Moment,
    from: string,
    title: Message,
    details: readonly Message[],
    attempt = 1,
  ): LadderRow => ({
    kind: "tcp",
    time: moment.time,
    frames: [moment.frame],
    ...way(tunnel, from),
    title,
    details,
    attempt,
    fate: accepted === null && title === "TCP SYN" ? "unanswered" : "plain",
    message: null,
  });
  const ports = say`TCP ${client.endpoint.port} to ${server.endpoint.port}`;
  const unkept = tries - opening.length;
  return [
    ...opening.map((moment, index) =>
      row(
        moment,
        client.endpoint.address,
        "TCP SYN",
        index === opening.length - 1 && unkept > 0 ? [ports, say`and ${unkept} more`] : [ports],
        index + 1,
      ),
    ),
    ...(accepted === null ? [] : [row(accepted, server.endpoint.address, "TCP SYN, ACK", [])]),
    ...(ending === null
      ? []
      : [row(ending, ending.source, `TCP ${ending.by.toUpperCase()}`, fault === null ? [] : [fault])]),
  ];
}
