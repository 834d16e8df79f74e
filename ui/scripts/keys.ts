// Writes src/i18n/keys.ts: the ids of the window's sentences with their arguments as a type. `npm run keys`.
import { writeFileSync } from "node:fs";
import { keysFile } from "./catalogue.ts";

writeFileSync(new URL("../src/i18n/keys.ts", import.meta.url), keysFile());
