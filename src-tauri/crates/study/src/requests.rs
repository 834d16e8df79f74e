//! The requests of a plan, made one after the other.

use std::collections::HashMap;
use std::sync::Arc;

use tabane_model::StudyProblem;

use crate::design::Sequence;
use crate::factor;
use crate::plan::Plan;
use crate::template::scope::Scope;

/// Bodies that are kept for later trials of the same combination when the order is mixed. Bytes.
const KEPT_BODIES: usize = 16_000_000;

/// One request.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedRequest<'a> {
    pub custom_id: String,
    /// Ids, in the order of the factors.
    pub levels: Vec<&'a str>,
    /// From 1.
    pub trial: u32,
    /// As sent; `None`: not sent.
    pub temperature: Option<f64>,
    /// A chat-completions body as one line of JSON, shared by all trials of a combination.
    pub body: Arc<str>,
}

/// What all trials of a combination share.
#[derive(Clone)]
pub(crate) struct Built {
    pub(crate) body: Arc<str>,
    pub(crate) temperature: Option<f64>,
}

/// The requests of a plan, one after the other.
pub struct Requests<'p, 'a> {
    plan: &'p Plan<'a>,
    position: u32,
    last: Option<(u32, Built)>,
    kept: HashMap<u32, Built>,
    kept_bytes: usize,
}

impl<'p, 'a> Requests<'p, 'a> {
    pub(crate) fn new(plan: &'p Plan<'a>) -> Self {
        Self {
            plan,
            position: 0,
            last: None,
            kept: HashMap::new(),
            kept_bytes: 0,
        }
    }

    /// Trials are never merged: each is a request of its own. Only the text is made once.
    fn built(&mut self, scope: &Scope<'_>) -> Result<Built, StudyProblem> {
        if self.plan.by_trial {
            return self.plan.build(scope);
        }
        if let Some((_, built)) = self.last.as_ref().filter(|(last, _)| *last == scope.combination) {
            return Ok(built.clone());
        }
        if let Some(built) = self.kept.get(&scope.combination) {
            return Ok(built.clone());
        }
        let built = self.plan.build(scope)?;
        let bytes = self.kept_bytes + built.body.len();
        // In the designed order the trials follow each other, and the last body is enough.
        if matches!(self.plan.sequence, Sequence::Listed(_)) && bytes <= KEPT_BODIES {
            self.kept.insert(scope.combination, built.clone());
            self.kept_bytes = bytes;
        }
        self.last = Some((scope.combination, built.clone()));
        Ok(built)
    }

    fn request(&mut self, position: u32) -> Result<PlannedRequest<'p>, StudyProblem> {
        let scope = self.plan.scope(position);
        let built = self.built(&scope)?;
        let factors = self.plan.combinations.factors().iter().enumerate();
        Ok(PlannedRequest {
            custom_id: self.plan.custom_id(&scope)?,
            levels: factors
                .map(|(index, of)| factor::level_id(of, scope.level(index)))
                .collect(),
            trial: scope.trial,
            temperature: built.temperature,
            body: built.body,
        })
    }
}

impl<'p> Iterator for Requests<'p, '_> {
    type Item = Result<PlannedRequest<'p>, StudyProblem>;

    fn next(&mut self) -> Option<Self::Item> {
        let position = self.position;
        if position >= self.plan.len() {
            return None;
        }
        self.position += 1;
        Some(self.request(position))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let left = (self.plan.len() - self.position) as usize;
        (left, Some(left))
    }
}

impl ExactSizeIterator for Requests<'_, '_> {}
