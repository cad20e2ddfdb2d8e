import { label } from "../../report/html/client/labels.js";

/** Version of ikescope, put in by tools/standalone-page.ts. */
declare const BUNDLED_VERSION: string;

/** The page's last line. */
export function footText(): string {
  return label`ikescope ${BUNDLED_VERSION}. This page loads nothing and sends nothing.`;
}
