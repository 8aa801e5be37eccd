// The line that starts the same run from a terminal.
import { runsAddress } from "./api.js";

/** Waits for the end, as long as the program lets one wait. */
const WAIT = "120s";

export const commandOf = ({ spec }) =>
  `curl -s '${runsAddress()}?wait=${WAIT}' -H 'Content-Type: application/json' -d ${quoted(JSON.stringify(spec))}`;

/** One word for a shell. */
const quoted = (words) => `'${words.replaceAll("'", "'\\''")}'`;
