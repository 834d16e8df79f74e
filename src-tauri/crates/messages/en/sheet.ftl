# The table that is typed into like a spreadsheet, and spreadsheets as they come in.

## The sheet
sheet-type-here = Type here, or paste from Excel
sheet-keys = Type to replace a cell, F2 edits it. Shift and F10 opens the menu. Escape, then Tab leaves the table.
sheet-keys-read-only = Arrows move, Shift selects, Ctrl and C copies.
sheet-editing = { $column }, row { $row }
sheet-editing-name = Name of column { $column }
sheet-new-column = column{ $number }
sheet-menu = Rows and columns
sheet-pasted =
    { $rows ->
        [one] Pasted 1 row, { $columns ->
            [one] 1 column
           *[other] { $columns } columns
        }
       *[other] Pasted { $rows } rows, { $columns ->
            [one] 1 column
           *[other] { $columns } columns
        }
    }

## Its menu
sheet-insert-above = Insert a row above
sheet-insert-below = Insert a row below
sheet-delete-rows =
    { $count ->
        [one] Delete the row
       *[other] Delete { $count } rows
    }
sheet-insert-left = Insert a column left
sheet-insert-right = Insert a column right
sheet-rename = Rename the column
sheet-move-left =
    { $count ->
        [one] Move the column left
       *[other] Move { $count } columns left
    }
sheet-move-right =
    { $count ->
        [one] Move the column right
       *[other] Move { $count } columns right
    }
sheet-delete-columns =
    { $count ->
        [one] Delete the column
       *[other] Delete { $count } columns
    }
sheet-name-columns = Use row { $row } as column names

## What was done, after “Undo:”
sheet-done-type = edit a cell
sheet-done-clear = clear cells
sheet-done-cut = cut cells
sheet-done-paste = paste
sheet-done-insert-rows = insert rows
sheet-done-delete-rows = delete rows
sheet-done-insert-column = insert a column
sheet-done-delete-columns = delete columns
sheet-done-move-column = move a column
sheet-done-rename-column = rename a column
sheet-done-name-columns = use a row as column names

## Bringing a spreadsheet in
data-title = Bring in { $name }
data-reading = Reading the file…
data-sheet = Sheet
data-sheet-hidden = { $name } (hidden)
data-encoding = Encoding
data-encoding-utf-8 = UTF-8
data-encoding-shift_jis = Shift_JIS (Windows, Japanese)
data-encoding-euc-jp = EUC-JP
data-encoding-utf-16le = UTF-16 LE
data-encoding-utf-16be = UTF-16 BE
data-encoding-windows-1252 = Windows-1252 (Western)
data-delimiter = Between cells
data-delimiter-comma = Comma
data-delimiter-tab = Tab
data-delimiter-semicolon = Semicolon
data-delimiter-none = Nothing (one column)
data-header = The first row holds the column names
data-rows = The first rows of the file
data-size =
    { $rows ->
        [one] 1 row, { $columns ->
            [one] 1 column
           *[other] { $columns } columns
        }
       *[other] { $rows } rows, { $columns ->
            [one] 1 column
           *[other] { $columns } columns
        }
    }
data-first =
    { $count ->
        [one] The first is shown.
       *[other] The first { $count } are shown.
    }
data-nothing = There are no rows to bring in.
data-remark-unnamed = Something in this file is worth a look ({ $code }).
data-goal = Goes to
data-goal-new = A new factor
data-replaces =
    { $count ->
        [0] { $name } has no levels yet. Each row becomes one.
        [one] Takes the place of the 1 level of { $name }. Undo brings it back.
       *[other] Takes the place of the { $count } levels of { $name }. Undo brings them back.
    }
data-name = Name of the new factor
data-name-help = In templates: { $name }
data-use =
    { $count ->
        [one] Use 1 row as { $name }
       *[other] Use { $count } rows as { $name }
    }
data-use-new =
    { $count ->
        [one] Add 1 row as a factor
       *[other] Add { $count } rows as a factor
    }
