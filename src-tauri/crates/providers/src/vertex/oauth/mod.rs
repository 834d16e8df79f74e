//! How Google lets an account in: an access token for an hour, got with a service account's key or with the login of
//! this computer (wire notes, section 6).

mod credentials;
mod machine;
mod token;

pub(super) use credentials::{Credentials, is_loopback};
pub(super) use token::{Token, Tokens};

#[cfg(test)]
pub(super) mod tests;
