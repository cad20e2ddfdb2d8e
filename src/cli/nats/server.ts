import { say } from "../../texts/message.js";
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { ConnectionOptions } from "node:tls";
import type * as Jetstream from "@nats-io/jetstream";
import type * as Kv from "@nats-io/kv";
import type * as Transport from "@nats-io/transport-node";
import { serverIdentity } from "./server-identity.js";
import { UsageError, literal } from "../exit.js";
import { systemReason } from "../../capture/node/system-error.js";

/** A NATS server, and the access to it. */
export interface NatsServer {
  /** nats://host:4222 or tls://host, several of one cluster with commas between. */
  readonly url: string;
  /** A file of `nsc` (*.creds), or with the seed of an NKey. */
  readonly creds?: string;
  /** A file with the certificates of who may have signed the server's. */
  readonly ca?: string;
}

/** The options of commands that reach a server. */
export interface NatsFlags {
  readonly natsCreds?: string;
  readonly natsCa?: string;
}

/** The server of that URL with the access that the options give. */
export function natsServer(url: string, { natsCreds: creds, natsCa: ca }: NatsFlags): NatsServer {
  return { url, ...(creds === undefined ? {} : { creds }), ...(ca === undefined ? {} : { ca }) };
}

const SCHEME = /^(?:nats|tls):\/\//;

/** Whether a value of an option means a NATS server, not a file. */
export function isNatsUrl(text: string): boolean {
  return SCHEME.test(text);
}

/** The packages of the client, loaded when they are needed: nothing else takes their time. Throws UsageError where they are not installed. */
export function natsPackages(): NatsPackages {
  // The bundle runs as a script, in which import() is not there.
  const load = createRequire(import.meta.url);
  try {
    return {
      transport: load("@nats-io/transport-node") as NatsPackages["transport"],
      jetstream: load("@nats-io/jetstream") as NatsPackages["jetstream"],
      kv: load("@nats-io/kv") as NatsPackages["kv"],
    };
  } catch (error) {
    if (!isMissing(error)) throw error;
    throw new UsageError(
      "NATS needs the packages @nats-io/transport-node, @nats-io/jetstream and @nats-io/kv, which npm installs with ikescope",
    );
  }
}

export interface NatsPackages {
  readonly transport: typeof Transport;
  readonly jetstream: typeof Jetstream;
  readonly kv: typeof Kv;
}

function isMissing(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? error.code : "";
  return code === "MODULE_NOT_FOUND" || code === "ERR_MODULE_NOT_FOUND";
}

/**
 * Connects, and again whenever the connection is lost, for as long as the program runs. `waits`: also where the server is not there
 * yet. `inbox`: begins the subjects on which answers come, which a server may restrict. Throws UsageError where it cannot.
 */
export async function connectNats(
  { transport }: NatsPackages,
  server: NatsServer,
  { name, inbox, waits }: { readonly name: string; readonly inbox: string; readonly waits: boolean },
): Promise<Transport.NatsConnection> {
  const options: Transport.NodeConnectionOptions = {
    ...(await accessOf(transport, server)),
    name,
    inboxPrefix: inbox,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 1000,
    // Thousands of gateways must not come back in one moment.
    reconnectJitter: 2000,
    reconnectJitterTLS: 4000,
    waitOnFirstConnect: waits,
    ignoreAuthErrorAbort: waits,
  };
  try {
    return await transport.connect(options);
  } catch (error) {
    throw new UsageError(say`${literal(hostsOf(server))}: ${systemReason(error)}`);
  }
}

/** The options that need files; throws UsageError where one cannot be read. */
export async function accessOf(
  { credsAuthenticator, nkeyAuthenticator }: NatsPackages["transport"],
  { url, creds, ca }: NatsServer,
): Promise<Transport.NodeConnectionOptions> {
  const urls = url.split(",").map(urlOf);
  const [first] = urls;
  const access = creds === undefined ? null : await bytesOf("--nats-creds", creds);
  const isJwt = access !== null && new TextDecoder().decode(access).includes("BEGIN NATS USER JWT");
  const user = decodeURIComponent(first?.username ?? "");
  return {
    servers: urls.map(({ hostname, port }) => `${hostname}:${port === "" ? "4222" : port}`),
    ...(user === "" ? {} : { user, pass: decodeURIComponent(first?.password ?? "") }),
    ...(access === null
      ? {}
      : { authenticator: isJwt ? credsAuthenticator(access) : nkeyAuthenticator(seedIn(access)) }),
    ...(ca === undefined && first?.protocol !== "tls:" ? {} : { tls: await tlsOf(urls, ca) }),
  };
}

/** The client hands what it does not know of itself on to Node. */
type TlsOptions = Transport.TlsOptions & Pick<ConnectionOptions, "checkServerIdentity">;

async function tlsOf(urls: readonly URL[], ca: string | undefined): Promise<TlsOptions> {
  const identity = { checkServerIdentity: serverIdentity(urls.map(({ hostname }) => hostname)) };
  if (ca === undefined) return identity;
  return { ...identity, ca: new TextDecoder().decode(await bytesOf("--nats-ca", ca)) };
}

/** The servers for messages: without user and password. */
export function hostsOf({ url }: NatsServer): string {
  return url
    .split(",")
    .map((one) => urlOf(one).host)
    .join(", ");
}

function urlOf(text: string): URL {
  const withScheme = SCHEME.test(text) ? text : `nats://${text}`;
  if (!URL.canParse(withScheme)) {
    throw new UsageError(say`"${literal(withoutUser(text))}" is no URL such as nats://192.0.2.1:4222`);
  }
  return new URL(withScheme);
}

/** Without the user and password that stand before the last "@". */
function withoutUser(text: string): string {
  const begin = text.indexOf("//");
  const end = text.lastIndexOf("@");
  return begin < 0 || end < begin ? text : text.slice(0, begin + 2) + text.slice(end + 1);
}

/** The seed of an NKey, with comments around it or not. */
function seedIn(bytes: Uint8Array): Uint8Array {
  const seed = /\bSU[A-Z2-7]{56}\b/.exec(new TextDecoder().decode(bytes))?.[0];
  if (seed === undefined)
    throw new UsageError("--nats-creds: the file holds neither a user's JWT nor the seed of an NKey");
  return new TextEncoder().encode(seed);
}

async function bytesOf(option: string, file: string): Promise<Uint8Array> {
  try {
    return await readFile(file);
  } catch (error) {
    throw new UsageError(say`${option}: ${systemReason(error)}`);
  }
}
