import { humanDuration, type Micros } from "../../../bytes/time.js";
import type { Exchange, Moment, Progress, TcpConnection } from "../../../session/model.js";
import { lastTimeOf } from "../../../session/sightings.js";
import type { Setup, TunnelContext } from "../../context.js";
import { messageName, phaseOf } from "../../phases.js";
import type { Evidence, Verdict } from "../../finding.js";
import { carriesTrafficAfter, wentOnUnseen } from "../../facts/life/healing.js";
import { numberOf } from "../../facts/recording/kept.js";
import { silenceAfter } from "../../facts/silence/silence.js";
import { defineRule } from "../../rule.js";
import { joined, type Message, say } from "../../../texts/message.js";

/** No daemon takes longer to answer, and TCP has repeated several times by then. */
const SILENCE = 10_000_000;
const SILENCE_AFTER_REPEATS = 2_000_000;

/** A setup that stopped here was under way; one that was refused got its answer. */
const UNFINISHED: ReadonlySet<Progress["state"]> = new Set(["opening", "opening-answered", "authenticating"]);

interface Failure {
  readonly connection: TcpConnection;
  readonly time: Micros;
  /** "closed by RST": what became of it, a phrase behind the name of the connection. */
  readonly what: Message;
  readonly explanation: Message;
  readonly evidence: readonly Evidence[];
}

/** IKE and ESP in TCP (RFC 9329): that they are, and where the connection or its answers fail. */
export const tcpEncapsulation = defineRule({
  code: "tcp-encapsulation",
  severity: "info",
  title: "IKE and ESP over TCP",
  explanation:
    "The peers use TCP instead of UDP, as they do if UDP is blocked. It works, but packets in a tunnel in TCP wait for one another; if the connection fails, the tunnel has no other path.",
  signature:
    "A TCP stream that begins with IKETCP. Critical if RST, FIN or silence takes the place of an answer during the setup.",
  remedies: [
    "If it works: use UDP 500 and 4500 if the network allows it; TCP costs throughput and delay.",
    "If the connection is not answered: open the TCP port (4500, or the one configured) in every firewall and cloud security group on the way.",
    "If it is refused or reset: check that the gateway listens on that TCP port ('ss -ltnp') and speaks IKE there; a proxy or load balancer on 443 may end connections that are not TLS.",
  ],
  commands: ["tcp", "firewall"],
  references: ["RFC 9329"],
  detect: (context) => {
    const { tcpConnections } = context.tunnel;
    const failure = tcpConnections.map((connection) => failureOf(connection, context)).findLast(isFailure);
    if (failure !== undefined) return failed(context, failure);
    const recognised = tcpConnections.filter((connection) => connection.recognised);
    return recognised.length === 0 ? null : works(recognised, context.tunnel.notKept.tcpConnections);
  },
});

function isFailure(failure: Failure | null): failure is Failure {
  return failure !== null;
}

function works(connections: readonly TcpConnection[], notKept: number): Verdict {
  const [first] = connections;
  const port = first?.server.endpoint.port ?? 0;
  const count =
    connections.length === 1 ? "one connection" : say`${numberOf(connections, notKept)} connections`;
  const records = connections.reduce((sum, { client, server }) => sum + client.records + server.records, 0);
  return {
    confidence: "certain",
    provenance: "observed",
    phase: null,
    headline: say`IKE and ESP travel in TCP, port ${port}`,
    summary: joined(
      say`${first?.client.endpoint.address ?? "one peer"} opened ${count} to TCP port ${port} for IKE and ESP (${records} packets in all). `,
      "TCP repeats what is lost, so there are no IKE retransmissions, and ESP waits for each lost segment.",
    ),
    evidence: connections
      .slice(0, 3)
      .flatMap(({ client, server }) => [
        ...moment(client.firstData, "first bytes from the end that opened the TCP connection"),
        ...moment(server.firstData, "first bytes from the other end"),
      ]),
  };
}

function failed(context: TunnelContext, failure: Failure): Verdict {
  const { connection, what, explanation } = failure;
  const { client, server } = connection;
  const name = say`TCP connection to ${server.endpoint.address} port ${server.endpoint.port}`;
  const mended = isMended(context, failure);
  // Without any IKE message, that the SYNs were for IKE is a guess by their port.
  const isGuess = !connection.recognised && context.tunnel.ikeSas.length === 0;
  const setup = setupOver(context, connection);
  const last = setup?.sa.exchanges.at(-1);
  // A way out that is closed too is not what went wrong first: that was UDP.
  const isUsed = context.tunnel.tcpConnections.some(({ recognised }) => recognised);
  return {
    mended,
    severity: mended ? (connection.recognised ? "warning" : "info") : isUsed ? "critical" : "warning",
    confidence: isGuess ? "possible" : connection.recognised ? "certain" : "likely",
    provenance: "observed",
    phase: setup === undefined || last === undefined ? "IKE_SA_INIT" : phaseOf(setup.sa, last),
    headline: say`${name} ${what}`,
    summary: joined(
      say`${client.endpoint.address} ${connection.accepted === null ? "tried to open" : "opened"} a ${name} for IKE (RFC 9329). ${explanation}`,
      mended ? " The peers have a working tunnel all the same." : "",
    ),
    evidence: failure.evidence,
  };
}

function failureOf(connection: TcpConnection, context: TunnelContext): Failure | null {
  const { client, server, recognised } = connection;
  if (client.firstData === null && server.firstData === null) return neverOpened(connection, context);
  if (!recognised || client.firstData === null) return null;
  return server.firstData === null
    ? neverAnswered(connection, client.firstData, context)
    : brokenOff(connection, context);
}

function neverOpened(connection: TcpConnection, context: TunnelContext): Failure | null {
  const { opening, tries, accepted, ending, server } = connection;
  const last = opening.at(-1);
  if (last === undefined || accepted !== null) return null;
  const evidence = opening.slice(0, 4).flatMap((syn) => moment(syn, "TCP SYN"));
  if (ending?.by === "rst" && ending.source === server.endpoint.address) {
    return {
      connection,
      time: ending.time,
      what: "refused by RST",
      explanation: "Its SYN was answered by RST: no daemon listens there, or a firewall refuses it.",
      evidence: [...evidence, ...moment(ending, "RST")],
    };
  }
  if (server.lastHeard !== null || ending !== null) return null;
  const silence = silenceAfter(context, { frames: [last.frame], time: last.time });
  if (silence < (tries > 1 ? SILENCE_AFTER_REPEATS : SILENCE)) return null;
  const count = tries === 1 ? "1 SYN" : say`${tries} SYNs`;
  return {
    connection,
    time: last.time,
    what: say`never answered (${count})`,
    explanation: say`Nothing answered ${count}: the packets, or the answers to them, are dropped on the way.`,
    evidence,
  };
}

/** The connection is open, the stream prefix is sent, and not one byte comes back. */
function neverAnswered(connection: TcpConnection, firstData: Moment, context: TunnelContext): Failure | null {
  const { accepted, ending, server, client } = connection;
  // The client would not send before its SYN was answered: the other direction was not captured.
  if (accepted === null && server.lastHeard === null) return null;
  const sent = [...moment(accepted, "SYN-ACK"), ...moment(firstData, "first bytes, with the IKETCP prefix")];
  if (ending !== null && ending.source === server.endpoint.address) {
    const by = ending.by === "rst" ? "RST" : "FIN";
    return {
      connection,
      time: ending.time,
      what: say`closed by ${by} instead of an answer`,
      explanation: say`The connection opened, but what IKE sent was answered by ${by}: what listens there does not speak IKE, does not accept this peer, or a device on the way ended the connection.`,
      evidence: [...sent, ...moment(ending, by)],
    };
  }
  const silence =
    (ending?.time ??
      firstData.time + silenceAfter(context, { frames: [firstData.frame], time: firstData.time })) -
    firstData.time;
  if (silence < SILENCE) return null;
  const acknowledged = server.lastHeard !== null && server.lastHeard >= firstData.time;
  return {
    connection,
    time: firstData.time,
    what: say`open, but IKE is not answered for ${humanDuration(silence)}`,
    explanation: acknowledged
      ? "The connection opened and the peer's TCP acknowledges, but no IKE answer came: what listens there is no IKE daemon, or it ignores this peer."
      : "The connection opened, but from the first IKE bytes on nothing came back, not even an acknowledgement: a device on the way drops them.",
    evidence: [
      ...sent,
      ...moment(client.lastData?.frame === firstData.frame ? null : client.lastData, "last bytes sent"),
    ],
  };
}

/** Both ends have spoken, and the setup stops. */
function brokenOff(connection: TcpConnection, context: TunnelContext): Failure | null {
  const { ending } = connection;
  const setup = setupOver(context, connection);
  if (setup === undefined || !UNFINISHED.has(setup.progress.state)) return null;
  if (ending?.by === "rst") {
    return {
      connection,
      time: ending.time,
      what: "reset during the setup",
      explanation: say`${ending.source} (or a device in its name) sent RST before the IKE SA was up.`,
      evidence: [...moment(connection.client.firstData, "first bytes"), ...moment(ending, "RST")],
    };
  }
  const { opening, authentication } = setup.progress;
  const open = [...opening, ...authentication].findLast(isOpen);
  const asked = open?.request?.sightings[0];
  if (open === undefined || asked === undefined) return null;
  const silence = silenceAfter(context, asked);
  if (silence < SILENCE || wentOnUnseen(setup, context, asked.time)) return null;
  const name = messageName(setup.sa, open, "request");
  return {
    connection,
    time: lastTimeOf(open.request),
    what: say`works, but ${name} is not answered for ${humanDuration(silence)}`,
    explanation: say`Answers came over it before, but none came to ${name}.`,
    evidence: moment({ frame: asked.frames[0] ?? 0, time: asked.time }, say`${name}, unanswered`),
  };
}

function isOpen({ request, response, expectsResponse }: Exchange): boolean {
  return request?.sightings[0]?.transport === "tcp" && response === null && expectsResponse;
}

/** The last setup whose messages went through this connection. */
function setupOver({ setups }: TunnelContext, { client, firstTime }: TcpConnection): Setup | undefined {
  return setups.findLast(({ sa }) =>
    sa.exchanges.some(({ request }) =>
      request?.sightings.some(
        ({ transport, source, destination, time }) =>
          transport === "tcp" &&
          time >= firstTime &&
          [source.port, destination.port].includes(client.endpoint.port),
      ),
    ),
  );
}

/** A later connection was answered, or a tunnel works whatever carries it. */
function isMended(context: TunnelContext, { connection, time }: Failure): boolean {
  return (
    context.setups.some(({ progress }) => progress.upAt !== null && progress.upAt > connection.firstTime) ||
    carriesTrafficAfter(context, time) ||
    context.tunnel.tcpConnections.some(
      ({ firstTime, server }) => firstTime > connection.firstTime && server.firstData !== null,
    )
  );
}

function moment(at: Moment | null, text: Message): Evidence[] {
  return at === null ? [] : [{ frame: at.frame, time: at.time, nanos: 0, text }];
}
