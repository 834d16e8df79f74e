"""Holds what was asked and answered against Google's own descriptions: google_discovery.py BASE_URL KEY.

Run it after something (Tabane, or vertex_batch.py) has spoken to the fake at BASE_URL: the fake has recorded every
exchange. The descriptions are those that google-api-python-client brings along. Unknown methods, parameters and fields,
words that are in no enumeration, and 64-bit numbers that are no texts are faults. Prints one JSON object; ends with 1
when there are faults.
"""

import json
import re
import sys
import urllib.request
from collections import Counter
from pathlib import Path
from urllib.parse import parse_qsl, unquote

import googleapiclient

base_url = sys.argv[1]
documents = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
apis = [json.loads((documents / f"{name}.json").read_text()) for name in
        ("aiplatform.v1", "aiplatform.v1beta1", "storage.v1", "bigquery.v2")]
# Of uploads: they are described apart.
upload_parameters = {"uploadType", "upload_id"}
kinds = {"string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict}


def methods(resources):
    for resource in resources.values():
        yield from resource.get("methods", {}).values()
        yield from methods(resource.get("resources", {}))


def pattern(path: str) -> re.Pattern:
    pieces = re.split(r"\{\+?[^}]+\}", path)
    return re.compile("[^/]+".join(re.escape(piece) for piece in pieces) + "$")


def routes():
    for api in apis:
        for method in methods(api["resources"]):
            base = "/" + api["servicePath"]
            yield method["httpMethod"], pattern(base + method.get("flatPath", method["path"])), api, method
            upload = method.get("mediaUpload", {}).get("protocols", {}).get("simple", {}).get("path")
            if upload:
                yield method["httpMethod"], pattern(upload), api, method


table = list(routes())


def check(api, schema, value, place, faults):
    """One value against one schema."""
    if "$ref" in schema:
        schema = api["schemas"][schema["$ref"]]
    kind = schema.get("type")
    if value is None or kind in (None, "any"):
        return
    expected = kinds[kind]
    if not isinstance(value, expected) or (kind in ("integer", "number") and isinstance(value, bool)):
        faults.append(f"{place}: {value!r} is no {kind}")
        return
    if schema.get("format") in ("int64", "uint64") and not re.fullmatch(r"-?\d+", str(value)):
        faults.append(f"{place}: {value!r} is no {schema['format']}")
    if schema.get("format") == "google-datetime" and not re.fullmatch(r"\d{4}-\d\d-\d\dT[\d:.]+Z", value):
        faults.append(f"{place}: {value!r} is no time")
    if "enum" in schema and value not in schema["enum"]:
        faults.append(f"{place}: {value!r} is none of {schema['enum']}")
    if kind == "array":
        for at, item in enumerate(value):
            check(api, schema["items"], item, f"{place}[{at}]", faults)
    if kind == "object":
        for name, item in value.items():
            known = schema.get("properties", {}).get(name, schema.get("additionalProperties"))
            if known is None:
                faults.append(f"{place}.{name}: no such field")
            else:
                check(api, known, item, f"{place}.{name}", faults)


def hold(exchange, seen, faults):
    path = exchange["path"]
    if exchange["method"] == "PUT" and path.startswith("/upload/"):
        # A piece of a resumable upload: its answer is that of the insert.
        fitting = [route for route in table if route[0] == "POST" and route[1].match(path)]
    else:
        fitting = [route for route in table if route[0] == exchange["method"] and route[1].match(path)]
    if path.startswith("/download/"):
        seen["storage.objects.get (download)"] += 1
        return
    if not fitting:
        faults.append(f"{exchange['method']} {path}: no such method")
        return
    _, _, api, method = fitting[0]
    place = method["id"]
    seen[place] += 1
    known = set(method.get("parameters", {})) | set(api["parameters"]) | upload_parameters
    for name, value in parse_qsl(exchange["query"] or ""):
        if name not in known:
            faults.append(f"{place}: no such parameter {name}={unquote(value)}")
        kind = method.get("parameters", {}).get(name, {}).get("type")
        if kind == "integer" and not value.isdigit():
            faults.append(f"{place}: {name}={value} is no integer")
    if exchange["request"] is not None and exchange["method"] == "POST":
        if "request" not in method:
            faults.append(f"{place}: takes no body")
        else:
            check(api, method["request"], exchange["request"], f"{place} request", faults)
    if exchange["response"] is not None and 200 <= exchange["status"] < 300 and "response" in method:
        partial = exchange["query"] and "alt=media" in exchange["query"]
        if not partial:
            check(api, method["response"], exchange["response"], f"{place} response", faults)


with urllib.request.urlopen(f"{base_url}/practice/exchanges") as answer:
    exchanges = json.load(answer)
seen, faults = Counter(), []
for exchange in exchanges:
    hold(exchange, seen, faults)
print(json.dumps({"checked": len(exchanges), "methods": dict(sorted(seen.items())), "faults": sorted(set(faults))}))
sys.exit(1 if faults or not exchanges else 0)
