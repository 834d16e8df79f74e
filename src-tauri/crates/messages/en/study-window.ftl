# The pages on which a study is designed. Words: see look.md.

## List of studies
studies-search = Search studies
studies-new = New study
studies-none = No studies yet
studies-none-about = A study crosses factors (persona, text, condition …), repeats each combination as often as you say, and asks a model to fill in one answer sheet. It is walked through in six steps, and nothing is sent before the last.
studies-way-sample = Start from the sample study
studies-way-sample-about = Four personas read three short texts ten times each and rate their feelings, with the practice provider: no key, no cost.
studies-way-file = Open a study file or a spreadsheet…
studies-way-file-about = A study that was saved (.tabane), or an Excel, CSV or TSV file whose rows become the levels of a factor.
studies-way-empty = Start from nothing
studies-way-empty-about = An empty study; each step says what it still lacks.
studies-not-found = No study has “{ $search }” in its title.
studies-duplicate = Duplicate
studies-delete-about = The design is deleted from this computer. This can’t be undone.
studies-delete-sent = The design is deleted from this computer. Its jobs and their answers stay. This can’t be undone.
studies-delete-confirm = Delete the study
study-is-sent =
    { $count ->
        [one] Sent, 1 job
       *[other] Sent, { $count } jobs
    }
study-is-written =
    { $count ->
        [one] 1 thing missing
       *[other] { $count } things missing
    }

## The page of a study
study-title = Title of the study
study-untitled = Untitled study
study-saved = Saved { $time }
study-saving = Saving…
study-unsaved = Not saved
study-save-again = Save again
study-undo = Undo: { $what }
study-undo-none = Nothing to undo
study-redo = Redo: { $what }
study-redo-none = Nothing to redo
study-undone = Undone: { $what }
study-redone = Redone: { $what }
study-whole = See it all on one page
study-steps = Go step by step
study-frozen = This study was sent. It stays as it is.
study-frozen-about = What was sent and what is written here belong together. To change something, make a copy; the two stay linked.
study-copy = Make a copy to change
study-copy-of = Copied from “{ $title }”
study-jobs =
    { $count ->
        [one] Open its job
       *[other] Open its { $count } jobs
    }
study-to-list = All studies
study-unnamed-problem = Something here needs a look ({ $code }).
study-unnamed-adaptation = Something is written differently for this model ({ $code }).
problem-show = Show

## Steps
steps-label = Steps
step-data = Data
step-design = Design
step-prompt = Prompt
step-answers = Answers
step-models = Models
step-send = Check and send
next-design = Next: design
next-prompt = Next: prompt
next-answers = Next: answers
next-models = Next: models
next-send = Next: check
has-prompt =
    { $count ->
        [0] no columns used
        [one] 1 column used
       *[other] { $count } columns used
    }
has-answers =
    { $count ->
        [one] 1 field
       *[other] { $count } fields
    }
has-models =
    { $count ->
        [one] 1 chosen
       *[other] { $count } chosen
    }
has-send = not yet
has-send-ready = ready
lacks =
    { $count ->
        [one] 1 thing missing
       *[other] { $count } things missing
    }

## Parts: short on the one page, as questions in the steps
part-data = Factors
part-design = Design
part-prompt = Prompt
part-parameters = Parameters
part-answers = Answer sheet
part-models = Models
part-send = Check and send
ask-data = What do you compare?
ask-data-about = Each factor is a table: a row is a level (one persona, one text), a column is something you can use in the prompt.
ask-design = How do they become requests?
ask-design-about = Every request is sent as it is. Trials are never merged, however alike.
ask-prompt = What does the model read?
ask-prompt-about = Type two opening braces, or press a column below, to put a column in.
ask-parameters = What else is asked of the model?
ask-parameters-about = A value, a column, or a sum of columns. An empty field is not sent.
ask-answers = What should each answer contain?
ask-answers-about =
    Each line becomes a column of your table.
    What is not answered stays missing; nothing is guessed.
ask-models = Which models are asked?
ask-models-about = Each model gets the whole study as a job of its own; the answers come back to one table.
ask-send = Is everything as you want it?
ask-send-about = Nothing has been sent. The request beside this is the first that goes out.

## Data
stepper-fewer = Fewer
stepper-more = More
factor-label = Factor
factor-name = Name in templates
factor-add = Factor
factor-remove = Remove the factor
factor-more = More for the factor { $name }
factor-replace = Replace from a file…
factor-bring = Bring in a spreadsheet…
factor-type = Type it here

## Design
design-trials = Trials each
design-shape = How levels are combined
design-crossed = Crossed
design-crossed-about = Every level of each factor with every other.
design-list = List
design-list-about = One request for each row of the only factor.
design-combinations = Combinations
design-combinations-choose = Choose…
design-combinations-look = Look…
design-every-level = Every level
design-every-with = Every combination of { $factors }
design-some = { $some } of { $all } combinations
design-order = Order of sending
design-order-plain = As designed
design-order-random = Random
design-order-seed = Seed of the random order
design-seed = Seed
design-draw = Draw another
design-subset = How much is sent
design-subset-all = All requests
design-subset-every = Every so many, for a pilot
design-subset-random = Some, drawn at random
design-subset-step = One of every
design-subset-count = Requests to draw
design-subset-seed = Seed of the random choice
design-id = ID of each request
design-id-about = Stands in the first column of the results. It must be different for every request.
combinations-title = Combinations that are sent
combinations-sent = Sent
combinations-rows = At the left
combinations-columns = At the top
combinations-of = { $one } with { $other }
combinations-all-of = All of { $name }
combinations-count = { $some } of { $all } ticked
combinations-apply = Use these
combinations-mode = Levels that come later
combinations-mode-exclude = Are sent too: only what is not ticked is left out
combinations-mode-include = Are left out: only what is ticked is sent
combinations-others = Rules about other factors
combinations-only = Only { $what }
combinations-not = Not { $what }
combinations-remove = Remove
combinations-many = There are more than { $count } combinations: too many to tick one by one. The study file can hold rules for them.

## Prompt and parameters
template-unknown = No column has this name
prompt-system = System message
prompt-system-hint = Who the model is. May stay empty.
prompt-user = User message
prompt-user-hint = What the model is asked.
prompt-characters =
    { $count ->
        [one] 1 character
       *[other] { $count } characters
    }
prompt-insert = Insert
prompt-insert-name = Insert { $name }
prompt-answer-sheet = answer sheet, written out
param-temperature = Temperature
param-max_output_tokens = Longest answer
param-top_p = Top p
param-seed = Seed
param-reasoning_effort = Reasoning effort
param-frequency_penalty = Frequency penalty
param-presence_penalty = Presence penalty
param-more = More parameters
param-none = Not sent: the model’s own setting.
param-fixed = The same for every request.
param-length = At most { $tokens } tokens, about { $length } words.
param-column = From a column.
param-column-first = From a column; { $value } in the first request.
param-formula = Worked out for each request.
param-formula-first = Worked out for each request; { $value } in the first.

## Answer sheet
answers-form = How it is answered
answers-structured = As a form, where the model can
answers-structured-about = Others get numbered lines, which Tabane reads.
answers-lines = In its own words, by numbered lines
answers-lines-about = Closer to conversation; a few more missing values.
answers-language = Written out for the model in
field-place = Place
field-label = Field
field-label-hint = such as Politeness
field-name = Variable
field-type = Type
field-range = Range
field-told = Told to the model
field-required = Required
field-add = Add a field
field-number = field { $number }
field-label-of = Field { $number }
field-name-of = Variable of { $field }
field-type-of = Type of { $field }
field-told-of = What the model is told about { $field }
field-required-of = { $field } is required
field-minimum-of = Lowest value of { $field }
field-maximum-of = Highest value of { $field }
field-minimum-hint = 1
field-maximum-hint = 7
field-choices =
    { $count ->
        [0] Choices…
        [one] 1 choice
       *[other] { $count } choices
    }
field-choices-of =
    { $count ->
        [0] Choices of { $field }: none yet
        [one] Choices of { $field }: 1
       *[other] Choices of { $field }: { $count }
    }
field-type-integer = whole number
field-type-decimal = number
field-type-choice = one of a list
field-type-yes_no = yes or no
field-type-short_text = short text
field-type-long_text = long text
field-up = Move up (Alt ↑)
field-down = Move down (Alt ↓)
field-remove = Remove the field
choices-title = Choices of { $field }
choices-about = One a line, as the model reads them.
choices-take =
    { $count ->
        [one] Use 1 choice
       *[other] Use { $count } choices
    }

## Models
model-add = Add a model
model-add-title = Add a model
model-add-confirm = Add the model
model-name = Model
model-remove = Remove { $model }
model-asking = Asking for the models…
model-offers =
    { $count ->
        [0] The service names no models. Type the name of one.
        [one] 1 model is offered. You can also type another name.
       *[other] { $count } models are offered. You can also type another name.
    }
model-by-name = You can type the name of a model.
model-batch = answers batches
model-no-batch = no batches
model-batch-untold = The service does not tell which of them answer batches.
model-batch-untold-some = Of those without a mark, the service does not tell whether they answer batches.
model-no-batch-chosen = { $model } answers no batches: the service would refuse the job.
model-unconnected = Not connected: no key is saved.
model-structured = The answer sheet goes along as a form.
model-lines = This model takes no form: it gets numbered lines.

## The request
preview-title = The request
preview-show = Show the request
preview-position = Which request
preview-of = of { $total }
preview-previous = Previous request
preview-next = Next request
preview-model = Model of the request
preview-trial = Trial
preview-length = Length
preview-characters = { $count } characters
preview-no-model = Choose a model to see the request as it will be sent.
preview-none = No request is made yet.
preview-added = Added to the prompt
preview-added-about = Nothing else is added. What you see is what is sent.

## Footer, check and send
formula-of-which = , of which
formula-models =
    { $count ->
        [one] 1 model
       *[other] { $count } models
    }
formula-rows = Row
formula-combinations = Combination
formula-trials = trial
price-no-model = no price without a model
price-practice = no cost
price-unknown = price not worked out yet
price-row-unknown = not yet
foot-frozen = This study was sent.
foot-unsaved = The last change could not be saved.
foot-problems =
    { $count ->
        [one] 1 thing is missing before this can be sent.
       *[other] { $count } things are missing before this can be sent.
    }
foot-nothing = There is nothing to send.
send-clear = Nothing stands in the way.
send-study-title = Send { $count } requests to { $providers } providers?
send-study-together = Together
send-study-charged = Charged to your own accounts, by the price lists of the providers. Tabane doesn’t know prices yet.
send-study-practice = The answers are made up on this computer and marked as practice everywhere. Nobody is charged.
send-study-frozen = The study is frozen once sent; to change it you make a linked copy.
files-title = Keep or share it
files-about = The study file holds everything but keys and results. The request file holds the requests as they would be sent; saving it sends nothing.
files-save-study = Save the study file…
files-save-requests = Save the request file…
files-save-requests-for = Save the request file for { $model }…
files-requests =
    { $count ->
        [one] 1 request, { $size }
       *[other] { $count } requests, { $size }
    }

## What was done, after “Undo: ”
did-title = change the title
did-factor-add = add a factor
did-factor-remove = remove a factor
did-factor-name = name a factor
did-data = bring in a spreadsheet
did-trials = change the trials
did-shape = change how levels are combined
did-combinations = choose combinations
did-order = change the order
did-subset = change how much is sent
did-id = change the ID
did-system = write the system message
did-user = write the user message
did-parameter = change a parameter
did-field = change a field
did-field-add = add a field
did-field-remove = remove a field
did-field-move = move a field
did-form = change how it is answered
did-language = change the language of the answer sheet
did-model-add = add a model
did-model-remove = remove a model
