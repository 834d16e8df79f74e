"""Whole batches with Google's own clients against the fake: vertex_batch.py BASE_URL KEY.

google-genai makes the jobs, google-cloud-storage and google-cloud-bigquery lay the requests down and read the answers.
Prints one JSON object. Any answer that a client does not take ends it with an error.
"""

import io
import json
import os
import sys
import time

base_url, key = sys.argv[1:]
os.environ["STORAGE_EMULATOR_HOST"] = base_url
os.environ["BIGQUERY_EMULATOR_HOST"] = base_url

from google import genai
from google.api_core.exceptions import Conflict, NotFound, PreconditionFailed
from google.cloud import bigquery, storage
from google.genai import types
from google.oauth2.credentials import Credentials

project, region, bucket, dataset = "p", "us-central1", "b", "d"
model = "gemini-3.8-flash"
over = {"JOB_STATE_SUCCEEDED", "JOB_STATE_FAILED", "JOB_STATE_CANCELLED", "JOB_STATE_EXPIRED"}
login = Credentials(token=key)
client = genai.Client(
    vertexai=True,
    project=project,
    location=region,
    credentials=login,
    http_options=types.HttpOptions(base_url=base_url),
)
jobs = client.batches
files = storage.Client(project=project, credentials=login)
tables = bigquery.Client(project=project, credentials=login, location=region)


def line(number: int) -> str:
    request = {
        "contents": [{"role": "user", "parts": [{"text": f"Question {number}"}]}],
        "generationConfig": {"temperature": 0.7, "maxOutputTokens": 100},
        "labels": {"tabane_id": f"r-{number}"},
    }
    return json.dumps({"custom_id": f"r-{number}", "request": request}) + "\n"


lines = "".join(line(number) for number in (1, 2, 3))


def ended(name: str) -> types.BatchJob:
    for _ in range(200):
        job = jobs.get(name=name)
        if job.state.name in over:
            return job
        time.sleep(0.05)
    raise SystemExit(f"{name} does not end")


def refused(act, kind) -> bool:
    try:
        act()
    except kind:
        return True
    return False


# Cloud Storage: in one piece, in several pieces, and not over what is there.
place = files.get_bucket(bucket)
blob = place.blob("tabane/sdk/input.jsonl")
blob.upload_from_string(lines, content_type="application/x-ndjson", if_generation_match=0)
pieces = place.blob("tabane/sdk/pieces.bin", chunk_size=256 * 1024)
content = os.urandom(700_000)
pieces.upload_from_file(io.BytesIO(content), size=len(content))
same = pieces.download_as_bytes() == content and pieces.download_as_bytes(start=10, end=19) == content[10:20]
kept = refused(lambda: blob.upload_from_string(lines, if_generation_match=0), PreconditionFailed)

job = jobs.create(
    model=model,
    src="gs://b/tabane/sdk/input.jsonl",
    config=types.CreateBatchJobConfig(display_name="sdk-files", dest="gs://b/tabane/sdk/output"),
)
done = ended(job.name)
written = [item for item in files.list_blobs(bucket, prefix="tabane/sdk/output/") if item.name.endswith(".jsonl")]
rows = [json.loads(row) for item in written for row in item.download_as_text().splitlines()]
answers = [types.GenerateContentResponse.model_validate(row["response"]).text for row in rows]

# BigQuery: a load under a name of ours, which is refused a second time.
source = bigquery.LoadJobConfig(
    source_format="NEWLINE_DELIMITED_JSON",
    schema=[bigquery.SchemaField("custom_id", "STRING"), bigquery.SchemaField("request", "JSON")],
    write_disposition="WRITE_EMPTY",
)


def load(name: str):
    return tables.load_table_from_file(
        io.BytesIO(lines.encode()), f"{project}.{dataset}.sdk_in", job_id=name, job_config=source
    )


load("sdk_load_1").result()
twice = refused(lambda: load("sdk_load_1"), Conflict)
described = tables.get_table(f"{project}.{dataset}.sdk_in")
second = jobs.create(
    model=model,
    src="bq://p.d.sdk_in",
    config=types.CreateBatchJobConfig(display_name="sdk-tables", dest="bq://p.d.sdk_out"),
)
tabled = ended(second.name)
found = [dict(row) for row in tables.list_rows(tables.get_table("p.d.sdk_out"))]

third = jobs.create(
    model=model,
    src="gs://b/tabane/sdk/input.jsonl",
    config=types.CreateBatchJobConfig(display_name="sdk-cancelled", dest="gs://b/tabane/sdk/other"),
)
jobs.cancel(name=third.name)
cancelled = ended(third.name)
listed = [item.display_name for item in jobs.list(config=types.ListBatchJobsConfig(page_size=2))]
filtered = [
    item.display_name
    for item in jobs.list(config=types.ListBatchJobsConfig(filter='display_name="sdk-tables"'))
]

blob.delete()
tables.delete_table("p.d.sdk_in")
gone = refused(blob.reload, NotFound) and refused(lambda: tables.get_table("p.d.sdk_in"), NotFound)

print(
    json.dumps(
        {
            "rows": len(rows),
            "ids": sorted(row["request"]["labels"]["tabane_id"] for row in rows),
            "answered": sum(bool(answer) for answer in answers),
            "state": done.state.name,
            "counts": [done.completion_stats.successful_count, done.completion_stats.failed_count],
            "same_bytes": same,
            "kept": kept,
            "table_rows": len(found),
            "table_ids": sorted(row["custom_id"] for row in found),
            "table_state": tabled.state.name,
            "table_size": described.num_rows,
            "duplicate_load_refused": twice,
            "listed": sorted(listed),
            "filtered": filtered,
            "cancelled": cancelled.state.name == "JOB_STATE_CANCELLED",
            "gone": gone,
        }
    )
)
