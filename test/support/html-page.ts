import type { PageData } from "../../src/report/html/page-data.js";

/** The data that a page holds for its script. */
export function dataOf(html: string): PageData {
  const [, json = ""] = /<script type="application\/json" id="data">(.*?)<\/script>/s.exec(html) ?? [];
  return JSON.parse(json) as PageData;
}
