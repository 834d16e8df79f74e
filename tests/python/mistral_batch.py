"""A whole batch with Mistral's official client, against a server that speaks its protocol.

    mistral_batch.py BASE_URL KEY

Prints one JSON object; anything that the client cannot read ends it with an error.
"""

import datetime
import json
import sys
import time

from mistralai.client import Mistral

MODEL = "practice-small-latest"
RUNNING = ("QUEUED", "RUNNING", "CANCELLATION_REQUESTED")


def main(base_url, key):
    # The client adds /v1 itself.
    client = Mistral(api_key=key, server_url=base_url.removesuffix("/v1"))
    models = [model.id for model in client.models.list().data]
    job = create(client, "first")
    # The file is not read yet.
    assert job.total_requests == 0, job
    job = ended(client, job)
    assert job.status == "SUCCESS", job
    # The second row holds a field that the service does not know.
    counts = (job.total_requests, job.completed_requests, job.succeeded_requests, job.failed_requests)
    assert counts == (3, 3, 2, 1), job
    good, bad = rows(client, job.output_file), rows(client, job.error_file)
    for row in good:
        assert row["response"]["body"]["choices"][0]["message"]["content"], row
    # The body of a failed row is JSON in a string.
    errors = [json.loads(row["response"]["body"])["code"] for row in bad]

    second = create(client, "second")
    second = client.batch.jobs.cancel(job_id=second.id)
    cancelled = second.status == "CANCELLATION_REQUESTED"
    second = ended(client, second)
    assert second.status == "CANCELLED", second
    a_day_ago = datetime.datetime.now(datetime.timezone.utc) - datetime.timedelta(days=1)
    listed = [each.id for each in client.batch.jobs.list(page_size=1, created_after=a_day_ago).data]
    more = [each.id for each in client.batch.jobs.list(page=1, page_size=1).data]
    print(
        json.dumps(
            {
                "rows": len(good) + len(bad),
                "ids": sorted(row["custom_id"] for row in good + bad),
                "errors": errors,
                "cancelled": cancelled,
                "listed": listed + more == [second.id, job.id],
                "deleted": client.batch.jobs.delete(job_id=job.id).deleted,
                "models": models,
            }
        )
    )


def create(client, name):
    lines = [
        {"custom_id": f"{name}-{number}", "body": {"max_tokens": 100, "messages": [message(number)]}}
        for number in range(3)
    ]
    lines[1]["body"]["seed"] = 7
    content = "".join(json.dumps(line) + "\n" for line in lines).encode()
    file = client.files.upload(file={"file_name": f"{name}.jsonl", "content": content}, purpose="batch")
    return client.batch.jobs.create(
        input_files=[file.id],
        model=MODEL,
        endpoint="/v1/chat/completions",
        metadata={"app_job": name},
        timeout_hours=168,
    )


def message(number):
    return {"role": "user", "content": f"Name a word with {number + 3} letters."}


def ended(client, job):
    while job.status in RUNNING:
        time.sleep(0.1)
        job = client.batch.jobs.get(job_id=job.id)
    return job


def rows(client, file_id):
    content = client.files.download(file_id=file_id).read()
    return [json.loads(line) for line in content.decode().split("\n") if line]


if __name__ == "__main__":
    main(*sys.argv[1:])
