//! Every sentence of Tabane, in English and Japanese: one catalogue for the window, the command line,
//! dialogs, notifications and exports.
//!
//! The sentences stand in `en/<area>.ftl` and `ja/<area>.ftl` (Fluent). The build lists those folders by
//! itself; the tests of this crate compare the two languages.

mod catalogue;
mod inventory;
mod language;
mod numbers;
mod sentence;
mod times;

pub use inventory::{Entry, Inventory, inventory};
pub use language::Language;
pub use sentence::{Sentence, failure, problem, study_adapted, study_problem};
