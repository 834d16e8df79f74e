"""A whole batch with Anthropic's official client, against a server that speaks its protocol.

    anthropic_batch.py BASE_URL KEY

Prints one JSON object; anything that the client cannot read ends it with an error.
"""

import json
import sys
import time

import anthropic

MODEL = "claude-haiku-5-5"
SCHEMA = {
    "type": "object",
    "properties": {"word": {"type": "string"}},
    "required": ["word"],
    "additionalProperties": False,
}


def main(base_url, key):
    client = anthropic.Anthropic(
        base_url=base_url, api_key=key, max_retries=0, _strict_response_validation=True
    )
    models = [model.id for model in client.models.list(limit=2)]
    batch = client.messages.batches.create(requests=requests("first"))
    counts = batch.request_counts
    assert (counts.processing, counts.succeeded) == (3, 0), counts
    while batch.processing_status != "ended":
        time.sleep(0.1)
        batch = client.messages.batches.retrieve(batch.id)
    rows = {row.custom_id: row.result for row in client.messages.batches.results(batch.id)}
    answered = [name for name, result in rows.items() if result.type == "succeeded"]
    errors = [result.error.error.type for result in rows.values() if result.type == "errored"]
    counts = batch.request_counts
    assert (counts.processing, counts.succeeded, counts.errored) == (0, 2, 1), counts
    assert all(rows[name].message.stop_reason == "end_turn" for name in answered)
    assert json.loads(text(rows["first-1"].message))["word"], rows["first-1"]

    second = client.messages.batches.create(requests=requests("second"))
    second = client.messages.batches.cancel(second.id)
    cancelled = second.processing_status == "canceling" and second.cancel_initiated_at is not None
    while second.processing_status != "ended":
        time.sleep(0.1)
        second = client.messages.batches.retrieve(second.id)
    listed = [each.id for each in client.messages.batches.list(limit=1)]
    deleted = client.messages.batches.delete(batch.id)
    print(
        json.dumps(
            {
                "rows": len(rows),
                "ids": sorted(rows),
                "errors": errors,
                "cancelled": cancelled,
                "listed": listed == [second.id, batch.id],
                "deleted": deleted.id == batch.id,
                "models": models,
            }
        )
    )


def requests(name):
    """Two that are answered, the second with a schema and a cached prompt, and one without its limit of length."""
    message = {"role": "user", "content": "Say one word."}
    plain = {"model": MODEL, "max_tokens": 64, "messages": [message]}
    cached = {"type": "text", "text": "Be short.", "cache_control": {"type": "ephemeral", "ttl": "1h"}}
    formatted = {
        **plain,
        "system": [cached],
        "output_config": {"effort": "low", "format": {"type": "json_schema", "schema": SCHEMA}},
    }
    unlimited = {"model": MODEL, "messages": [message]}
    return [
        {"custom_id": f"{name}-{number}", "params": params}
        for number, params in enumerate([plain, formatted, unlimited])
    ]


def text(message):
    return "".join(block.text for block in message.content if block.type == "text")


if __name__ == "__main__":
    main(*sys.argv[1:])
