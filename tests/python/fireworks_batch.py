"""A whole batch with Fireworks' own client: fireworks_batch.py BASE_URL KEY"""

import json
import sys
import time
import urllib.request

from fireworks import Fireworks, NotFoundError

client = Fireworks(
    base_url=sys.argv[1].removesuffix("/v1"),
    api_key=sys.argv[2],
    account_id="practice",
    max_retries=0,
)


def create(name):
    line = lambda n: {
        "custom_id": f"{name}-{n}",
        "body": {"messages": [{"role": "user", "content": f"Say {n}"}], "max_tokens": 50},
    }
    text = "".join(json.dumps(line(n)) + "\n" for n in range(3)).encode()
    made = client.datasets.create(
        dataset_id=f"in-{name}", dataset={"user_uploaded": {}, "example_count": "3"}
    )
    assert made.state == "UPLOADING", made
    client.datasets.upload(f"in-{name}", file=(f"{name}.jsonl", text))
    ready = client.datasets.get(f"in-{name}")
    assert ready.state == "READY" and ready.example_count == "3", ready
    return client.batch_inference_jobs.create(
        batch_inference_job_id=f"job-{name}",
        model="accounts/fireworks/models/practice-small",
        input_dataset_id=ready.name,
        output_dataset_id=f"accounts/practice/datasets/out-{name}",
    )


def ended(id):
    for _ in range(200):
        job = client.batch_inference_jobs.get(id)
        if job.state in ("JOB_STATE_COMPLETED", "JOB_STATE_FAILED", "JOB_STATE_EXPIRED"):
            return job
        time.sleep(0.05)
    raise SystemExit(f"{id} does not end: {job}")


made = create("r")
assert made.state == "JOB_STATE_VALIDATING" and made.job_progress is None, made
job = ended("job-r")
assert job.state == "JOB_STATE_COMPLETED" and job.status.code == "OK", job
assert job.job_progress.successfully_processed_requests == 3, job
rows, errors = [], []
urls = client.datasets.get_download_endpoint("out-r").filename_to_signed_urls
for name, url in urls.items():
    lines = urllib.request.urlopen(url).read().decode().splitlines()
    (errors if name.endswith("error-data") else rows).extend(map(json.loads, lines))
assert not errors, errors
assert all(row["response"]["choices"][0]["message"]["content"] for row in rows), rows

second = create("c")
listed = [job.name.rsplit("/")[-1] for job in client.batch_inference_jobs.list()]
assert listed == ["job-r", "job-c"], listed
# There is no other way to cancel.
client.batch_inference_jobs.delete("job-c")
cancelled = False
for _ in range(200):
    try:
        state = client.batch_inference_jobs.get("job-c").state
        assert state == "JOB_STATE_DELETING_CLEANING_UP", state
    except NotFoundError:
        cancelled = True
        break
    time.sleep(0.05)
print(
    json.dumps({
        "rows": len(rows),
        "ids": sorted(row["custom_id"] for row in rows),
        "listed": len(listed),
        "cancelled": cancelled,
    })
)
