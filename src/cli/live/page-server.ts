import { type Message, say, verbatim } from "../../texts/message.js";
import { createServer, type Server } from "node:http";
import { UsageError, literal } from "../exit.js";
import { ConnectionSeats } from "./connection-seats.js";
import { knownHosts } from "./known-hosts.js";
import { answer, PATIENCE_MS, type Site } from "./page-answer.js";
import type { Route } from "./route.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";

export interface ServeOptions {
  /** The option that asks for the server, as errors name it. */
  readonly option: string;
  /** Names that requests may be for, beside the address and this host's own name. */
  readonly hosts?: readonly string[];
  /** Text for a path that is not there; by default it names those that are. */
  readonly notFound?: Message;
}

export interface PageServer {
  /** Address and port that it really listens on. */
  readonly address: ListenAddress;
  /** Ends all connections. */
  close(): Promise<void>;
}

/** Prometheus keeps one; people come with a few. Of more, those that ask for nothing are ended first. */
const CONNECTIONS = 64;
/** How often the patience is looked at. */
const CHECK_MS = 1_000;

/**
 * Serves pages by their paths to GET and HEAD, for requests to an address, this host or one of `hosts`. Rejects with a
 * {@link UsageError} where it cannot listen there. Afterwards nothing that a client does ends the program or keeps others
 * out, and the server alone does not keep it running.
 */
export async function servePages(
  address: ListenAddress,
  routes: readonly Route[],
  { option, hosts = [], notFound = pathsOf(routes) }: ServeOptions,
): Promise<PageServer> {
  const seats = new ConnectionSeats(CONNECTIONS);
  const site: Site = { routes, notFound, isForUs: knownHosts(address.address, hosts), files: 0 };
  const server = createServer(
    {
      maxHeaderSize: 8_192,
      headersTimeout: PATIENCE_MS,
      requestTimeout: PATIENCE_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    (request, response) => {
      // Nobody who means well asks again before he has his answer; each answer is made anew, and who asks for thousands at once
      // would hold up everything else.
      if (!seats.asked(request.socket)) {
        request.socket.destroy();
        return;
      }
      response.on("close", () => seats.answered(request.socket));
      void answer(site, request, response);
    },
  );
  server.on("connection", (socket) => seats.come(socket));
  // Also ends a connection on which nothing was ever asked.
  server.timeout = PATIENCE_MS * 2;
  const bound = await listen(server, address, option);
  server.on("error", () => undefined);
  server.unref();
  return {
    address: bound,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function pathsOf(routes: readonly Route[]): Message {
  return say`there is ${verbatim(routes.map(({ path }) => path).join(", "))}`;
}

async function listen(server: Server, address: ListenAddress, option: string): Promise<ListenAddress> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(address, option, error)));
    server.listen(address.port, address.address, resolve);
  });
  server.removeAllListeners("error");
  const bound = server.address();
  return typeof bound === "object" && bound !== null
    ? { address: address.address, port: bound.port }
    : address;
}

function listenError(
  address: ListenAddress,
  option: string,
  { code, message }: NodeJS.ErrnoException,
): UsageError {
  const where = literal(`${option} ${addressAndPort(address)}`);
  switch (code) {
    case "EADDRINUSE":
      return new UsageError(say`${where}: another program listens there; choose another port`);
    case "EADDRNOTAVAIL":
      return new UsageError(say`${where}: this machine does not have that address`);
    case "EACCES":
      return new UsageError(say`${where}: permission for a port below 1024 is missing; choose a higher one`);
    case undefined:
    default:
      return new UsageError(say`${where}: ${literal(message)}`);
  }
}
