### Reading a spreadsheet or a text in columns: what keeps it from being read, and what is worth knowing of it.

## The file cannot be read

error-table-empty = There is nothing in this file.
    .means = Nothing was read, and nothing was sent.
    .next = Check in your spreadsheet program that this is the right file and that it was saved.
error-table-not-a-table = This file is neither a spreadsheet nor text in columns.
    .means = Nothing was read, and nothing was sent.
    .next = Choose an Excel (.xlsx, .xls), OpenDocument (.ods) or CSV file.
error-table-web-page = This file is a web page or XML under the name of a spreadsheet. Some systems export their tables so.
    .means = Nothing was read, and nothing was sent.
    .next = Open it in Excel or LibreOffice, save it as an Excel workbook (.xlsx), and choose that file.
error-table-other-workbook = This kind of workbook cannot be read here.
    .means = Nothing was read, and nothing was sent.
    .next = Open it in the program it comes from, save or export it as an Excel workbook (.xlsx), and choose that file.
error-table-password = This workbook is protected by a password.
    .means = Nothing was read, and nothing was sent.
    .next = Open it in Excel or LibreOffice, save a copy without a password, and choose the copy.
error-table-broken = This workbook is damaged.
    .means = Nothing of it was taken over, and the file itself was not changed.
    .next = Open it in Excel or LibreOffice, which can often repair it, save it under a new name, and choose the new file.
error-table-too-large = This workbook unpacks to more than { $limit } MB. No table that people work with is that large; the file may be damaged or made to do harm.
    .means = Reading was stopped before it took up the memory of this computer. Nothing was sent.
    .next = If you trust the file, save the sheet you need as CSV and choose that file.
error-table-too-many-cells = This sheet spans more than { $limit } cells.
    .means = Nothing was read, and nothing was sent.
    .next = Delete cells that stand far away from the table, or copy the table to a new workbook, and choose that file.
error-table-too-many-columns = This table has more than { $limit } columns.
    .means = Nothing was read, and nothing was sent.
    .next = Check that the right character is chosen as what stands between the cells, or leave out columns.
error-table-too-many-rows = This table has more than { $limit } rows.
    .means = Nothing was read, and nothing was sent.
    .next = Divide the file into several smaller ones.
error-table-row-too-long = Row { $row } takes more than { $limit } MB. Most often a quotation mark (") before it is never closed.
    .means = Nothing was read, and nothing was sent.
    .next = Close the quotation mark in row { $row } or before it, save the file, and choose it again.
error-table-row-too-large = Row { $row } of this sheet takes more than { $limit } MB. No text that people work with is that long; the file may be damaged or made to do harm.
    .means = Reading was stopped before it took up the memory of this computer. Nothing was sent.
    .next = Look at row { $row } in Excel or LibreOffice, shorten its texts, and choose the file again.
error-table-no-such-sheet = This workbook has no sheet named “{ $sheet }”.
    .means = Nothing was read. The choice stays as it is.
    .next = Choose one of the sheets in the list.
error-table-no-sheet = This workbook has no sheet with cells.
    .means = Nothing was read, and nothing was sent.
    .next = Choose a workbook with a table in it.
error-table-delimiter = “{ $delimiter }” cannot stand between cells.
    .means = Nothing was read. The choice stays as it was before.
    .next = Choose a comma, a tab, a semicolon or another single character that is no letter with an accent and no quotation mark.

## Worth knowing of the table

table-remark-empty-sheet = Nothing stands on the sheet “{ $sheet }”.
table-remark-hidden-sheet = The sheet “{ $sheet }” is hidden in the workbook. It was read all the same.
table-remark-hidden-rows = { $count ->
    [one] 1 hidden row was read too (row { $rows }).
   *[other] { $count } hidden rows were read too (rows { $rows }).
}
table-remark-hidden-columns = { $count ->
    [one] 1 hidden column was read too ({ $columns }).
   *[other] { $count } hidden columns were read too ({ $columns }).
}
table-remark-merged-cells = { $count ->
    [one] 1 group of merged cells ({ $ranges }): the value stands in its first cell, the others are empty.
   *[other] { $count } groups of merged cells ({ $ranges }): the value stands in the first cell of each, the others are empty.
}
table-remark-empty-rows = { $count ->
    [one] 1 empty row between others was left out.
   *[other] { $count } empty rows between others were left out.
}
table-remark-empty-columns = { $count ->
    [one] 1 empty column was left out ({ $columns }).
   *[other] { $count } empty columns were left out ({ $columns }).
}
table-remark-rows-above = { $count ->
    [one] 1 row above the column names was left out (“{ $text }”).
   *[other] { $count } rows above the column names were left out (the first: “{ $text }”).
}
table-remark-unnamed-columns = { $count ->
    [one] 1 column has no name. It is called { $columns } here.
   *[other] { $count } columns have no name. They are called { $columns } here.
}
table-remark-doubled-names = { $count ->
    [one] 1 column has the same name as one before it. It is called { $columns } here.
   *[other] { $count } columns have the same name as one before them. They are called { $columns } here.
}
table-remark-tidied-names = { $count ->
    [one] Line breaks or spaces were taken out of the name of 1 column ({ $columns }).
   *[other] Line breaks or spaces were taken out of the names of { $count } columns ({ $columns }).
}
table-remark-long-rows = { $count ->
    [one] 1 row has more cells than most (row { $row }). What is more stands in columns of its own.
   *[other] { $count } rows have more cells than most (the first: row { $row }). What is more stands in columns of its own.
}
table-remark-short-rows = { $count ->
    [one] 1 row has fewer cells than most (row { $row }). The cells it lacks are empty.
   *[other] { $count } rows have fewer cells than most (the first: row { $row }). The cells they lack are empty.
}
table-remark-error-cells = { $count ->
    [one] 1 cell of “{ $column }” shows an error: { $error } (row { $row }). It comes as that text.
   *[other] { $count } cells of “{ $column }” show an error, such as { $error } (row { $row }). They come as that text.
}
table-remark-shown-otherwise = { $count ->
    [one] 1 cell of “{ $column }” is shown otherwise than it is stored: “{ $shown }” is stored as { $stored } (row { $row }). It comes as stored.
   *[other] { $count } cells of “{ $column }” are shown otherwise than they are stored: “{ $shown }” is stored as { $stored } (row { $row }). They come as stored.
}
table-remark-formulas-without-value = { $count ->
    [one] 1 formula was saved without its result ({ $cell }), so its cell is empty here. Open the file in Excel or LibreOffice and save it again.
   *[other] { $count } formulas were saved without their results (the first: { $cell }), so their cells are empty here. Open the file in Excel or LibreOffice and save it again.
}
table-remark-broken-characters = { $count ->
    [one] 1 character could not be read (row { $row }); “�” stands in its place. Another encoding may fit better.
   *[other] { $count } characters could not be read (the first in row { $row }); “�” stands in their place. Another encoding may fit better.
}
table-remark-unclosed-quote = A quotation mark (") in row { $row } is never closed, so that everything behind it stands in one cell.
table-remark-separator-line = The first line only says what stands between the cells (sep=…). It was left out.
