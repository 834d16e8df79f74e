//! How a service that took OpenAI's dialect over differs from it, where it has to be spoken to differently. What it
//! only answers differently needs no word here: answers are read leniently, whoever they are from.

/// What is said otherwise to one service.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Twists {
    /// The header that carries the key. `None`: `Authorization: Bearer`.
    pub(crate) key_header: Option<&'static str>,
    /// Where the interface lies on the service's host, for addresses that don't say it.
    pub(crate) path: &'static str,
    /// What an endpoint begins with, in lines and in the create, where OpenAI's begins with `/v1`.
    pub(crate) endpoints_under: &'static str,
    /// Seconds after which what was uploaded is deleted. `None`: nothing is said of it.
    pub(crate) file_expires_after: Option<u32>,
    /// An uploaded file is looked through first; a create before that is refused.
    pub(crate) file_is_processed: bool,
    /// Further fields of a create.
    pub(crate) create_with: &'static [(&'static str, bool)],
    /// The one mark of a batch that is free to use: it holds our name for the part. `None`: any are.
    pub(crate) name_tag: Option<&'static str>,
    /// What the number of the first line is, where lines are named in errors.
    pub(crate) first_line: u64,
    /// Fields of a request that the service's models refuse: left out.
    pub(crate) without: &'static [&'static str],
}

impl Twists {
    /// As OpenAI.
    pub(crate) const NONE: Self = Self {
        key_header: None,
        path: "/v1",
        endpoints_under: "/v1",
        file_expires_after: None,
        file_is_processed: false,
        create_with: &[],
        name_tag: None,
        first_line: 1,
        without: &[],
    };
}
