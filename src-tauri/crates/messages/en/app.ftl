# Failures of the engine itself: what happened, what it means for money and data, what to do next.

error-internal = Tabane made a mistake of its own.
    .means = Nothing was sent or deleted by it. What is with a provider goes on there.
    .next = Close Tabane and start it again; it goes on where it was.
error-setting-unknown = “{ $value }” is not a choice for this setting.
    .means = Nothing was changed.
    .next = Choose one of those offered.
error-provider-unknown = Tabane knows no service called “{ $provider }”.
    .means = Nothing was sent.
    .next = Use openai, groq, kluster, custom or practice.
error-key-missing = There is no key for { $provider }.
    .means = Nothing was sent and nothing is charged.
    .next = Add the key under Connections, or set it in the environment for the command line.
error-base-url-missing = { $provider } needs an address.
    .means = Nothing was sent.
    .next = Enter the address that the service gave you, for example https://llm.example.ac.jp/v1.
error-connection-not-found = This connection does not exist any more.
    .means = Nothing was sent.
    .next = Choose another connection, or add it again.
error-connection-not-chosen = It is not chosen yet where to send the file.
    .means = Nothing was sent.
    .next = Choose a service under “Send to”.
error-check-not-finished = The file is not checked yet.
    .means = Nothing was sent.
    .next = Wait for the check to end, or start it again.
error-problems-left = { $count ->
    [one] One line still has a problem.
   *[other] { $count } lines still have a problem.
}
    .means = Nothing was sent and nothing is charged.
    .next = Fix these lines or leave them out, then send.
error-window-not-offered = This service does not offer to answer within { $window }.
    .means = Nothing was sent.
    .next = Choose one of these: { $windows }.
error-file-holds-results = “{ $file }” holds answers, not requests.
    .means = Nothing was sent.
    .next = To look at the answers, use “Read a results file” under Jobs.
error-file-holds-no-results = “{ $file }” holds no answers of a batch.
    .means = Nothing was changed.
    .next = Choose the result file that you downloaded from the service.
error-file-is-spreadsheet = “{ $file }” is a spreadsheet, not a request file (JSONL).
    .means = Nothing was sent.
    .next = Tabane takes request files for now. Save your requests as JSONL, one request a line.
error-file-is-empty = “{ $file }” is empty.
    .means = Nothing was sent.
    .next = Choose another file.
error-file-is-no-request-file = “{ $file }” is not a request file (JSONL).
    .means = Nothing was sent.
    .next = A request file has one request a line, each with custom_id, method, url and body.
error-file-not-found = The file is not there any more.
    .means = Nothing was sent.
    .next = Look whether it was moved or renamed, then choose it again.
error-file-not-allowed = This computer does not let Tabane open the file.
    .means = Nothing was changed.
    .next = Look at the file’s permissions, or choose another place.
error-disk-failed = A file could not be read or written.
    .means = What was stored before is safe.
    .next = Look whether the disk is connected and has room, then try again.
error-data-folder-unknown = Tabane could not find out where to keep its data.
    .means = Nothing was changed.
    .next = Name a folder with --data-dir.
error-view-not-found = The table has to be opened again.
    .means = Nothing was lost.
    .next = Open the results again.
error-export-not-found = Tabane does not know any more where this file was saved.
    .means = The file itself is where you saved it.
    .next = Look for it in your folders, or export again.
error-folder-not-shown = The folder could not be opened.
    .means = The file is saved.
    .next = Open the folder yourself.
error-format-unknown = Tabane does not write “{ $format }” files.
    .means = Nothing was written.
    .next = Use csv, xlsx, json or jsonl.
error-job-finished = The job has ended already.
    .means = Nothing was cancelled. What was answered is charged.
    .next = Open the results.
error-job-still-running = “{ $name }” is still with the provider.
    .means = Nothing was deleted. What runs there goes on and is charged.
    .next = Cancel the job first, then delete it.
error-job-id-ambiguous = More than one job fits “{ $id }”.
    .means = Nothing was changed.
    .next = Use more of the job’s id.
error-part-not-unclear = This part needs no decision any more.
    .means = Nothing was changed.
    .next = Look at the job’s state.
error-part-stuck = A part cannot go on by itself.
    .means = Nothing was sent twice. Parts that are with the provider go on.
    .next = Try again.
error-create-found-several = { $count } batches at the provider could be this part.
    .means = One or more of them run and are charged. Tabane has sent nothing more.
    .next = Look at the provider’s page, then decide here.
error-create-unclear = It is not clear whether this part arrived, and the provider’s list does not show it.
    .means = Tabane sends nothing again by itself, so that you do not pay twice.
    .next = Look once more, or decide what to do.
error-batch-gone = The provider does not know this part any more.
    .means = What was answered there was charged. Its answers may be lost.
    .next = Look whether the key belongs to the same project, then try again.
error-batch-refused = The provider did not accept this part ({ $reason }).
    .means = Nothing of it ran, so it costs nothing.
    .next = Look at the details, correct the file and send it again.
error-results-missing = The provider says that it has finished but gave no results.
    .means = Some requests may have been charged. They count as missing.
    .next = Ask the provider, giving the number of the batch.
error-results-unreadable = What came in place of the results is no results file.
    .means = The requests were answered and charged. Their answers are still with the provider.
    .next = Try again later. If it stays so, download the results at the provider’s own website and import them.
error-results-gone = The provider has deleted the results already.
    .means = They were charged, and those not collected before are lost.
    .next = Send the requests again if you need them.
error-request-too-large = One request alone is too large for this service.
    .means = It was not accepted and costs nothing.
    .next = Shorten the request, or send it to another service.
error-too-many-models = The file names more than { $count } models.
    .means = Nothing was sent.
    .next = Divide the file, or send it with one model.
error-file-changed = The file changed after it was checked.
    .means = Nothing was sent.
    .next = Check it again, then send.

error-key-is-another = { $service } does not find this batch with the key that is set now. It was sent with another key.
    .means = The batch goes on at { $service } and its answers stay there for some time. Nothing is lost, and nothing was sent again.
    .next = Set the key that the job was sent with in Connections, then press “Try again now”.

setting-name = { $setting ->
    [project] the Google Cloud project
    [region] the region
    [bucket] a bucket or a dataset
    [dataset] a bucket or a dataset
    [account] the account
   *[other] { $setting }
}

error-setting-missing = { $service } needs one more detail: { setting-name }.
    .means = Nothing was sent.
    .next = Fill it in on the Connections page.

error-request-not-translatable = Line { $line } asks for something that { $service } has no word for: “{ $what }”.
    .means = Nothing was sent.
    .next = Take it out of the request, or send the file to a service that knows it.

error-adopt-not-found = { $service } knows no batch “{ $batch }” for this key.
    .means = Nothing was changed.
    .next = Check the id, and that the key belongs to the project that sent the batch.

error-batch-already-job = This batch is a job already: “{ $name }”.
    .means = Nothing was changed.
    .next = Open it from the Jobs page.
