"""A whole batch with Together's own client: together_batch.py BASE_URL KEY"""

import json
import pathlib
import sys
import tempfile
import time

from together import Together

client = Together(base_url=sys.argv[1].removesuffix("/v1"), api_key=sys.argv[2], max_retries=0)


def create(name):
    line = lambda n: {
        "custom_id": f"{name}-{n}",
        "body": {
            "model": "practice/small",
            "messages": [{"role": "user", "content": f"Say {n}"}],
            "max_tokens": 50,
        },
    }
    with tempfile.TemporaryDirectory() as folder:
        part = pathlib.Path(folder, f"{name}.jsonl")
        part.write_text("".join(json.dumps(line(n)) + "\n" for n in range(3)))
        file = client.files.upload(part, purpose="batch-api", check=False)
    assert file.purpose == "batch-api" and file.bytes > 0, file
    made = client.batches.create(
        input_file_id=file.id, endpoint="/v1/chat/completions", completion_window="24h"
    )
    assert made.job.status == "VALIDATING" and made.job.input_file_id == file.id, made
    return made.job


def ended(id):
    for _ in range(200):
        job = client.batches.retrieve(id)
        if job.status in ("COMPLETED", "FAILED", "EXPIRED", "CANCELLED"):
            return job
        time.sleep(0.05)
    raise SystemExit(f"{id} does not end: {job}")


job = ended(create("r").id)
assert job.status == "COMPLETED" and job.progress == 100 and job.completed_at > job.created_at, job
text = client.files.content(job.output_file_id).read().decode()
rows = [json.loads(line) for line in text.splitlines()]
assert all(row["response"]["body"]["choices"][0]["message"]["content"] for row in rows), rows

second = create("c")
client.batches.cancel(second.id)
listed = {listed.id for listed in client.batches.list()}
assert listed == {job.id, second.id}, listed
cancelled = ended(second.id).status == "CANCELLED"
print(
    json.dumps({
        "rows": len(rows),
        "ids": sorted(row["custom_id"] for row in rows),
        "listed": len(listed),
        "cancelled": cancelled,
    })
)
