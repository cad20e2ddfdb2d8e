import { readFileSync } from "node:fs";

/** Put in by tools/bundle.ts: a bundle does not know where its package.json is, and the single file has none. */
declare const BUNDLED_VERSION: string | undefined;

/** Version of this package, from its package.json. */
export const VERSION =
  typeof BUNDLED_VERSION === "string"
    ? BUNDLED_VERSION
    : versionOf(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

function versionOf(json: string): string {
  const data: unknown = JSON.parse(json);
  if (typeof data === "object" && data !== null && "version" in data && typeof data.version === "string") {
    return data.version;
  }
  throw new TypeError("package.json has no version");
}
