//! The verbs against Google's services as they are, and as they go wrong.
