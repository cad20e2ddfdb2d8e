import { label } from "../../report/html/client/labels.js";
import type { LiveBytesMessage, LiveFileForm, LiveTunnelMessage } from "../../report/html/live/data.js";
import type { LiveTrafficMessage } from "../../report/html/live/traffic.js";
import type { TimeSpan } from "../../report/html/traffic/data.js";
import type { Language } from "../../texts/texts.js";
import type { BytesAnswer, FileAnswer, Question } from "../protocol.js";

const NOT_FOUND = 404;
const BUSY = 503;

/** Requests of the page to the ikescope that it came from. All reject with a reason for the reader where there is no answer. */
export class LiveServer {
  /** A tunnel as it is judged now. */
  async tunnel(id: number, language: Language): Promise<LiveTunnelMessage> {
    const gone = label`Tunnel ${id} is not known any more, or cannot be asked for.`;
    const response = await asked(`tunnel?id=${id}&lang=${language}`, gone);
    return (await response.json()) as LiveTunnelMessage;
  }

  /** The bytes of a row of the ladder of a tunnel. */
  async bytes(
    id: number,
    { frame, isMessage }: Extract<Question, { readonly about: "bytes" }>,
    language: Language,
  ): Promise<BytesAnswer> {
    const gone = label`Its bytes are not remembered any more: a running capture keeps the newest packets.`;
    const kind = isMessage ? "&message=1" : "";
    const response = await asked(`bytes?id=${id}&frame=${frame}&lang=${language}${kind}`, gone);
    const { bytes, fields } = (await response.json()) as LiveBytesMessage;
    return { bytes: Uint8Array.from(atob(bytes), (letter) => letter.charCodeAt(0)), fields };
  }

  /** The ESP of a tunnel in a span of time, by the packets that are remembered. */
  async traffic(id: number, { from, to }: TimeSpan): Promise<LiveTrafficMessage> {
    const gone = label`Its packets of that time are not remembered any more.`;
    const response = await asked(`traffic?id=${id}&from=${from}&to=${to}`, gone);
    return (await response.json()) as LiveTrafficMessage;
  }

  /** A file of a tunnel, or of the table. */
  async file(form: LiveFileForm, id: number | null, language: Language): Promise<FileAnswer> {
    const gone = label`There is none: the tunnel, or its packets, are not remembered any more.`;
    const tunnel = id === null ? "" : `&id=${id}`;
    const response = await asked(`file?form=${form}&lang=${language}${tunnel}`, gone);
    const [, name = form] =
      /filename="([\w.-]+)"/.exec(response.headers.get("Content-Disposition") ?? "") ?? [];
    return { name, file: await response.blob() };
  }
}

/** `gone` is the reason where the server has nothing like it. */
async function asked(address: string, gone: string): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(address);
  } catch {
    throw new Error(label`No connection to ikescope: it has ended, or cannot be reached.`);
  }
  if (response.ok) return response;
  if (response.status === NOT_FOUND) throw new Error(gone);
  throw new Error(
    response.status === BUSY
      ? label`Other files are being made: try again in a moment.`
      : label`ikescope could not make it.`,
  );
}
