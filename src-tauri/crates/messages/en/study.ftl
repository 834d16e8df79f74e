### What a study still lacks, how it adapts to a model, and what keeps its file from being opened.

## Parameters by their name in the file

study-parameter = { $parameter ->
    [temperature] temperature
    [top_p] top_p
    [max_output_tokens] longest answer
    [seed] seed
    [frequency_penalty] frequency penalty
    [presence_penalty] presence penalty
    [reasoning_effort] thinking effort
   *[other] { $parameter }
}

## Data

study-problem-no-factors = There is no factor yet. Add a sheet with what you want to vary, such as personas or texts.
study-problem-factor-name-missing = This factor has no name. Prompts use the name to insert its columns.
study-problem-factor-name-bad = “{ $name }” cannot be used as the name of a factor. Use letters, digits and _, and begin with a letter.
study-problem-factor-name-taken = “{ $name }” already means something else in prompts. Choose another name for this factor.
study-problem-factor-name-double = Two factors are named “{ $name }”. Rename one of them.
study-problem-factor-no-columns = “{ $factor }” has no columns yet.
study-problem-column-name-missing = A column of “{ $factor }” has no name. Name it, or delete it.
study-problem-column-name-double = “{ $factor }” has two columns named “{ $column }”. Rename one of them.
study-problem-factor-no-levels = “{ $factor }” has no rows yet. Each row is one level.
study-problem-level-cells = Row { $row } of “{ $factor }” has { $cells } cells, but there are { $columns } columns.
study-problem-level-id-missing = Row { $row } of “{ $factor }” has no id. Results could not be told apart.
study-problem-level-id-double = “{ $factor }” has the id “{ $level }” twice (row { $row } again). Results could not be told apart.
study-problem-title-empty = The study has no title yet. You will find it more easily with one.

## Design

study-problem-trials-zero = The number of trials is 0, so nothing would be sent. Choose 1 or more.
study-problem-list-several-factors = A list uses one sheet, but there are { $count }. Keep one of them, or cross them all.
study-problem-rule-empty = This rule names no level, so it would match everything. Name a level, or delete the rule.
study-problem-rule-unknown-factor = This rule names the factor “{ $factor }”, which does not exist.
study-problem-rule-unknown-level = This rule names “{ $level }”, which is no level of “{ $factor }”.
study-problem-subset-zero = The subset is set to 0. Choose 1 or more.
study-problem-subset-larger = You asked for { $wanted } requests at random, but the study has only { $count }. All of them are sent.
study-problem-nothing-left = The rules leave no combination over. Change what is included or left out.
study-problem-nothing-to-send = There is nothing to send yet. Each factor needs a row, and there must be at least one trial.
study-problem-requests-many = That is { $count } requests for each model. Try a small subset first.
study-problem-requests-too-many = That is more requests than Tabane can handle ({ $limit } for each model). Use fewer levels or trials.
study-problem-custom-id-missing = The pattern for the ids is empty. Answers could not be told apart.
study-problem-custom-id-double = The pattern { $template } gives the id “{ $id }” to more than one request. An id must tell the level of each factor and the trial.

## Prompt

study-problem-user-message-empty = The user message is empty. Write what the model should do.
study-problem-template-unreadable = Something is wrong with the brackets on line { $line }. A column is inserted with two curly brackets on each side.
study-problem-template-not-rendered = This text cannot be put together for every request. ({ $detail })
study-problem-template-unknown-name = There is no factor named “{ $name }”.
study-problem-template-unknown-column = “{ $name }” has no column named “{ $column }”.
study-problem-template-factor-alone = “{ $name }” is a whole factor. Name one of its columns as well.
study-problem-formula-unreadable = The formula for the { study-parameter } cannot be read at the marked place. Use numbers, columns, + - * / and brackets.
study-problem-formula-no-result = The formula for the { study-parameter } has no result: it divides by zero, or the number grows too large.
study-problem-formula-words = The formula for the { study-parameter } uses the answer sheet, which is not a number.
study-problem-parameter-not-whole = { $value } is not a whole number, but the { study-parameter } takes only whole numbers.
study-problem-parameter-out-of-range = { $value } cannot be used for the { study-parameter }. It must lie between { $low } and { $high }.
study-problem-cell-empty-number = “{ $column }” is empty for “{ $level }” ({ $factor }), but the { study-parameter } needs a number there.
study-problem-cell-not-a-number = “{ $column }” is “{ $cell }” for “{ $level }” ({ $factor }), but the { study-parameter } needs a number there.
study-problem-factor-unused = No prompt or parameter uses “{ $factor }”, so its { $count } levels are asked exactly the same.
study-problem-cell-empty = “{ $column }” is empty for “{ $level }” ({ $factor }), and the prompt uses it. { $count ->
    [one] This is the only such cell.
   *[other] There are { $count } such cells in this column.
}

## Answers

study-problem-no-fields = The answer sheet has no fields. Answers are kept as plain text.
study-problem-field-name-bad = “{ $name }” cannot be used as a variable name. Use small letters a to z, digits and _, and begin with a letter.
study-problem-field-name-double = Two fields have the variable name “{ $name }”. Change one of them.
study-problem-field-label-missing = Field { $number } has no label. The model reads the label, and the column is headed by it.
study-problem-field-label-double = Two fields are labelled “{ $label }”. Change one of them.
study-problem-field-range-missing = “{ $field }” has no lowest and highest value, such as 1–7. Any number will be taken.
study-problem-field-range-not-whole = “{ $field }” takes whole numbers, so its lowest and highest values must be whole too.
study-problem-field-range-reversed = The highest value of “{ $field }” must be above the lowest.
study-problem-field-choices-few = “{ $field }” needs at least two choices.
study-problem-field-choice-empty = “{ $field }” has an empty choice. Fill it in, or delete it.
study-problem-field-choice-double = “{ $field }” has the choice “{ $choice }” twice.
study-problem-language-unknown = The answer sheet can be written out in English (en) or Japanese (ja), not in “{ $language }”.

## Models

study-problem-no-models = No model has been chosen yet.
study-problem-provider-missing = This model has no service to be sent to.
study-problem-model-missing = The model has no name.
study-problem-model-double = { $model } ({ $provider }) has been chosen twice. The study would be sent, and paid for, twice.

## Adapting to a model

study-adapted-model-unknown = Tabane does not know what { $model } takes. Everything is sent as the study says.
study-adapted-system-as-developer = The system message is sent as a “developer” message, as this model calls it.
study-adapted-system-in-user-message = This model takes no system message. Its text is put before the user message.
study-adapted-numbered-lines = This model takes no fixed form for its answers. It is asked for numbered lines, which Tabane reads.
study-adapted-numbered-lines-unknown = Tabane does not know whether this model takes a fixed form for its answers. It is asked for numbered lines.
study-adapted-length-with-thinking = The limit on the length of the answer also counts the model’s thinking.
study-adapted-clamped = The { study-parameter } is kept within { $low } and { $high } (in { $count } of { $total } requests).
study-adapted-left-out = This model does not take the { study-parameter }. It is left out (in { $count } of { $total } requests).
study-adapted-left-out-while-thinking = This model takes the { study-parameter } only when it does not think. It is left out (in { $count } of { $total } requests).
study-adapted-left-out-beside-temperature = This model takes the temperature or the { study-parameter }, not both. The { study-parameter } is left out (in { $count } of { $total } requests).
study-adapted-effort-unknown = This model does not know the { study-parameter } “{ $effort }”, only { $known }. It is left out (in { $count } of { $total } requests).
study-adapted-will-be-refused = This model refuses the { study-parameter }: { $count } of { $total } requests will fail. Take it out of them, or choose another model.
study-adapted-length-added = This service wants to know how long an answer may be. Where nothing is said, { $length } tokens are set (in { $count } of { $total } requests).
study-adapted-schema-limits-in-words = The form of the answers can hold no limits for this model, such as a lowest and highest number. The model is told them in words instead (in { $count } of { $total } requests).
study-adapted-schema-closed = The form of the answers must be complete for this model. Keys that it does not name are not allowed (in { $count } of { $total } requests).
study-adapted-batch-variant = { $model } is the model’s name for batches. It is used (in { $count } of { $total } requests).

## The file cannot be opened

error-study-not-text = This file is not a study: it is not text.
    .means = Nothing was opened or changed.
    .next = Choose a file that ends in .tabane.
error-study-unreadable = This study file has a mistake on line { $line }, near character { $column }.
    .means = Nothing was opened or changed.
    .next = If the file was edited by hand, look at that line. Otherwise ask for the file to be sent again.
error-study-no-study = This file is not a study.
    .means = Nothing was opened or changed.
    .next = Choose a file that ends in .tabane.
error-study-newer = This study was saved by a newer Tabane (format { $format }; this one knows up to { $known }).
    .means = Nothing was opened or changed.
    .next = Update Tabane, then open the file again.

## What could not be done with a study

error-study-problems-left = This study cannot be sent yet: { $count ->
    [one] one thing is
   *[other] { $count } things are
} still missing or wrong.
    .means = Nothing was sent, and nothing costs anything.
    .next = Look at what is marked in the study.
error-study-model-not-found = The study no longer has this model.
    .means = Nothing was changed.
    .next = Open the study again and choose one of its models.
error-job-without-study = “{ $name }” was not made from a study, so it has no answer sheet.
    .means = Nothing was changed.
    .next = Its answers can be looked at and exported as they came.
error-cell-not-accepted = “{ $value }” cannot be the value of “{ $field }”.
    .means = Nothing was changed. What was read from the answer stays.
    .next = { $reason ->
        [out-of-range] Type a value within the range of the answer sheet.
        [not-whole] Type a whole number.
        [not-a-number] Type a number.
        [not-a-choice] Type one of the choices of the answer sheet.
        [not-yes-or-no] Type yes or no.
       *[other] Type a value that fits the answer sheet.
    }
error-model-word-unreadable = “{ $word }” does not name a service and a model.
    .means = Nothing was sent.
    .next = Write it as PROVIDER:MODEL, for example openai:gpt-5.4-mini.
error-data-not-found = This spreadsheet is no longer at hand.
    .means = Nothing was changed.
    .next = Choose it again.
error-data-too-large = “{ $file }” holds more than { $limit } MB of text.
    .means = Nothing was taken in. A study of that size could not be edited any more.
    .next = Divide the spreadsheet, or make a request file (JSONL) of it and send that.
error-data-factor-name = A factor cannot be called “{ $name }”.
    .means = The study file is as it was.
    .next = Give it a name of letters, digits and _ that does not begin with a digit and that templates do not use themselves.
error-data-no-rows = “{ $file }” has no rows for the factor.
    .means = The study file is as it was.
    .next = Check the file and the chosen sheet. If its only row is no row of names, add --no-header.
error-encoding-unknown = “{ $encoding }” is no encoding that Tabane knows.
    .means = Nothing was taken in.
    .next = Choose another encoding, or leave it to Tabane.
error-study-changed = The study was changed at the moment of sending.
    .means = Nothing was sent, and nothing costs anything.
    .next = Look at it once more, then send it.
error-corrections-in-the-way = “{ $field }” has values that you corrected by hand, but the changed answer sheet has another field in its place.
    .means = Nothing was changed. Your corrections stay.
    .next = Keep that field as it is and add new ones behind it, or take the corrections back first.
error-build-folder-used = There are request files in “{ $folder }” already.
    .means = Nothing was written. Old and new requests would have stood beside each other.
    .next = Choose another folder, or move those files away.
