### The practice provider, when it cannot start.

error-practice-folder = The folder { $folder } of the practice provider cannot be used.
    .means = Nothing was sent, and practice never costs anything. Your other jobs are untouched.
    .next = Check that the disk has room and that you may write to this folder, then try again.

error-practice-port = This computer did not let the practice provider open a connection to itself.
    .means = Nothing was sent, and practice never costs anything. Your other jobs are untouched.
    .next = Try again. If it stays like this, a security program may be blocking Tabane.
