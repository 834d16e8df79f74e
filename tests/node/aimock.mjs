// aimock as a process: one line of JSON with its address, then it serves until it is ended.
//
// aimock takes outcomes and faults from headers of the request itself, which a client that knows nothing of aimock
// never sends. The rules in the first argument put them there:
// [{"method": "POST", "path": "/v1/batches", "times": 1, "headers": {"x-aimock-batch-outcome": "expired"}}]
// `path` is a beginning; without `times` a rule holds for ever.

import { createServer } from "@copilotkit/aimock";

const rules = JSON.parse(process.argv[2] ?? "[]");
const { server, url } = await createServer([]);

server.prependListener("request", (request) => {
	const rule = rules.find(
		(rule) => rule.times !== 0 && rule.method === request.method && request.url.startsWith(rule.path),
	);
	if (rule === undefined) return;
	if (rule.times !== undefined) rule.times -= 1;
	Object.assign(request.headers, rule.headers);
});

console.log(JSON.stringify({ base_url: `${url}/v1` }));
