import type { ServerResponse } from "node:http";

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
export interface FileRoute {
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
