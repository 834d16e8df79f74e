//! Fakes of the services that speak otherwise than OpenAI: what the wire notes say of each, quirks included.
//!
//! For tests alone: their batches are kept in memory. What is the same for all (how a batch goes on, what becomes of
//! its rows, what goes wrong) is in [`ledger`] and [`gate`]; a dialect is its routes and its shapes.

mod gate;
mod gemini;
mod ledger;
mod vertex;

use std::sync::Arc;

use axum::Router;

pub(crate) use ledger::Ledger;

/// A dialect by the name of its provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Dialect {
    Gemini,
    Openai,
    Vertex,
}

impl Dialect {
    /// `None`: OpenAI's, which has a server of its own.
    pub(crate) fn routes(self, ledger: Arc<Ledger>) -> Option<Router> {
        match self {
            Self::Gemini => Some(gemini::routes(ledger)),
            Self::Openai => None,
            Self::Vertex => Some(vertex::routes(ledger)),
        }
    }

    /// What follows the address and port in a base address.
    pub(crate) fn path(self) -> &'static str {
        match self {
            Self::Gemini => "",
            Self::Openai => "/v1",
            Self::Vertex => "",
        }
    }
}
