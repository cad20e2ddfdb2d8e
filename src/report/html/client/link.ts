/** Shown of the page is what its address names, so that a link leads to a tunnel, or to a frame of it. */
export interface LinkTarget {
  readonly tunnel: number;
  readonly frame: string | null;
}

/** Null where the address names no tunnel. */
export function linkTargetIn(hash: string): LinkTarget | null {
  const parts = partsOf(hash);
  const tunnel = parts.get("tunnel") ?? "";
  const frame = parts.get("frame") ?? "";
  if (!/^\d+$/.test(tunnel)) return null;
  return { tunnel: Number(tunnel), frame: /^\d+(?::\d+)?$/.test(frame) ? frame : null };
}

/** The language that the address asks for, as it stands there; null where it asks for none. */
export function languageIn(hash: string): string | null {
  return partsOf(hash).get("lang") ?? null;
}

/** The address of a tunnel, or of a frame of it, in the language of the present one. */
export function linkTo(tunnel: number, frame: string | null = null): string {
  const target = frame === null ? `tunnel=${tunnel}` : `tunnel=${tunnel}&frame=${frame}`;
  const language = languageIn(location.hash);
  return language === null ? `#${target}` : `#${target}&lang=${language}`;
}

/** The address of what is shown, in another language. */
export function inLanguage(hash: string, language: string): string {
  const target = [...partsOf(hash)].filter(([name]) => name === "tunnel" || name === "frame");
  return `#${[...target, ["lang", language]].map(([name, value]) => `${name}=${value}`).join("&")}`;
}

function partsOf(hash: string): ReadonlyMap<string, string> {
  const parts = new Map<string, string>();
  for (const part of hash.replace(/^#/, "").split("&")) {
    const [, name, value] = /^(\w+)=([\w:-]+)$/.exec(part) ?? [];
    if (name !== undefined && value !== undefined) parts.set(name, value);
  }
  return parts;
}
