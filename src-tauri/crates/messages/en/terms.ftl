### Words that stand in many places: one word per thing (look.md, "Words").

app-name = Tabane
language-en = English
language-ja = 日本語

## What became of a request

status-succeeded = Succeeded
status-failed = Failed
status-expired = Expired
status-cancelled = Cancelled
status-missing = Missing
status-pending = Pending

## A job

job-state-preparing = Being prepared
job-state-sending = Being sent
job-state-running = With the provider
job-state-cancelling = Being cancelled
job-state-collecting = Collecting the results
job-state-waiting = Waiting for you
job-state-finished = Finished

## A part: one batch at the provider

part-state-planned = Waiting its turn
part-state-uploading = Uploading
part-state-uploaded = Uploaded
part-state-creating = Being handed over
part-state-unclear = Checking what arrived
part-state-running = With the provider
part-state-ended = Results to be collected
part-state-collected = Finished
part-state-refused = Not accepted
part-state-halved = Split into smaller parts
part-state-dropped = Not sent

## What the provider says of a part

remote-state-validating = Being checked
remote-state-in_progress = Running
remote-state-finalizing = Results being put together
remote-state-cancelling = Being cancelled
remote-state-completed = Finished
remote-state-failed = Not accepted
remote-state-expired = Expired
remote-state-cancelled = Cancelled
remote-state-unknown = Not told

## What Tabane does at a provider

effect-upload = Upload
effect-create = Hand over
effect-cancel = Cancel
effect-delete = Clean up

## Where requests are sent

provider-openai = OpenAI
provider-groq = Groq
provider-kluster = kluster.ai
provider-custom = Another service
provider-practice = Practice

## Weight of a problem

severity-error = Problem
severity-warning = Worth a look

## Counts

count-requests = { $count ->
    [one] { $count } request
   *[other] { $count } requests
}
count-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
count-lines = { $count ->
    [one] { $count } line
   *[other] { $count } lines
}
count-parts = { $count ->
    [one] { $count } part
   *[other] { $count } parts
}
count-jobs = { $count ->
    [one] { $count } job
   *[other] { $count } jobs
}
count-models = { $count ->
    [one] { $count } model
   *[other] { $count } models
}
count-problems = { $count ->
    [one] { $count } problem
   *[other] { $count } problems
}

## Times. The figures come grouped, dates come ready made.

duration-seconds = { $count } s
duration-minutes = { $count } min
duration-hours = { $count } h
duration-days = { $count } d
duration-two = { $large } { $small }
deadline-ahead = by { $time } (in { $distance })
deadline-passed = { $time } (passed { $distance } ago)

## A failure that has no sentence of its own

error-unexpected = Something happened that Tabane has no words for yet ({ $code }).
    .means = What was saved and sent before stays as it is.
    .next = Try again. If it comes back, the details say more.
