# The data folder and what is kept in it.

error-data-folder-in-use = Tabane is already open on this data folder: { $holder ->
    [window] in its window
    [command-line] on the command line
   *[other] by a program that did not say what it is
 } (process { $pid }).
    .means = Nothing was changed. What runs there goes on.
    .next = Go on in the one that is open, or close it and try again.

error-database-newer = This data folder was used with a newer Tabane.
    .means = Nothing was read or changed, so that nothing is lost. Jobs that are with a provider go on there.
    .next = Start the newer Tabane, or install it again.

error-database-not-updated = The database could not be brought up to date for this version of Tabane.
    .means = It is as it was before; nothing is lost, and a copy lies beside it in the data folder. Jobs that are with a provider go on there.
    .next = Start the version that you had before, and send us the words under Details.

error-disk-full = The disk is full.
    .means = What was being written was not kept. What was kept before is safe, and jobs that are with a provider go on there.
    .next = Free some space on the disk and try again.

error-database-damaged = The database is damaged and cannot be read.
    .means = Jobs that are with a provider go on there, and their results can be fetched again as long as the provider keeps them. The files in the data folder were not touched.
    .next = Close Tabane and make a copy of the whole data folder. Then put back a backup of it, or start with another data folder.

error-data-folder-unwritable = Tabane cannot write in the folder { $folder }.
    .means = Nothing was changed. Without this folder Tabane cannot remember what it sends, so it sends nothing.
    .next = Allow writing there, or choose another data folder, and try again.

error-database-busy = Another program is holding Tabane's database.
    .means = What was being written was not kept. What was kept before is safe.
    .next = Close programs that have the data folder open, such as a backup or a database viewer, and try again.

error-database-failed = The database did not do what it was asked.
    .means = What was being written was not kept. What was kept before is safe, and jobs that are with a provider go on there.
    .next = Try again. If it happens again, send us the words under Details.

error-job-not-found = There is no job { $id }.
    .means = It may have been deleted. Nothing was changed.
    .next = Look for it in the list of jobs.

error-part-not-found = The job has no part { $part }.
    .means = Nothing was changed.
    .next = Open the job again to see the parts that it has.

error-row-not-found = The job has no row { $row }.
    .means = Nothing was changed.
    .next = Open the results again.

error-study-not-found = This study is no longer there.
    .means = It may have been deleted. Nothing was changed.
    .next = Look for it in the list of studies.

error-study-sent = This study has been sent, so it does not change any more.
    .means = Your last change was not kept. What was sent goes on as it is.
    .next = Make a copy of the study and change that.

error-study-has-jobs = This study cannot be deleted while its jobs are there.
    .means = Nothing was changed. The answers of those jobs are read with this study’s answer sheet.
    .next = Delete its jobs first if you no longer need their answers.

error-draft-not-found = This file is no longer in preparation.
    .means = It was sent or put away. The file itself was not touched.
    .next = Drop the file again, or look for it in the list of jobs.

error-effect-still-open = It is not clear yet how the last try to send part { $part } ended.
    .means = Tabane is finding out and does not send it again before that, so that nothing is paid twice.
    .next = Wait a few minutes, then look at the job again.
