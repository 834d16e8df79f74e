//! What one stretch of an answer says for one field.

use tabane_model::{Cell, HowRead, MissingReason};

use super::text::Span;

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reading {
    Value { value: String, span: Span },
    Missing { reason: MissingReason, span: Span },
}

impl Reading {
    pub(super) fn value(value: String, span: Span) -> Self {
        Self::Value { value, span }
    }

    pub(super) fn missing(reason: MissingReason, span: Span) -> Self {
        Self::Missing { reason, span }
    }
}

/// A reading with the field it is for.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) field: usize,
    pub(super) reading: Reading,
    pub(super) how: HowRead,
}

/// One cell from all that was found for its field. Equal values are one; different ones are ambiguous.
pub(super) fn settle(found: &[&Candidate], unanswered: MissingReason) -> Cell {
    let mut value: Option<(&String, HowRead, &Span)> = None;
    let mut missing: Option<(MissingReason, &Span)> = None;
    for candidate in found {
        match &candidate.reading {
            Reading::Value { value: other, span } => match value {
                Some((first, ..)) if first != other => return ambiguous(span),
                Some((_, how, _)) if how != HowRead::LineTolerant || candidate.how == how => {}
                Some(_) | None => value = Some((other, candidate.how, span)),
            },
            Reading::Missing { reason, span } => {
                if missing.is_none_or(|(first, _)| weight(*reason) > weight(first)) {
                    missing = Some((*reason, span));
                }
            }
        }
    }
    match (value, missing) {
        // A value and, elsewhere, another number that cannot be taken.
        (Some(_), Some((reason, span))) if weight(reason) >= CONTRADICTS => ambiguous(span),
        (Some((value, how, span)), _) => Cell::Read {
            value: value.clone(),
            how,
            from: place(span),
        },
        (None, Some((reason, span))) => Cell::Missing {
            reason,
            from: Some(place(span)),
        },
        (None, None) => Cell::Missing {
            reason: unanswered,
            from: None,
        },
    }
}

fn ambiguous(span: &Span) -> Cell {
    Cell::Missing {
        reason: MissingReason::Ambiguous,
        from: Some(place(span)),
    }
}

/// From here on a reason speaks against a value read elsewhere.
const CONTRADICTS: u8 = 3;

/// How much a reason tells.
fn weight(reason: MissingReason) -> u8 {
    match reason {
        MissingReason::NoAnswer | MissingReason::NotAnswered => 0,
        MissingReason::NotANumber | MissingReason::NotAChoice | MissingReason::NotYesOrNo => 1,
        MissingReason::CutOff => 2,
        MissingReason::NotWhole | MissingReason::OutOfRange => 3,
        MissingReason::Ambiguous => 4,
    }
}

/// Characters of an answer, which services hold far below 4 billion; beyond, the last place that can be told.
fn place(span: &Span) -> (u32, u32) {
    let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    (place(span.start), place(span.end))
}
