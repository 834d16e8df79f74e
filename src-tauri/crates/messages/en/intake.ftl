### What a check finds in a request file, line by line, and what keeps a file from being read.

## The whole file

problem-bom = The file starts with an invisible mark (a “BOM”) that services do not accept.
problem-not-utf8 = The file is saved as { $encoding }. Services take UTF-8 only.
problem-empty-file = There is nothing in this file.
problem-looks-like-results = This file holds answers of a service, not requests.
problem-looks-like-json-array = All requests stand in one list ([…]). A request file has one request a line, without a list around them.
problem-looks-like-spreadsheet = This looks like a spreadsheet. A request file (JSONL) has one request a line.

## A line that cannot be read

problem-invalid-utf8-line = This line holds characters that are damaged and cannot be read.
problem-not-json = This line cannot be read: something is wrong at the marked place (it is not JSON).
problem-cut-off-line = This line ends before the request is complete.
problem-not-an-object = This line is no request: it is not enclosed in curly brackets.
problem-blank-line = This line is empty.
problem-line-too-long = This line is too long: one request may take { $limit } bytes at most.
problem-too-deep = This request nests brackets in brackets more than { $limit } levels deep.
problem-half-character = Half of a character stands at the marked place, as if a text had been cut inside an emoji. It cannot be sent.
problem-duplicate-field = “{ $field }” stands twice in this line. Which of the two counts is not clear.
problem-unknown-field = “{ $field }” is not part of a request. It will not be sent.
problem-shape-of-claude = This line is written in Claude’s own way (params). Send the file to Claude, or write the line in the common way: custom_id, method, url, body.
problem-shape-of-google = This line is written in the way of Gemini and Vertex AI (request). Send the file to one of them, or write the line in the common way: custom_id, method, url, body.

## The name

problem-custom-id-missing = This line has no name ({ $field }). Its answer could not be told from the others.
problem-custom-id-number = The name ({ $field }) is the number { $id }. It is kept as the text "{ $id }".
problem-custom-id-not-text = The name ({ $field }) must be text in quotation marks, such as "17".
problem-custom-id-empty = The name ({ $field }) is empty. Its answer could not be told from the others.
problem-custom-id-duplicate = This name ({ $field }) is already used on line { $first_line }. Answers could not be told apart.
problem-named-by-line = This line has no name of its own. It goes by its place in the file, such as “line-7”.

## Where it goes

problem-method-missing = This line does not say “method”. It is sent as "POST".
problem-method-not-post = “method” is { $method } here. It must be "POST".
problem-url-missing = This line does not say which kind of request it is (url), such as /v1/chat/completions.
problem-url-assumed = This line does not say which kind of request it is (url). It is sent as { $url }.
problem-url-not-supported = This service has no kind of request (url) called “{ $url }”.
problem-url-mixed = The kind of request (url) is { $url } here, but { $first_url } on the lines before. This service takes one kind at a time.

## What is asked

problem-body-missing = This line has no “{ $field }”, so it asks nothing.
problem-body-not-object = What follows “{ $field }” must be enclosed in curly brackets.
problem-model-missing = This line does not say which model is to answer (model).
problem-model-mixed = The model is { $model } here, but { $first_model } on the lines before. This service takes one model at a time.
problem-stream-set = This line asks for its answer bit by bit (stream), which the half-price overnight queue does not do.
problem-messages-missing = This line has no messages, so there is nothing to answer.
problem-contents-missing = This line has no contents, so there is nothing to answer.
problem-input-missing = This line has no text to work on (input).

## The file cannot be read

error-file-is-folder = This is a folder, not a file.
    .means = Nothing was sent.
    .next = Choose the request file inside it.
error-file-too-many-lines = This file has more than { $limit } lines.
    .means = Nothing was sent.
    .next = Divide the file into several smaller ones.
error-check-stopped = The check was stopped.
    .means = Nothing was sent.
    .next = Start the check again when you like.
