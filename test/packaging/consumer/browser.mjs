// A user of the engine in a browser; tools/check-package.ts bundles it.
import { analyze, AnonymizedSource, LiveEngine, renderHtml, renderText } from "ikescope";

Object.assign(globalThis, { analyze, AnonymizedSource, LiveEngine, renderHtml, renderText });
