//! Google's Gemini API: a key, a file of requests laid down at the service, a batch of one model.
//!
//! How a request is written and how an answer is read is shared with Gemini on Vertex AI.

mod answer;
mod request;

pub(crate) use answer::read_answer;
pub(crate) use request::request;
