#!/usr/bin/env node
import { main } from "../dist/cli/ikescope.js";

await main(process.argv);
