import { randomBytes } from "node:crypto";
import type { ServerResponse } from "node:http";
import { brotliDecompressSync } from "node:zlib";
import type { LiveView } from "../../live/view.js";
import { livePolicy, packedLivePage } from "../../page/generated/live.js";
import { liveChange, liveSnapshot, liveTunnel } from "../../report/html/live/messages.js";
import { wholeTraffic } from "../../report/html/live/traffic.js";
import type { LiveSnapshotMessage } from "../../report/html/live/data.js";
import type { Presentation } from "../../report/presentation.js";
import { textsIn } from "../../texts/languages.js";
import { addressAndPort, type ListenAddress } from "../values/listen-address.js";
import { fileForm, pageFile, type PageFileParts, type PageView } from "./page-files.js";
import type { PagePackets } from "./page-packets.js";
import { PageTraffic } from "./page-traffic.js";
import { servePages } from "./page-server.js";
import { type Route } from "./route.js";

/** How often a page is told what is new. */
const EVERY_MS = 2_000;
/** Pages that are told at once; of more the first ones are ended, and come again by themselves. */
const MOST_PAGES = 16;
/** Bytes that wait for a page that does not take them: it is ended then, and begins anew when it comes again. */
const MOST_WAITING = 8 * 1024 * 1024;
/** Bytes of the token, without which the address leads nowhere. */
const TOKEN_BYTES = 16;

/** `--page` while it runs. */
export interface LivePage {
  /** With its token: who has the address may read. */
  readonly url: string;
  close(): Promise<void>;
}

export interface LivePageOptions {
  readonly presentation: Presentation;
  /** The packets that are remembered; not there where none are. */
  readonly packets?: PagePackets;
  readonly hosts?: readonly string[];
}

/**
 * Serves the tunnels of `view` as a page for a browser: a snapshot once, then differences, as server-sent events. Nothing is
 * computed while nobody looks. Rejects with a UsageError where it cannot listen there.
 */
export async function startLivePage(
  address: ListenAddress,
  view: PageView,
  { presentation, packets, hosts = [] }: LivePageOptions,
): Promise<LivePage> {
  const token = randomBytes(TOKEN_BYTES).toString("base64url");
  const traffic = new PageTraffic(view, packets ?? null);
  const audience = new Audience(view, presentation, traffic);
  const server = await servePages(
    address,
    routesOf(`/${token}`, { view, presentation, packets: packets ?? null }, audience, traffic),
    {
      option: "--page",
      hosts,
      notFound: "the address of the page is the whole one that ikescope printed",
    },
  );
  return {
    url: `http://${addressAndPort(server.address)}/${token}/`,
    close: async () => {
      audience.end();
      await server.close();
    },
  };
}

function routesOf(
  base: string,
  parts: PageFileParts,
  audience: Audience,
  traffic: PageTraffic,
): readonly Route[] {
  const { view, packets, presentation } = parts;
  return [
    {
      path: `${base}/`,
      contentType: "text/html; charset=utf-8",
      headers: {
        "Content-Security-Policy": livePolicy(),
        // The token is in the address.
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Resource-Policy": "same-origin",
      },
      text: () => brotliDecompressSync(Buffer.from(packedLivePage(), "base64")).toString("utf8"),
    },
    {
      path: `${base}/events`,
      come: (client, query) =>
        audience.come(client, query.has("traffic") ? numberOf(query, "traffic") : null),
    },
    {
      path: `${base}/tunnel`,
      contentType: "application/json; charset=utf-8",
      text: (query) => {
        const id = numberOf(query, "id");
        const judgement = Number.isSafeInteger(id) ? view.judgementOf(id) : null;
        const message =
          judgement === null ? null : liveTunnel(judgement, id, presentedFor(query, presentation));
        return message === null ? null : JSON.stringify(message);
      },
    },
    {
      path: `${base}/bytes`,
      contentType: "application/json; charset=utf-8",
      text: async (query) => {
        const [id, frame] = [numberOf(query, "id"), numberOf(query, "frame")];
        const addresses = view.addressesOf(id);
        if (packets === null || addresses.length === 0 || !Number.isSafeInteger(frame)) return null;
        const message =
          query.get("message") === "1"
            ? await packets.messageOf(addresses, frame, presentedFor(query, presentation).texts)
            : packets.frameOf(addresses, frame);
        return message === null ? null : JSON.stringify(message);
      },
    },
    {
      path: `${base}/traffic`,
      contentType: "application/json; charset=utf-8",
      text: async (query) => {
        const span = { from: numberOf(query, "from"), to: numberOf(query, "to") };
        const closer = await traffic.close(numberOf(query, "id"), span);
        return closer === null ? null : JSON.stringify(wholeTraffic(closer));
      },
    },
    {
      path: `${base}/file`,
      file: async (query) => {
        const form = fileForm(query.get("form"));
        if (form === null) return null;
        return pageFile(form, numberOf(query, "id"), {
          ...parts,
          presentation: presentedFor(query, presentation),
        });
      },
    },
  ];
}

function numberOf(query: URLSearchParams, name: string): number {
  return Number(query.get(name) ?? Number.NaN);
}

/** In the language that a request asks for. */
function presentedFor(query: URLSearchParams, presentation: Presentation): Presentation {
  return { ...presentation, texts: textsIn(query.get("lang") === "zh" ? "zh" : "en") };
}

/** The pages that are open: all are told the same, at the same moments, and of the ESP of one tunnel if they look at it closely. */
class Audience {
  readonly #view: LiveView;
  readonly #presentation: Presentation;
  readonly #traffic: PageTraffic;
  readonly #pages = new Set<ServerResponse>();
  /** Tunnels whose ESP a page looks at; those of which it was told all that was there. */
  readonly #closely = new Map<ServerResponse, number>();
  #told: LiveSnapshotMessage | null = null;
  #timer: ReturnType<typeof setInterval> | null = null;

  constructor(view: LiveView, presentation: Presentation, traffic: PageTraffic) {
    this.#view = view;
    this.#presentation = presentation;
    this.#traffic = traffic;
  }

  /** `tunnel`: whose ESP the page looks at closely; null where it does at none. */
  come(page: ServerResponse, tunnel: number | null): void {
    const [oldest] = this.#pages;
    if (this.#pages.size >= MOST_PAGES) oldest?.destroy();
    page.on("close", () => this.#leave(page));
    // Those who were there are told up to the same moment.
    this.#tell();
    this.#told ??= this.#now();
    this.#pages.add(page);
    page.write(eventText("snapshot", this.#told));
    this.#timer ??= setInterval(() => this.#tell(), EVERY_MS).unref();
    if (tunnel !== null) void this.#lookAt(page, tunnel);
  }

  async #lookAt(page: ServerResponse, tunnel: number): Promise<void> {
    const whole = await this.#traffic.begin(tunnel);
    if (!this.#pages.has(page)) return;
    if (whole === null) page.write(eventText("gone", { tunnel }));
    else {
      page.write(eventText("traffic", whole));
      this.#closely.set(page, tunnel);
    }
  }

  end(): void {
    for (const page of this.#pages) page.end();
    this.#pages.clear();
    this.#closely.clear();
    this.#stop();
  }

  #tell(): void {
    if (this.#told === null || this.#pages.size === 0) return;
    const now = this.#now();
    const text = eventText("change", liveChange(this.#told, now));
    this.#told = now;
    const traffic = new Map(
      [...this.#traffic.look(new Set(this.#closely.values()))].map(([id, { isWhole, message }]) => [
        id,
        eventText(isWhole ? "traffic" : "more", message),
      ]),
    );
    for (const page of this.#pages) {
      if (page.writableLength > MOST_WAITING) page.destroy();
      else page.write(`${text}${traffic.get(this.#closely.get(page) ?? Number.NaN) ?? ""}`);
    }
  }

  #now(): LiveSnapshotMessage {
    return liveSnapshot(this.#view.snapshot(), this.#presentation);
  }

  #leave(page: ServerResponse): void {
    this.#pages.delete(page);
    this.#closely.delete(page);
    if (this.#pages.size === 0) this.#stop();
  }

  #stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#timer = null;
    this.#told = null;
  }
}

function eventText(name: string, data: unknown): string {
  return `event: ${name}\ndata: ${JSON.stringify(data)}\n\n`;
}
