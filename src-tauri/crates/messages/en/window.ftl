# Sentences of the window. Words: see look.md. A button is verb + count + thing; a dialog that follows ends in "…".

## Shared
close = Close
cancel-dialog = Cancel
undo = Undo
more-for = More for { $name }
details = Details
not-told = not told by the provider
language-label = Language
practice-mark = Practice: made-up answers, not data
practice-word = practice
practice-answers = Made up for practice: not data.
drop-here =
    { $files ->
        [0] Drop the file to check it
        [one] Drop the file to check it
       *[other] Drop { $files } files to check them
    }
drop-note = Nothing is sent until you say so.

## Navigation
nav-label = Main
nav-home = Home
nav-studies = Studies
nav-jobs = Jobs
nav-connections = Connections
nav-settings = Settings
nav-running =
    { $count ->
        [one] 1 job is with its provider. You may close this window.
       *[other] { $count } jobs are with their providers. You may close this window.
    }

## First start
start-title = Where would you like to begin?
start-lead = Tabane ties many questions to an AI model into one bundle, sends it through the provider’s half-price overnight queue, and gives you back one table with every answer accounted for.
start-file = Send a file
start-file-about = You already have a request file (JSONL). Every line is checked before it is sent.
start-file-needs =
    You need the file
    and a key from a provider
start-study = Design a study
start-study-about = Cross personas, texts and conditions, repeat the trials, and define the answers you want.
start-study-needs =
    You need a spreadsheet,
    or nothing: start from the sample
start-practice = Try it with the practice provider
start-practice-about = The whole way in two minutes, with made-up answers from this computer.
start-practice-needs =
    You need nothing:
    no key, no cost, no internet
start-drop = You can also drop a file anywhere in this window.
start-keys = Keys are kept in this computer’s keychain.

## Lists of jobs
list-name = Name
list-sent-to = Sent to
list-requests = Requests
list-state = State
list-time = Time
list-done = { $done } of { $requests }
list-requests-count =
    { $count ->
        [one] 1 request
       *[other] { $count } requests
    }
list-not-chosen = Not chosen yet
list-by = by { $time }
list-imported = Read from a file
job-is-all-answered = All answered
job-is-failed = { $count } failed
job-is-expired = { $count } expired
job-is-cancelled = { $count } cancelled
job-is-missing = { $count } missing
draft-is-checking = Being checked
draft-is-ready = Ready to send
draft-is-stopped = Check stopped
draft-is-unreadable = Can’t be read
draft-is-empty = Nothing to send
draft-is-problems =
    { $count ->
        [one] 1 problem
       *[other] { $count } problems
    }

## Home
home-title = Home
home-waiting = Waiting for you
home-running = With the provider
home-studies = Being written
home-all-studies = Show all { $count } studies
home-finished = Finished
home-all = Show all { $count } jobs
home-send-file = Send a file…

## Jobs
jobs-title = Jobs
jobs-search = Search jobs
jobs-import = Read a results file…
jobs-adopt = Take over a batch…
jobs-none = No jobs yet
jobs-none-about = Every job that you send is kept here with its answers, until you delete it.
jobs-not-found = No job has “{ $search }” in its name, provider or model.
jobs-delete = Delete…
jobs-delete-title = Delete “{ $name }”?
jobs-delete-about =
    { $count ->
        [one] Its request and its answer are deleted from this computer. This can’t be undone.
       *[other] Its { $count } requests and all their answers are deleted from this computer. This can’t be undone.
    }
jobs-delete-running = It is still with { $provider } and goes on there. Cancel the job first; then it can be deleted.
jobs-delete-open = Open the job
jobs-delete-keep = Keep it
jobs-delete-confirm = Delete the job
## Taking over a batch
adopt-title = Take over a batch
adopt-about = A batch that was sent by other means, with a script for instance, becomes a job here. Nothing is sent, and nothing changes at the service.
adopt-from = From
adopt-no-connection = No service is connected yet.
adopt-asking = Asking { $service } for its batches…
adopt-none = { $service } shows no batches for this key.
adopt-by-id = You can also type the id of the batch.
adopt-batches = Batches at { $service }
adopt-search = Search batches
adopt-not-found = No batch has “{ $search }” in its id, name or model.
adopt-batch = Batch
adopt-created = Sent
adopt-is-job = already a job
adopt-id = Id of the batch
adopt-id-about = Choose one above, or paste the id that the service gave it.
adopt-with-requests = I have the request file
adopt-with-requests-about = Each answer then stands beside its request. Tabane asks for the file next.
adopt-confirm = Take over the batch
adopt-confirm-file = Choose the request file…
adopt-busy = Taking it over…

## Check
check-another = Choose another file…
check-remove = Remove from the list
check-remove-about = Your file stays where it is
check-lines = Lines in the file
check-ready = Ready to send
check-problems-count = With a problem
check-size = Size
check-goes-out = Goes out in
check-parts =
    { $parts ->
        [one] part
       *[other] parts
    }{ $jobs ->
        [one] , one job
       *[other] , { $jobs } jobs
    }
check-problems = Problems
check-no-problems = No problems found. Every line can be sent as it is.
check-no-problems-changed = No problems found.
check-fix-safe =
    { $count ->
        [one] Fix the one that is safe
       *[other] Fix the { $count } that are safe
    }
check-col-line = Line
check-col-what = What is wrong
check-col-act = What you can do
check-whole-file = File
check-more-lines = and { $count } more
check-given = The model
check-given-none = This file names no model.
check-given-some =
    { $count ->
        [one] 1 line names no model.
       *[other] { $count } lines name no model.
    }
check-given-about = The one that you choose here answers every line.
check-given-label = Answers come from
check-given-use = Use this model
check-given-used = { $model } answers every line.
check-given-undo = Use the models that the file names
check-given-other = Use another model for all lines…
check-copy = Fixes go to a copy. Your file stays as it is.
check-changed = What is changed for { $service }
check-changed-all =
    { $total ->
        [one] In the one request.
       *[other] In all { $total } requests.
    }
check-changed-some = In { $count } of { $total } requests.
check-refused = What the model will refuse
check-changed-copy = Changes go to the copy that is sent. Your file stays as it is.
check-untranslatable-more =
    { $count ->
        [one] 1 more line asks for something of this kind.
       *[other] { $count } more lines ask for something of this kind.
    }
check-show = Show
check-show-line = Show line { $line }
fix-drop-bom = Remove it
fix-convert-to-utf8 = Convert to UTF-8
fix-drop-blank-lines =
    { $count ->
        [one] Drop 1 empty line
       *[other] Drop { $count } empty lines
    }
fix-name-by-line =
    { $count ->
        [one] Name it by its line
       *[other] Name { $count } by line
    }
fix-rename-duplicates =
    { $count ->
        [one] Rename it
       *[other] Rename { $count }
    }
fix-one-job-per-model = One job per model
fix-leave-out =
    { $count ->
        [one] Leave it out
       *[other] Leave out { $count }
    }
fixed-drop-bom = Removed
fixed-convert-to-utf8 = Converted
fixed-drop-blank-lines = Dropped
fixed-name-by-line = Named
fixed-rename-duplicates = Renamed
fixed-one-job-per-model = One job each
fixed-leave-out = Left out
check-undo-for = Undo: { $what }
check-running = Checking every line
check-running-lines = { $lines } lines so far, { $done } of { $total }
check-stop = Stop checking
check-stopped = The check was stopped.
check-stopped-about = Nothing has been sent, and your file is as it was.
check-again = Check again
check-send-to = Send to
check-key-ends = key ends in …{ $ends }
check-key-none = no key saved
check-key-temporary = key until Tabane closes
check-practice-remark = no key, no cost
check-add-connection = Add a connection
check-window = Answer at the latest
check-window-hours = Within { $count } hours
check-window-days =
    { $count ->
        [one] Within 1 day
       *[other] Within { $count } days
    }
check-half-price = half price
check-discount = { $percent } % off
check-discount-unknown = discount not told
check-window-one = { $service } offers this one.
check-window-choose = Choose where to send it first.
check-writing = How it is written
check-length = Longest answer (tokens)
check-length-about = { $service } asks for a limit. This one goes to requests that name none.
check-cache = Mark the shared part of the prompt for the cache
check-cache-about = Pays off when many requests begin with the same long system message: the first costs more, the others less.
check-price = Price
check-price-unknown = Not worked out yet
check-price-about = Tabane doesn’t know prices yet. { $service } charges your account by its own price list.
check-price-practice = None
check-price-practice-about = Practice answers are made up on this computer. Nothing leaves it.
check-contents = In the file
check-model =
    { $count ->
        [one] Model
       *[other] Models
    }
check-model-none = named in no line
check-answered-by = Answered by
check-encoding = Written in
check-foot-checking = The check is still running.
check-foot-nothing-sent = Nothing has been sent.
check-foot-decide =
    { $count ->
        [one] 1 line still needs a decision before this can be sent.
       *[other] { $count } lines still need a decision before this can be sent.
    }
check-foot-safe-too =
    { $count ->
        [one] The other one can be fixed for you. Nothing has been sent.
       *[other] The other { $count } can be fixed for you. Nothing has been sent.
    }
check-foot-safe =
    { $count ->
        [one] 1 line can be fixed for you; then this can be sent.
       *[other] { $count } lines can be fixed for you; then this can be sent.
    }
check-foot-model = Choose the model that is to answer.
check-foot-empty = There is nothing to send in this file.
check-foot-untranslatable =
    { $count ->
        [one] 1 line asks for something that { $service } has no word for.
       *[other] { $count } lines ask for something that { $service } has no word for.
    }
check-foot-choose = Choose where to send it.
check-foot-no-key = { $service } has no key yet. Add it under Connections.
check-foot-unchecked = The file has to be checked before it can be sent.
check-foot-ready =
    { $requests ->
        [one] 1 request
       *[other] { $requests } requests
    }{ $parts ->
        [one] , 1 part
       *[other] , { $parts } parts
    } · price not worked out yet
check-foot-ready-practice =
    { $requests ->
        [one] 1 request
       *[other] { $requests } requests
    }{ $parts ->
        [one] , 1 part
       *[other] , { $parts } parts
    } · no cost
check-foot-as-is = Every line goes out as it stands.
check-foot-left-out =
    { $count ->
        [one] 1 line is left out. Your file stays as it is.
       *[other] { $count } lines are left out. Your file stays as it is.
    }
check-foot-fixed = The fixes are in a copy. Your file stays as it is.
check-foot-changed = What is changed for { $service } is listed above. Your file stays as it is.
check-foot-translated = Each request is put in the words of { $service }. Your file stays as it is.
send-to =
    { $count ->
        [one] Send 1 request to { $service }
       *[other] Send { $count } requests to { $service }
    }
send-count =
    { $count ->
        [one] Send 1 request
       *[other] Send { $count } requests
    }
send-nowhere = Send
confirm-title =
    { $count ->
        [one] Send 1 request to { $service }?
       *[other] Send { $count } requests to { $service }?
    }
confirm-price = Price
confirm-charged = Charged to
confirm-account = your { $service } account, key ends in …{ $ends }
confirm-account-no-key = your { $service } account
confirm-nobody = nobody: practice costs nothing
confirm-by = Answers by
confirm-by-value = { $time } at the latest
confirm-left-out = Left out
confirm-left-out-value =
    { $count ->
        [one] 1 line
       *[other] { $count } lines
    }
confirm-jobs = Jobs
confirm-jobs-value = { $count }, one per model
confirm-cancel-note = You can cancel later; what { $service } has answered by then is still charged.
confirm-practice-note = The answers are made up on this computer and marked as practice everywhere.
confirm-not-yet = Not yet
confirm-sending = Handing over…
line-title = Line { $line }
line-earlier = Earlier line with this problem
line-later = Later line with this problem
line-cut = Only the first 20,000 characters are shown.

## Job
job-cancel = Cancel the job…
job-so-far = Results so far
job-open-results = Open the results
job-export = Export…
job-says-preparing = The parts are being prepared. Nothing has been sent yet.
job-says-sending =
    { $parts ->
        [one] Being sent to { $provider }.
       *[other] Being sent to { $provider }: { $done } of { $parts } parts are there.
    }
job-says-running-known = { $provider } is working. { $done } of { $requests } requests are done.
job-says-running =
    { $requests ->
        [one] { $provider } is working on 1 request.
       *[other] { $provider } is working on { $requests } requests.
    }
job-says-unclear = We don’t know yet whether { $provider } received part { $part }. Tabane is looking and will not send it twice.
job-says-cancelling = Being cancelled. { $provider } is finishing what it has begun.
job-says-collecting = The answers are being collected from { $provider }.
job-says-waiting = Waiting for you.
job-says-all =
    { $requests ->
        [one] Finished. The one request was answered.
       *[other] Finished. All { $requests } requests were answered.
    }
job-says-failed = Finished. { $succeeded } requests were answered, { $failed } failed.
job-says-some = Finished. { $succeeded } of { $requests } requests were answered.
job-says-cancelled = Cancelled. { $succeeded } of { $requests } requests had been answered.
job-about-sending = Leave Tabane open until everything is there. If it closes, it goes on where it was when it is next opened.
job-about-running = You may close Tabane or switch off the computer: the job goes on at { $provider }, and the answers are collected when Tabane is next open.
job-about-practice = You may close Tabane: the practice job goes on where it was when it is next opened.
job-about-no-numbers = { $provider } has told no numbers yet. Some services tell them only at the end.
job-about-cancelling = What was answered until now is kept, and charged.
job-about-cancelling-practice = What was answered until now is kept.
job-about-finished = Every request is accounted for.
job-about-missing =
    { $count ->
        [one] 1 request is in no file that { $provider } gave us. It may have been charged.
       *[other] { $count } requests are in no file that { $provider } gave us. They may have been charged.
    }
sum-label = { $requests } requests: { $parts }
sum-requests = Requests
sum-part-succeeded = { $count } succeeded
sum-part-failed = { $count } failed
sum-part-expired = { $count } expired
sum-part-cancelled = { $count } cancelled
sum-part-missing = { $count } missing
sum-part-pending = { $count } pending
job-parts = Parts
part-number = Part
job-facts = In short
job-fact-sent = Sent
job-fact-created = Made
job-fact-elapsed = Elapsed
job-fact-elapsed-little = less than a minute
job-fact-due = Finishes at the latest
job-fact-due-in = in { $time }
job-fact-due-past = this moment has passed; Tabane keeps looking
job-fact-ended = Finished
job-fact-took = Took
job-fact-size = Size
job-fact-price = Price
job-fact-kept = Kept here
job-fact-kept-value = all answers, as received
job-fact-kept-there = Kept at { $provider } until
job-fact-kept-there-about = Tabane fetches the results before
job-fact-kept-there-past = this moment has passed; Tabane still tries
job-fact-version = Interface version
job-changed = What was changed for { $provider }
job-left = Still at { $provider }
job-left-about =
    { $parts ->
        [one] The requests and results of 1 part still lie there, in your account. Storing them may be charged.
       *[other] The requests and results of { $parts } parts still lie there, in your account. Storing them may be charged.
    }
job-left-delete = Delete what was laid down there…
job-left-title = Delete what was laid down at { $provider }?
job-left-question =
    { $parts ->
        [one] The uploaded requests and the results of 1 part are deleted there. The answers here stay. This can’t be undone.
       *[other] The uploaded requests and the results of { $parts } parts are deleted there. The answers here stay. This can’t be undone.
    }
job-left-keep = Leave it there
job-left-confirm = Delete it there
job-left-deleting = Deleting it there…
job-left-done = Deleted at { $provider }.
job-timeline = What has happened
timeline-job-preparing = Parts prepared
timeline-job-sending = Sending began
timeline-job-running = Everything is with the provider
timeline-job-cancelling = You asked to cancel
timeline-job-collecting = Collecting began
timeline-job-waiting = Waiting for you
timeline-job-finished = Finished
timeline-part-planned = Part { $part } planned
timeline-part-uploading = Part { $part }: upload began
timeline-part-uploaded = Part { $part } uploaded
timeline-part-creating = Part { $part } is being handed over
timeline-part-unclear = Part { $part }: no clear answer, looking
timeline-part-running = Part { $part } accepted
timeline-part-ended = Part { $part } ended at the provider
timeline-part-collected = Part { $part }: answers collected
timeline-part-refused = Part { $part } refused
timeline-part-halved = Part { $part } was too large, sent in smaller ones
timeline-part-dropped = Part { $part } given up before it was sent
job-why-failed =
    { $count ->
        [one] Why 1 failed
       *[other] Why { $count } failed
    }
job-failure-code = The provider’s word for it is “{ $code }”.
job-show-failed = Show
job-show-failed-label = Show the failed requests
job-worth-a-look = Answered, but worth a look
job-cut-off = Cut off at the length limit.
job-cut-off-about = Counted as succeeded and charged. In the table their finish_reason is “length”.
job-show-answers = Show these answers
job-declined = The model declined to answer.
job-declined-about = Counted as succeeded and charged.
job-missing-values = A field of the answer sheet has no value.
job-missing-values-about = What the answer does not say stays missing; you can correct it by hand.
job-orphans = Answers that belong to no request of this job.
job-orphans-about = They are kept as received and not counted.
job-resume = Try again now
job-to-connections = Open Connections
job-unclear-title = Part { $part }: was it received?
job-unclear-look = Look once more
job-unclear-look-about = Asks { $provider } for its list again. Sends nothing.
job-unclear-send = Send it again…
job-unclear-send-about = If it was received after all, it may be charged twice.
job-unclear-drop = Give it up…
job-unclear-drop-about = Its requests count as cancelled. If it was received after all, it is charged.
job-unclear-send-title = Send part { $part } again?
job-unclear-send-confirm = Send part { $part } again
job-unclear-drop-title = Give up part { $part }?
job-unclear-drop-confirm = Give up part { $part }
job-unclear-neither = Decide later
job-cancel-title = Cancel “{ $name }”?
job-cancel-about = { $provider } stops as soon as it can. What it has answered by then is kept here, and charged.
job-cancel-about-practice = What has been answered by then is kept.
job-cancel-keep = Let it go on
job-cancel-confirm = Cancel the job
job-answers =
    { $count ->
        [one] 1 answer
       *[other] { $count } answers
    }
job-answers-about = As a table, to read, search and export.
job-delete = Delete the job…

## Results
results-facets = Filters
results-state = State
look-cut-off = Cut off
look-declined = Declined
look-missing-cells = Missing values
look-edited-cells = Corrected by hand
results-all = All
results-search = Search answers
results-rows = { $shown } of { $all } rows
results-grid = Results of { $name }
results-remove-filter = Remove the filter { $name }
results-none = No row fits this search and these filters.
results-clear = Show all rows
results-missing = no answer
results-export =
    { $count ->
        [one] Export 1 row…
       *[other] Export { $count } rows…
    }
results-back = Back to the job
results-back-study = Back to the study
results-cell-missing = missing
results-cell-emptied = Marked as missing by hand.
row-cells = Read from the answer
cells-not-read = The answer has not been read yet.
cell-edited = Corrected by hand; was “{ $was }”
cell-correct = Correct { $field }
cell-restore = Take back the correction of { $field }
cell-keep = Keep
row-panel = Row { $row }: { $id }
row-of-line = line { $line } of the file
row-request = Request
row-answer = Answer
row-role-system = System message
row-role-user = User message
row-role-assistant = Assistant message
row-role-other = Message of “{ $role }”
row-tokens-in = { $count } tokens in
row-tokens-out = { $count } tokens out
row-tokens-cached = { $count } of them cached
row-tokens-reasoning = { $count } of them for reasoning
row-cut-off = Cut off at the length limit.
row-no-request = The request isn’t known: this job came without its request file.
row-unreadable = The messages could not be read. Details shows the line as it went out.
row-no-answer = No answer.
row-why-failed = It failed: { $code }
row-why-expired = It was not answered within the time.
row-why-cancelled = It was cancelled before it was answered.
row-why-missing = It is in no file that the provider gave us. It may have been charged.
row-why-pending = It has not been answered yet.
row-raw-request = The request as it went out
row-raw-answer = The line as received
row-no-raw = Nothing was received.
row-details-show = Details
row-details-hide = Hide details

## Export
save-title =
    { $count ->
        [one] Export 1 row
       *[other] Export { $count } rows
    }
save-rows = Rows
save-rows-shown = { $count } shown
save-rows-all = All { $count }
save-format = As
save-xlsx = Excel workbook
save-xlsx-about = .xlsx; numbers as numbers, long answers kept whole
save-csv = CSV that opens right in Excel
save-csv-about = .csv; also fine for R, SPSS, JASP, jamovi
save-json = JSON
save-json-about = .json; one list, for programs
save-jsonl = One JSON a line
save-jsonl-about = .jsonl; for programs and large tables
save-defuse = Keep cells from running as formulas
save-defuse-about = A text that begins with = + - or @ gets an apostrophe before it, so that Excel shows it and runs nothing.
save-practice = The answers are made up for practice; a column of the file says so.
save-confirm = Choose where to save…
save-choosing = Waiting for the place to save
save-writing = { $done } of { $rows } rows written
save-stop = Stop
save-done = Saved: { $name }
save-done-about =
    { $rows ->
        [one] 1 row, { $size }
       *[other] { $rows } rows, { $size }
    }
save-long =
    { $count ->
        [one] 1 answer is too long for a cell; it stands whole on the sheet long_text.
       *[other] { $count } answers are too long for a cell; they stand whole on the sheet long_text.
    }
save-show = Show in folder

## Connections
connections-title = Connections
connections-add = Add a connection
connections-provider = Provider
connections-key = Key
connections-last-test = Last test
connections-acts = What you can do
connections-ends = ends in …{ $ends }
connections-temporary = until Tabane closes
connections-no-key = none saved
connections-gcloud = gcloud login
connections-account-saved = service account
connections-unreadable = can’t be read now
connections-needs-none = needs none
connections-practice = Practice
connections-practice-ready = Ready, on this computer only. No cost.
connections-untested = Not tested yet
connections-works =
    { $count ->
        [0] Works. It names no models.
        [one] Works: 1 model.
       *[other] Works: { $count } models.
    }
connections-test = Test
connections-test-label = Test the key for { $name }
connections-testing = Asking…
connections-replace = Change…
connections-forget = Forget…
connections-offers = Not connected yet
connections-more = More services
connections-own = A service of your own
connections-search = Search services
connections-search-none = No service has “{ $search }” in its name. If yours has an OpenAI-style address, add it as another service.
connections-offer-custom = Another service
connections-offer-custom-about = OpenAI-style address
connections-keys-note = Keys are kept in this computer’s keychain. They are never shown again, written to files, or exported.
keychain-note-retry = Try the keychain again
keychain-note-temporary = Enter a key for this run…
connect-title = Connect { $name }
connect-title-new = Add a connection
connect-title-change = Change { $name }
connect-service = Service
connect-name = Name
connect-key = API key
connect-key-saved = Saved, ends in …{ $ends }. Leave this empty to keep it.
connect-key-about = Paste it here. It is shown to nobody again, not even to you.
connect-where-openai = Make a key at platform.openai.com, under API keys.
connect-where-anthropic = Make a key at platform.claude.com, under API keys.
connect-where-gemini = Make a key at aistudio.google.com, under Get API key.
connect-where-openrouter = Make a key at openrouter.ai, under Keys.
connect-where-mistral = Make a key at console.mistral.ai, under API Keys.
connect-where-xai = Make a key at console.x.ai, under API Keys.
connect-where-azure = The key stands at portal.azure.com with your Azure OpenAI resource.
connect-where-groq = Make a key at console.groq.com, under API Keys.
connect-where-kluster = Make a key at platform.kluster.ai, under API Keys.
connect-where-custom = The service tells you its address and makes the key.
connect-where-other = Make a key at the website of { $name }.
connect-base-url = Address
connect-base-url-optional = Address (only if it differs)
connect-base-url-about = For example https://llm.example.ac.jp/v1
connect-base-url-azure = That of your own resource, for example https://my-lab.openai.azure.com
connect-required = { $label } (required)
connect-setting-project = Google Cloud project
connect-setting-project-about = Its id, for example my-lab-2026.
connect-setting-region = Region
connect-setting-region-about = Where the work is done, for example us-central1, or asia-northeast1 for Tokyo.
connect-setting-bucket = Cloud Storage bucket
connect-setting-bucket-about = Requests and answers are laid down there. A bucket or a dataset is enough.
connect-setting-dataset = BigQuery dataset
connect-setting-dataset-about = In place of the bucket, or beside it.
connect-setting-input = Lay the requests down in
connect-setting-output = Have the answers laid down in
connect-setting-account = Account
connect-setting-account-about = The id of your account, as the service shows it.
connect-place-bucket = Bucket
connect-place-dataset = Dataset
connect-account = Service account (JSON), optional
connect-account-about = Paste the whole file. Leave this empty to use this computer’s gcloud login.
connect-account-forget = Use this computer’s gcloud login instead
connect-account-forget-about = Saving deletes the service account from the keychain.
connect-key-forget = Use no key any more
connect-key-forget-about = Saving deletes the key from the keychain.
connect-account-saved = Saved. Leave this empty to keep it.
connect-account-read = Account: { $account }
connect-account-unlike = This doesn’t look like the file of a service account. Copy the whole file, from its first character to its last.
connect-test = Test this key
connect-test-plain = Test the connection
connect-answered =
    { $count ->
        [0] { $name } answered. It names no models.
        [one] { $name } answered: 1 model.
       *[other] { $name } answered: { $count } models.
    }
connect-test-note = If the test fails, behind a university proxy for instance, you can still save.
connect-until-close = Keep the key until Tabane closes
connect-saving = Saving…
connect-save = Save in the keychain
connect-save-temporary = Keep until Tabane closes
connect-save-plain = Save
forget-title = Forget { $name }?
forget-about = Its key is deleted from the keychain. Jobs that were sent stay in the list, but Tabane can’t collect their answers without a key.
forget-keep = Keep it
forget-confirm = Forget { $name }

## Settings
settings-title = Settings
settings-language = Language
settings-theme = Colours
settings-theme-system = As the system
settings-theme-light = Light
settings-theme-dark = Dark
settings-data = Where your data are
settings-data-about = Jobs, requests and answers lie in this folder and nowhere else. Keys are in the keychain, not here.
settings-version = Version
settings-keyboard = Keyboard
settings-keys-pages = Home, Studies, Jobs, Connections, Settings
settings-keys-search = Search
settings-keys-regions = To the next part of the page
settings-keys-primary = The main button at the foot
settings-keys-undo = Undo the last change
settings-keys-redo = Do it again
