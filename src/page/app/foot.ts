import { label } from "../../report/html/client/labels.js";

/** Version of ikescope, put in by tools/standalone-page.ts. */
declare const BUNDLED_VERSION: string;

/** The last line of the page that judges captures. */
export function footText(): string {
  return label`ikescope ${BUNDLED_VERSION}. This page loads nothing and sends nothing.`;
}

/** The last line of the page of a running `live`. */
export function liveFootText(): string {
  return label`ikescope ${BUNDLED_VERSION}. This page asks the ikescope that it came from, and nothing else.`;
}
