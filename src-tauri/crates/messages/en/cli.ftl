# The command line, and what the shell says outside the page.

cli-check-ready = { $requests ->
    [one] One request can be sent
   *[other] { $requests } requests can be sent
} in { $parts ->
    [one] one part
   *[other] { $parts } parts
}; { $warnings ->
    [0] no remarks
    [one] one remark
   *[other] { $warnings } remarks
}.
cli-check-problems = { $errors ->
    [0] There is nothing to send in this file.
    [one] One problem has to be solved before this can be sent.
   *[other] { $errors } problems have to be solved before this can be sent.
}
cli-study-ready = { $requests ->
    [one] One request
   *[other] { $requests } requests
} in all can be sent, { $each } to each of { $models ->
    [one] one model
   *[other] { $models } models
}.
cli-missing-values = { $rows ->
    [one] One answered row has fields without a value.
   *[other] { $rows } answered rows have fields without a value.
}
cli-study-problems = { $errors ->
    [one] One problem has to be solved before this study can be sent.
   *[other] { $errors } problems have to be solved before this study can be sent.
}
cli-study-built = { $requests ->
    [one] One request was written
   *[other] { $requests } requests were written
} in { $parts ->
    [one] one file
   *[other] { $parts } files
} to { $folder }.
cli-study-data = { $levels ->
    [one] One row
   *[other] { $levels } rows
} with { $columns ->
    [one] one column
   *[other] { $columns } columns
} { $levels ->
    [one] is now the level
   *[other] are now the levels
} of the factor “{ $factor }” in { $study }.
cli-no-jobs = No jobs yet.
cli-sum = { $requests } requests = { $succeeded } succeeded + { $failed } failed + { $expired } expired + { $cancelled } cancelled + { $missing } missing + { $pending } pending
cli-exported = { $rows ->
    [one] One row was written
   *[other] { $rows } rows were written
} to { $file }.
cli-checking = Checking
cli-waiting = Waiting for answers
practice-note = These answers were made up for practice. They are no data.

dialog-choose-files = Choose request files
dialog-choose-study = Choose a study or a spreadsheet
dialog-choose-data = Choose a spreadsheet
dialog-save-study = Save the study
dialog-save-requests = Save the requests
dialog-export = Save the results
dialog-import = Choose a results file
file-kind-requests = Request files (JSONL)
file-kind-study = Studies (.tabane)
file-kind-data = Spreadsheets (Excel, ODS, CSV, TSV)
file-kind-results = Results files (JSONL)
file-kind-xlsx = Excel workbook
file-kind-csv = CSV table
file-kind-json = JSON
file-kind-jsonl = JSONL
notification-ended-title = “{ $name }” has finished
notification-ended-body = { $answered } of { $requests } requests were answered.
cli-adopt-none = There are no batches that this key can see.
cli-api-version = The requests were written for version { $version } of the service’s interface.
cli-leftovers = The requests and answers of this job are still at { $provider }, in your account. “tabane-cli clean-up { $id }” deletes them there; the answers here stay.
