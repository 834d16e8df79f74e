//! Fakes of the services that speak otherwise than OpenAI: what the wire notes say of each, quirks included.
//!
//! For tests alone: their batches are kept in memory. What is the same for all (how a batch goes on, what becomes of
//! its rows, what goes wrong) is in [`ledger`] and [`gate`]; a dialect is its routes and its shapes.

mod anthropic;
mod chat;
mod fireworks;
mod gate;
mod gemini;
mod input;
mod ledger;
mod mistral;
mod openrouter;
mod shelf;
mod together;
mod uploads;
mod xai;

use std::sync::Arc;

use axum::Router;

use crate::twists::{self, Twist};

pub(crate) use ledger::Ledger;

/// A dialect by the name of its provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Dialect {
    Gemini,
    Openai,
    Anthropic,
    Openrouter,
    Mistral,
    Xai,
    Fireworks,
    Together,
    // OpenAI's, as others speak it.
    Azure,
    Deepinfra,
    Groq,
    Kluster,
    Novita,
    Siliconflow,
    Zhipu,
}

impl Dialect {
    /// `None`: OpenAI's, which has a server of its own.
    pub(crate) fn routes(self, ledger: Arc<Ledger>) -> Option<Router> {
        match self {
            Self::Gemini => Some(gemini::routes(ledger)),
            Self::Anthropic => Some(anthropic::routes(ledger)),
            Self::Openrouter => Some(openrouter::routes(ledger)),
            Self::Mistral => Some(mistral::routes(ledger)),
            Self::Xai => Some(xai::routes(ledger)),
            Self::Fireworks => Some(fireworks::routes(ledger)),
            Self::Together => Some(together::routes(ledger)),
            Self::Openai
            | Self::Azure
            | Self::Deepinfra
            | Self::Groq
            | Self::Kluster
            | Self::Novita
            | Self::Siliconflow
            | Self::Zhipu => None,
        }
    }

    /// How it differs from OpenAI's, if it is that.
    pub(crate) fn twist(self) -> &'static Twist {
        match self {
            Self::Azure => &twists::AZURE,
            Self::Deepinfra => &twists::DEEPINFRA,
            Self::Groq => &twists::GROQ,
            Self::Kluster => &twists::KLUSTER,
            Self::Novita => &twists::NOVITA,
            Self::Siliconflow => &twists::SILICONFLOW,
            Self::Zhipu => &twists::ZHIPU,
            _ => &twists::OPENAI,
        }
    }

    /// What follows the address and port in a base address.
    pub(crate) fn path(self) -> &'static str {
        match self {
            // As their official clients are told it.
            Self::Anthropic | Self::Gemini => "",
            Self::Fireworks | Self::Mistral | Self::Together | Self::Xai => "/v1",
            Self::Openrouter => "/api/v1",
            Self::Openai
            | Self::Azure
            | Self::Deepinfra
            | Self::Groq
            | Self::Kluster
            | Self::Novita
            | Self::Siliconflow
            | Self::Zhipu => self.twist().path,
        }
    }
}
