//! OpenAI's chat requests in the words of other services.

mod chat;

pub(crate) use chat::{Chat, Part, Role, Schema, Turn};

use tabane_model::{Adaptation, Failure};

/// The longest answer where a service demands a limit and the request names none (issue 5).
pub(crate) const LENGTH: u32 = 4_096;

/// Something in a request has no counterpart at a service.
pub(crate) fn not_translatable(service: &str, what: &str) -> Failure {
    Failure::new("request-not-translatable")
        .with("service", service)
        .with("what", what)
}

/// A parameter that a service does not know.
pub(crate) fn left_out(parameter: &str) -> Adaptation {
    Adaptation::new("left-out").with("parameter", parameter)
}
