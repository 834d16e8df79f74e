### Failures of the keychain.

error-keychain-locked = This computer’s keychain is locked, so keys can’t be read or saved.
    .means = Jobs that were sent go on at their providers and lose nothing. Tabane can’t look at them until it has a key.
    .next = Unlock the keychain and try again, or keep the key until Tabane closes.

error-keychain-missing = Tabane found no keychain on this computer.
    .means = Keys can’t be saved. They are never written to a file instead. Jobs that were sent go on at their providers and lose nothing.
    .next = Start the keychain and try again, or keep the key until Tabane closes.

error-keychain-failed = The keychain of this computer could not do what Tabane asked.
    .means = The key was not read or changed. Jobs that were sent go on at their providers and lose nothing.
    .next = Try again, or keep the key until Tabane closes.

error-keychain-ambiguous = The keychain holds more than one key under the same name.
    .means = Tabane does not choose between them, so none is used and nothing is sent.
    .next = Delete the extra entries named “Tabane” in your keychain, or enter the key again.

error-key-too-long = The keychain does not take a key of this length.
    .means = The key was not saved. Nothing was sent.
    .next = Make sure that only the key was pasted, or keep the key until Tabane closes.

error-key-unreadable = What the keychain holds for this connection is not a key.
    .means = It was left as it is. Nothing was sent.
    .next = Enter the key again. It takes the place of the old entry.
