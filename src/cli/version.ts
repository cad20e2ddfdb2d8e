import { readFileSync } from "node:fs";

/** Version of this package, from its package.json. */
export const VERSION = versionOf(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));

function versionOf(json: string): string {
  const data: unknown = JSON.parse(json);
  if (typeof data === "object" && data !== null && "version" in data && typeof data.version === "string") {
    return data.version;
  }
  throw new TypeError("package.json has no version");
}
