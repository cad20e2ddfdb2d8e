import type { IncomingMessage, ServerResponse } from "node:http";
import { printable } from "../../bytes/text.js";
import { type Message, say, verbatim } from "../../texts/message.js";
import { spoken } from "../standard-error.js";
import type { FileRoute, Route } from "./route.js";

/** For a request to be read, and for its answer to be taken. */
export const PATIENCE_MS = 5_000;
/** For a file to be made and taken. */
const FILE_PATIENCE_MS = 60_000;
/** Files that are made or taken at the same time: each is in memory until then. */
const FILES_AT_ONCE = 4;

/** The routes of a server, and the hosts that it serves them to. */
export interface Site {
  readonly routes: readonly Route[];
  readonly notFound: Message;
  readonly isForUs: (host: string | undefined) => boolean;
  /** Files that are made or taken now. */
  files: number;
}

/** Answers a request by the route of its path. Never rejects. */
export async function answer(site: Site, request: IncomingMessage, response: ServerResponse): Promise<void> {
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
