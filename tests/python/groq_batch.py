"""A whole batch with Groq's own client: groq_batch.py BASE_URL KEY"""

import json
import sys
import time

from groq import Groq

# Groq's client brings its own path.
client = Groq(
    base_url=sys.argv[1].removesuffix("/openai/v1"), api_key=sys.argv[2], max_retries=0
)


def create(name):
    line = lambda n: {
        "custom_id": f"{name}-{n}",
        "method": "POST",
        "url": "/v1/chat/completions",
        "body": {
            # Models may be mixed here.
            "model": ("practice-small", "practice-large")[n % 2],
            "messages": [{"role": "user", "content": f"Say {n}"}],
        },
    }
    text = "".join(json.dumps(line(n)) + "\n" for n in range(3)).encode()
    file = client.files.create(file=(f"{name}.jsonl", text), purpose="batch")
    assert file.purpose == "batch" and file.bytes == len(text), file
    return client.batches.create(
        input_file_id=file.id,
        endpoint="/v1/chat/completions",
        completion_window="7d",
        metadata={"app_job": name},
    )


def ended(id):
    for _ in range(200):
        batch = client.batches.retrieve(id)
        if batch.status in ("completed", "failed", "expired", "cancelled"):
            return batch
        time.sleep(0.05)
    raise SystemExit(f"{id} does not end: {batch}")


made = create("r")
assert made.status == "validating" and made.metadata == {"app_job": "r"}, made
batch = ended(made.id)
assert batch.status == "completed" and batch.finalizing_at is None, batch
counts = batch.request_counts
assert (counts.total, counts.completed, counts.failed) == (3, 3, 0), counts
text = client.files.content(batch.output_file_id).text()
rows = [json.loads(line) for line in text.splitlines()]
assert all(row["response"]["body"]["choices"][0]["message"]["content"] for row in rows), rows

second = create("c")
assert client.batches.cancel(second.id).status in ("cancelling", "cancelled")
listed = [batch.id for batch in client.batches.list().data]
assert listed == [second.id, batch.id], listed
cancelled = ended(second.id).status == "cancelled"
print(
    json.dumps({
        "rows": len(rows),
        "ids": sorted(row["custom_id"] for row in rows),
        "listed": len(listed),
        "models": len(client.models.list().data),
        "cancelled": cancelled,
    })
)
