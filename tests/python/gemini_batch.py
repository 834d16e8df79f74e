"""A whole batch with Google's own SDK (google-genai) against the fake: gemini_batch.py BASE_URL KEY.

Prints one JSON object. Any answer that the SDK does not take ends it with an error.
"""

import json
import os
import sys
import tempfile
import time

from google import genai
from google.genai import types

base_url, key = sys.argv[1:]
model = "gemini-3.8-flash"
over = {"JOB_STATE_SUCCEEDED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED", "JOB_STATE_EXPIRED"}


def options() -> types.HttpOptions:
    # `v1`, the SDK's default, has no files (wire notes 2.1).
    return types.HttpOptions(base_url=base_url, api_version="v1beta")


client = genai.Client(api_key=key, http_options=options())


def line(number: int) -> str:
    request = {
        "contents": [{"role": "user", "parts": [{"text": f"Question {number}"}]}],
        "generation_config": {"temperature": 0.7, "max_output_tokens": 100},
    }
    return json.dumps({"key": f"r-{number}", "request": request}) + "\n"


def uploaded(lines: list[str], name: str) -> types.File:
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "in.jsonl")
        with open(path, "w", encoding="utf-8") as out:
            out.writelines(lines)
        # With options of its own it sends the pieces to our address too, whatever host the service names.
        config = types.UploadFileConfig(
            name=name, display_name=name, mime_type="application/jsonl", http_options=options()
        )
        return client.files.upload(file=path, config=config)


def ended(name: str) -> types.BatchJob:
    for _ in range(200):
        job = client.batches.get(name=name)
        if job.state.name in over:
            return job
        time.sleep(0.05)
    raise SystemExit(f"{name} does not end")


# More than one piece of 8 MiB: the SDK cuts what it sends.
padding = json.dumps({"key": "r-3", "request": {"contents": [{"parts": [{"text": "x" * (9 << 20)}]}]}}) + "\n"
file = uploaded([line(1), line(2), padding], "sdk-first")
seen = client.files.get(name=file.name)
job = client.batches.create(model=model, src=file.name, config={"display_name": "first"})
done = ended(job.name)
rows = [json.loads(row) for row in client.files.download(file=done.dest.file_name).decode().splitlines()]
answers = [types.GenerateContentResponse.model_validate(row["response"]).text for row in rows]

inline = client.batches.create(
    model=model,
    src=[{"contents": [{"role": "user", "parts": [{"text": "Inline"}]}], "metadata": {"key": "i-1"}}],
    config={"display_name": "inline"},
)
inlined = ended(inline.name).dest.inlined_responses

second = client.batches.create(model=model, src=file.name, config={"display_name": "second"})
client.batches.cancel(name=second.name)
cancelled = ended(second.name)

print(
    json.dumps(
        {
            "rows": len(rows),
            "ids": sorted(row["key"] for row in rows),
            "answered": sum(bool(answer) for answer in answers),
            "state": done.state.name,
            "same_file": seen.sha256_hash == file.sha256_hash and seen.state.name == "ACTIVE",
            "inlined": len(inlined),
            "listed": sorted(batch.display_name for batch in client.batches.list(config={"page_size": 2})),
            "models": sorted(model.name for model in client.models.list()),
            "cancelled": cancelled.state.name == "JOB_STATE_CANCELLED",
        }
    )
)
