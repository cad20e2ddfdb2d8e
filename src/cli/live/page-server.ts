import { type Message, say, verbatim } from "../../texts/message.js";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { printable } from "../../bytes/text.js";
import { UsageError, literal } from "../exit.js";
import { spoken } from "../standard-error.js";
import { ConnectionSeats } from "./connection-seats.js";
import { knownHosts } from "./known-hosts.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";

/** Served at one path. */
export type Route = TextRoute | FileRoute | EventRoute;

/** A page, its text made anew for each request. */
interface TextRoute {
  readonly path: string;
  readonly contentType: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Null where there is nothing of what is asked for. */
  readonly text: (query: URLSearchParams) => string | null | Promise<string | null>;
}

/** A file to be saved, made anew for each request; a few at a time. */
interface FileRoute {
  readonly path: string;
  /** Null where there is nothing of what is asked for. */
  readonly file: (query: URLSearchParams) => Promise<ServedFile | null>;
}

export interface ServedFile {
  /** Letters, digits, dots, dashes and underscores. */
  readonly name: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
}

/** Server-sent events: whoever asks is written to until one of both ends it. */
interface EventRoute {
  readonly path: string;
  readonly come: (client: ServerResponse, query: URLSearchParams) => void;
}

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
/** For a request to be read, and for its answer to be taken. */
const PATIENCE_MS = 5_000;
/** For a file to be made and taken. */
const FILE_PATIENCE_MS = 60_000;
/** Files that are made or taken at the same time: each is in memory until then. */
const FILES_AT_ONCE = 4;
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

/** What is served, and to whom. */
interface Site {
  readonly routes: readonly Route[];
  readonly notFound: Message;
  readonly isForUs: (host: string | undefined) => boolean;
  /** Files that are made or taken now. */
  files: number;
}

/** Never rejects. */
async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { routes, notFound, isForUs } = site;
  // A client that takes its answer byte by byte would hold its place for ever.
  const patience = setTimeout(() => response.destroy(), PATIENCE_MS).unref();
  response.on("close", () => clearTimeout(patience));
  const { method = "", url = "", headers } = request;
  if (!isForUs(headers.host)) {
    refuse(
      response,
      421,
      say`this is not ${verbatim(printable(headers.host ?? ""))}; --metrics-host adds a name`,
    );
    return;
  }
  if (method !== "GET" && method !== "HEAD") {
    response.setHeader("Allow", "GET, HEAD");
    refuse(response, 405, say`there is nothing to ${verbatim(printable(method))} here`);
    return;
  }
  if ((headers["content-length"] ?? "0") !== "0" || headers["transfer-encoding"] !== undefined) {
    refuse(response, 413, "a request has no body here");
    return;
  }
  const [path = "", query = ""] = url.split("?", 2);
  const route = routes.find((one) => one.path === path);
  if (route === undefined) {
    refuse(response, 404, notFound);
    return;
  }
  if ("come" in route) {
    clearTimeout(patience);
    beginEvents(response);
    if (method === "HEAD") response.end();
    else route.come(response, new URLSearchParams(query));
    return;
  }
  if ("file" in route) {
    clearTimeout(patience);
    await answerFile(site, route, new URLSearchParams(query), response);
    return;
  }
  try {
    const text = await route.text(new URLSearchParams(query));
    if (text === null) refuse(response, 404, "there is none of that");
    else send(response, 200, route.contentType, text, route.headers);
  } catch {
    // The target shows as down in Prometheus; the capture goes on.
    refuse(response, 500, "the page could not be made");
  }
}

async function answerFile(
  site: Site,
  { file }: FileRoute,
  query: URLSearchParams,
  response: ServerResponse,
): Promise<void> {
  if (site.files >= FILES_AT_ONCE) {
    refuse(response, 503, "other files are being made; ask again");
    return;
  }
  site.files++;
  const patience = setTimeout(() => response.destroy(), FILE_PATIENCE_MS).unref();
  response.on("close", () => {
    site.files--;
    clearTimeout(patience);
  });
  try {
    const made = await file(query);
    if (made === null) refuse(response, 404, "there is none of that");
    else {
      const headers = { "Content-Disposition": `attachment; filename="${made.name}"` };
      send(response, 200, made.contentType, made.body, headers);
    }
  } catch {
    refuse(response, 500, "the file could not be made");
  }
}

/** Says in the language of the program what a client wanted that there is not; the connection ends, for a body may follow. */
function refuse(response: ServerResponse, status: number, text: Message): void {
  response.setHeader("Connection", "close");
  send(response, status, "text/plain; charset=utf-8", `${spoken(text)}\n`);
}

/** Sends the head; each event that is written then goes out at once. */
function beginEvents(response: ServerResponse): void {
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.flushHeaders();
}

function send(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(status, {
    ...headers,
    "Content-Type": contentType,
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
  });
  response.end(body);
}
