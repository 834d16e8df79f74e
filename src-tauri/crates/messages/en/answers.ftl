## Why a cell of the results has no value

cell-missing-no-answer = There is no answer to this request.
cell-missing-not-answered = The answer says nothing on this item.
cell-missing-not-a-number = There are words here, but no number.
cell-missing-not-whole = A whole number was asked for.
cell-missing-out-of-range = The number lies outside the range that was asked for.
cell-missing-not-a-choice = The answer names none of the choices.
cell-missing-not-yes-or-no = The answer says neither yes nor no.
cell-missing-ambiguous = More than one value could be meant, so none was taken.
cell-missing-cut-off = The answer broke off before this item was complete.

## How a cell was read

cell-how-json = Read by its name in structured data
cell-how-line = Read from the line of this item, as written
cell-how-line-tolerant = Read from the words of this item, with some care
