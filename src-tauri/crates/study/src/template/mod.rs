//! Templates of messages and ids.
//!
//! The language is that of minijinja (Jinja): `{{persona.name}}`, and for those who know it conditions and filters.
//! A template that holds nothing but names, as nearly all do, is put together here directly; both ways give the same
//! text (tested). Names that are not there are an error, nothing is escaped or loaded, and a template that does not
//! end is stopped. Cells are put in as they are: what looks like a template inside a cell stays text.

pub(crate) mod names;
pub(crate) mod scope;

use std::collections::BTreeMap;
use std::ops::Range;

use minijinja::syntax::SyntaxConfig;
use minijinja::{Environment, OutputSpanKind, UndefinedBehavior, Value};
use tabane_model::{Factor, Span, StudyProblem, StudyStep};

use self::names::{NameUse, Tag, TagKind, tags};
use self::scope::{Reference, Scope, Unknown};

/// Work that one rendering may take: instructions, or 64 bytes of text each.
const FUEL: u64 = 1_000_000;
/// The name of the only template in its environment.
const ONLY: &str = "template";

/// A template whose names are all known.
pub(crate) struct Template<'a> {
    names: Vec<Named>,
    way: Way<'a>,
}

enum Way<'a> {
    Pieces(Vec<Piece<'a>>),
    Jinja(Box<Environment<'static>>),
}

pub(crate) enum Piece<'a> {
    Text(&'a str),
    Name(Reference),
}

struct Named {
    used: NameUse,
    reference: Reference,
}

/// What is wrong with a template. Ranges are of its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Brackets or words that cannot be read.
    Unreadable {
        detail: String,
        range: Range<usize>,
    },
    Unknown {
        why: Unknown,
        used: NameUse,
    },
    /// It can be read, but not put together: a filter that does not fit, or work without end.
    NotRendered {
        detail: String,
    },
}

impl<'a> Template<'a> {
    pub(crate) fn new(source: &'a str, factors: &[Factor]) -> Result<Self, Vec<Fault>> {
        let tags = tags(source);
        if tags.iter().all(|tag| tag.kind == TagKind::Value && tag.is_name) {
            return Self::pieces(source, tags, factors);
        }
        Self::jinja(source, tags, factors)
    }

    fn pieces(source: &'a str, tags: Vec<Tag>, factors: &[Factor]) -> Result<Self, Vec<Fault>> {
        let mut pieces = Vec::new();
        let mut end = 0;
        let ranges: Vec<_> = tags.iter().map(|tag| tag.range.clone()).collect();
        let names = resolve(tags.into_iter().flat_map(|tag| tag.names), factors)?;
        for (range, name) in ranges.into_iter().zip(&names) {
            pieces.push(Piece::Text(&source[end..range.start]));
            pieces.push(Piece::Name(name.reference));
            end = range.end;
        }
        pieces.push(Piece::Text(&source[end..]));
        Ok(Self {
            names,
            way: Way::Pieces(pieces),
        })
    }

    fn jinja(source: &str, tags: Vec<Tag>, factors: &[Factor]) -> Result<Self, Vec<Fault>> {
        let environment = environment(source).map_err(|error| vec![unreadable(source, &error)])?;
        let free = environment
            .get_template(ONLY)
            .map(|template| template.undeclared_variables(false))
            .unwrap_or_default();
        // Words of the language and names that the template gives itself are none of ours.
        let used = tags
            .into_iter()
            .flat_map(|tag| tag.names)
            .filter(|name| free.contains(&name.root));
        Ok(Self {
            names: resolve(used, factors)?,
            way: Way::Jinja(Box::new(environment)),
        })
    }

    /// What it refers to, in the order of the text.
    pub(crate) fn references(&self) -> impl Iterator<Item = Reference> {
        self.names.iter().map(|name| name.reference)
    }

    pub(crate) fn names(&self, reference: Reference) -> bool {
        self.references().any(|used| used == reference)
    }

    /// Where it is only names and text, so that it can always be put together.
    pub(crate) fn plain(&self) -> Option<&[Piece<'a>]> {
        match &self.way {
            Way::Pieces(pieces) => Some(pieces),
            Way::Jinja(_) => None,
        }
    }

    pub(crate) fn render(&self, scope: &Scope<'_>) -> Result<String, Fault> {
        match &self.way {
            Way::Pieces(pieces) => {
                let mut text = String::new();
                for piece in pieces {
                    match piece {
                        Piece::Text(own) => text.push_str(own),
                        Piece::Name(reference) => text.push_str(&scope.text(*reference)),
                    }
                }
                Ok(text)
            }
            Way::Jinja(environment) => environment
                .get_template(ONLY)
                .and_then(|template| template.render(self.context(scope)))
                .map_err(|error| not_rendered(&error)),
        }
    }

    /// The same text with the stretches that came from columns told apart.
    pub(crate) fn spans(&self, scope: &Scope<'_>) -> Result<Vec<Span>, Fault> {
        match &self.way {
            Way::Pieces(pieces) => {
                let spans = pieces.iter().map(|piece| match piece {
                    Piece::Text(own) => Span {
                        text: (*own).to_owned(),
                        column: None,
                    },
                    Piece::Name(reference) => Span {
                        text: scope.text(*reference).into_owned(),
                        column: Some(reference.shown(scope.factors())),
                    },
                });
                Ok(spans.filter(|span| !span.text.is_empty()).collect())
            }
            Way::Jinja(environment) => self
                .jinja_spans(environment, scope)
                .map_err(|error| not_rendered(&error)),
        }
    }

    fn jinja_spans(
        &self,
        environment: &Environment<'static>,
        scope: &Scope<'_>,
    ) -> Result<Vec<Span>, minijinja::Error> {
        let template = environment.get_template(ONLY)?;
        let (text, found) = template.render_with_spans(self.context(scope))?;
        let mut spans = Vec::with_capacity(found.len());
        let mut end = 0;
        let mut push = |range: Range<usize>, column| {
            if let Some(text) = text.get(range).filter(|text| !text.is_empty()) {
                spans.push(Span {
                    text: text.to_owned(),
                    column,
                });
            }
        };
        for span in found {
            push(end..span.output_range().start, None);
            let column = match span.kind() {
                OutputSpanKind::Expression => self.column_in(&span.source_range(), scope.factors()),
                _ => None,
            };
            push(span.output_range(), column);
            end = span.output_range().end;
        }
        push(end..text.len(), None);
        Ok(spans)
    }

    /// The first name within a stretch of the template.
    fn column_in(&self, source: &Range<usize>, factors: &[Factor]) -> Option<String> {
        self.names
            .iter()
            .find(|name| source.start <= name.used.range.start && name.used.range.start < source.end)
            .map(|name| name.reference.shown(factors))
    }

    /// Only what it names, as text; the trial as a number.
    fn context(&self, scope: &Scope<'_>) -> Value {
        let mut factors: BTreeMap<&str, BTreeMap<String, Value>> = BTreeMap::new();
        let mut context: BTreeMap<String, Value> = BTreeMap::new();
        for name in &self.names {
            let text = || Value::from(scope.text(name.reference).into_owned());
            match (name.reference, &name.used.column) {
                (Reference::Column { .. }, Some(column)) => {
                    factors
                        .entry(&name.used.root)
                        .or_default()
                        .insert(column.clone(), text());
                }
                (Reference::Trial, _) => {
                    context.insert(name.used.root.clone(), Value::from(scope.trial));
                }
                _ => {
                    context.insert(name.used.root.clone(), text());
                }
            }
        }
        context.extend(
            factors
                .into_iter()
                .map(|(name, columns)| (name.to_owned(), Value::from(columns))),
        );
        Value::from(context)
    }
}

fn resolve(used: impl Iterator<Item = NameUse>, factors: &[Factor]) -> Result<Vec<Named>, Vec<Fault>> {
    let mut names = Vec::new();
    let mut faults = Vec::new();
    for used in used {
        match Reference::find(factors, &used.root, used.column.as_deref()) {
            Ok(reference) => names.push(Named { used, reference }),
            Err(why) => faults.push(Fault::Unknown { why, used }),
        }
    }
    if faults.is_empty() { Ok(names) } else { Err(faults) }
}

fn environment(source: &str) -> Result<Environment<'static>, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_syntax(SyntaxConfig::builder().keep_trailing_newline(true).build()?);
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_fuel(Some(FUEL));
    environment.set_auto_escape_callback(|_| minijinja::AutoEscape::None);
    // `range` and its like: a factor may have that name.
    let functions: Vec<String> = environment.globals().map(|(name, _)| name.to_owned()).collect();
    for name in functions {
        environment.remove_global(&name);
    }
    environment.add_template_owned(ONLY, source.to_owned())?;
    Ok(environment)
}

fn unreadable(source: &str, error: &minijinja::Error) -> Fault {
    Fault::Unreadable {
        detail: error.detail().unwrap_or_default().to_owned(),
        range: error.range().unwrap_or(0..source.len()),
    }
}

fn not_rendered(error: &minijinja::Error) -> Fault {
    Fault::NotRendered {
        detail: error
            .detail()
            .map_or_else(|| error.kind().to_string(), str::to_owned),
    }
}

impl Fault {
    /// As a problem of the study, with the characters of the template that it is about (`from`, `to`).
    pub(crate) fn problem(self, source: &str, step: StudyStep, path: &str) -> StudyProblem {
        let at = |code: &str, range: Range<usize>| {
            let characters = |end: usize| source.get(..end).unwrap_or(source).chars().count();
            let line = source.get(..range.start).unwrap_or(source).matches('\n').count() + 1;
            crate::check::error(step, path, code)
                .with("from", characters(range.start))
                .with("to", characters(range.end))
                .with("line", line)
        };
        match self {
            Self::Unreadable { detail, range } => at("template-unreadable", range).with("detail", detail),
            Self::NotRendered { detail } => {
                at("template-not-rendered", 0..source.len()).with("detail", detail)
            }
            Self::Unknown { why, used } => {
                let code = match why {
                    Unknown::Name => "template-unknown-name",
                    Unknown::Column => "template-unknown-column",
                    Unknown::NoColumn => "template-factor-alone",
                };
                at(code, used.range)
                    .with("name", used.root)
                    .with("column", used.column.unwrap_or_default())
            }
        }
    }
}

#[cfg(test)]
mod tests;
