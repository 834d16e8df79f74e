# Saving the results as a file.

error-export-stopped = Saving the results was stopped.
    .means = No file was made, and an older file of that name is as it was. The results are still in Tabane.
    .next = Save them again whenever you like.

error-export-not-written = The file with the results could not be written.
    .means = No file was made, and an older file of that name is as it was. The results are still in Tabane.
    .next = If the file is open in another program, such as Excel, close it there. Otherwise choose another folder, and save again.
