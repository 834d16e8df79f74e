# Writing tables.

error-export-stopped = The export was stopped.
    .means = No file was written. The answers are all here.
    .next = Export again whenever you like.
error-export-not-written = The file could not be written there.
    .means = The answers are all here; an older file of that name is as it was.
    .next = Close the file if it is open in Excel, or choose another place.
