import { sightingsOf, messagesFrom } from "../../../session/sightings.js";
import type { Address } from "../../../bytes/address.js";
import type { Micros } from "../../../bytes/time.js";
import { NAT_T_PORT } from "../../../ike/ports.js";
import type { IkeSa, Role, Sighting } from "../../../session/model.js";
import type { TunnelContext } from "../../context.js";
import { evidenceAt } from "../../evidence.js";
import type { Evidence } from "../../finding.js";
import { say } from "../../../texts/message.js";
import { canonicalOf, firstOf, lastOf, ownStreams } from "../sides.js";

/** Packets of both mappings may cross on the way. */
const CROSSING: Micros = 1_000_000;

/** Another port of a side within one IKE SA or one SPI of ESP in UDP. */
export interface PortChange {
  readonly address: Address;
  readonly from: number;
  readonly to: number;
  /** When the old port was seen last, and the new one first. */
  readonly since: Micros;
  readonly time: Micros;
  readonly phase: "ESP" | "INFORMATIONAL";
  readonly evidence: readonly Evidence[];
}

/** The changes of a tunnel's ports on UDP 4500, in order of time; none of a peer that was at another address in between. */
export function portChanges(context: TunnelContext): PortChange[] {
  return [...ofIke(context), ...ofEsp(context)]
    .filter((change) => !wasElsewhere(context, change))
    .toSorted((a, b) => a.time - b.time);
}

function ofIke({ setups }: TunnelContext): PortChange[] {
  return setups.flatMap(({ sa }) =>
    (["initiator", "responder"] as const satisfies Role[]).flatMap((role) => {
      if (keepsPort(sa, role)) return [];
      const sent = messagesFrom(sa, role).filter(isOverNatT);
      return sent.flatMap((sighting, index): PortChange[] => {
        const before = sent[index - 1];
        if (before === undefined || before.source.address !== sighting.source.address) return [];
        if (
          before.source.port === sighting.source.port ||
          !staysAt(sent.slice(index), sighting.source.port)
        ) {
          return [];
        }
        return [
          {
            address: sighting.source.address,
            from: before.source.port,
            to: sighting.source.port,
            since: before.time,
            time: sighting.time,
            phase: "INFORMATIONAL",
            evidence: [
              evidenceAt(before, say`IKE from port ${before.source.port}`),
              evidenceAt(sighting, say`IKE of the same SA from port ${sighting.source.port}`),
            ],
          },
        ];
      });
    }),
  );
}

function isOverNatT({ destination, transport }: Sighting): boolean {
  return destination.port === NAT_T_PORT && transport === "udp";
}

/** All that a side sent over NAT-T came from one port, as nearly always. */
function keepsPort({ exchanges }: IkeSa, role: Role): boolean {
  let port: number | null = null;
  for (const { startedBy, request, response } of exchanges) {
    for (const sighting of (startedBy === role ? request : response)?.sightings ?? []) {
      if (!isOverNatT(sighting)) continue;
      port ??= sighting.source.port;
      if (sighting.source.port !== port) return false;
    }
  }
  return true;
}

/** The peer sent from another address in between: it moved away and came back (MOBIKE), to a new mapping of course. */
function wasElsewhere({ tunnel, setups }: TunnelContext, { address, since, time }: PortChange): boolean {
  const isElsewhere = (source: string): boolean =>
    source !== address && canonicalOf(tunnel, source) === canonicalOf(tunnel, address);
  return (
    tunnel.streams.some(
      ({ source, firstTime, lastTime }) => isElsewhere(source) && firstTime < time && lastTime > since,
    ) ||
    setups.some(({ sa }) =>
      sightingsOf(sa).some(
        (sighting) => isElsewhere(sighting.source.address) && sighting.time > since && sighting.time < time,
      ),
    )
  );
}

/** Files out of order alternate between ports; a new mapping stays. */
function staysAt(later: readonly { readonly source: { readonly port: number } }[], port: number): boolean {
  return later.slice(0, 2).every(({ source }) => source.port === port);
}

function ofEsp({ tunnel }: TunnelContext): PortChange[] {
  const streams = ownStreams(tunnel)
    .filter(({ encapsulation, destinationPort }) => encapsulation === "udp" && destinationPort === NAT_T_PORT)
    .toSorted((a, b) => a.firstTime - b.firstTime);
  return streams.flatMap((stream, index): PortChange[] => {
    const before = streams
      .slice(0, index)
      .findLast(
        ({ source, destination, spi }) =>
          source === stream.source && destination === stream.destination && spi === stream.spi,
      );
    if (before === undefined || stream.firstTime < before.lastTime - CROSSING) return [];
    return [
      {
        address: stream.source,
        from: before.sourcePort,
        to: stream.sourcePort,
        since: before.lastTime,
        time: stream.firstTime,
        phase: "ESP",
        evidence: [
          lastOf(before, say`last ESP packet from port ${before.sourcePort}`),
          firstOf(stream, say`ESP of the same SPI from port ${stream.sourcePort}`),
        ],
      },
    ];
  });
}
