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
