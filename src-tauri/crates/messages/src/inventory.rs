//! What the catalogue holds: ids, attributes and variables. For the tests that compare the languages, and
//! for the types of the window that are made from the English files.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_syntax::ast::{CallArguments, Expression, InlineExpression, Pattern, PatternElement};

use crate::Language;

/// One message.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// The file that it stands in, without its ending.
    pub area: &'static str,
    /// The variables of its text, those of messages it quotes included. `None`: it has attributes only.
    pub value: Option<BTreeSet<String>>,
    /// Its attributes, each with its variables.
    pub attributes: BTreeMap<String, BTreeSet<String>>,
}

/// All messages of a language, and what is wrong with its files.
#[derive(Clone, Debug, Default)]
pub struct Inventory {
    /// By id.
    pub entries: BTreeMap<String, Entry>,
    /// Text that is not Fluent, ids that stand twice, references to nothing: file and fault.
    pub faults: Vec<String>,
}

/// Reads the files of a language.
#[must_use]
pub fn inventory(language: Language) -> Inventory {
    read(language.sources())
}

fn read(sources: &'static [(&'static str, &'static str)]) -> Inventory {
    let mut all = Inventory::default();
    let mut uses = BTreeMap::new();
    let mut terms = BTreeSet::new();
    for &(area, source) in sources {
        let resource = FluentResource::try_new(source.to_owned()).unwrap_or_else(|(resource, errors)| {
            all.faults.extend(errors.iter().map(|error| {
                let line = source.get(..error.pos.start).unwrap_or(source).lines().count();
                format!("{area}.ftl, about line {line}: {error}")
            }));
            resource
        });
        for entry in resource.entries() {
            use fluent_syntax::ast::Entry as Ast;
            let (id, twice) = match entry {
                Ast::Message(message) => {
                    let id = message.id.name.to_owned();
                    let mut found = (message.value.as_ref().map(Uses::of), BTreeMap::new());
                    for attribute in &message.attributes {
                        found
                            .1
                            .insert(attribute.id.name.to_owned(), Uses::of(&attribute.value));
                    }
                    let twice = uses.insert(id.clone(), (area, found)).is_some();
                    (id, twice)
                }
                Ast::Term(term) => {
                    let id = format!("-{}", term.id.name);
                    let twice = !terms.insert(id.clone());
                    (id, twice)
                }
                _ => continue,
            };
            if twice {
                all.faults.push(format!("{area}.ftl: {id} stands twice"));
            }
        }
    }
    let values: BTreeMap<_, _> = uses
        .iter()
        .filter_map(|(id, (_, found))| Some((id.clone(), found.0.clone()?)))
        .collect();
    for (id, (area, (value, attributes))) in uses {
        let mut resolve = |found: &Uses| {
            for missing in found
                .references
                .iter()
                .filter(|name| !terms.contains(*name) && !values.contains_key(*name))
            {
                all.faults
                    .push(format!("{area}.ftl: {id} quotes {missing}, which is not there"));
            }
            found.all_variables(&values, 0)
        };
        let value = value.as_ref().map(&mut resolve);
        let attributes = attributes
            .iter()
            .map(|(name, found)| (name.clone(), resolve(found)))
            .collect();
        all.entries.insert(
            id,
            Entry {
                area,
                value,
                attributes,
            },
        );
    }
    all
}

/// What one text uses.
#[derive(Clone, Debug, Default)]
struct Uses {
    variables: BTreeSet<String>,
    /// Messages by id, terms with their hyphen.
    references: BTreeSet<String>,
}

impl Uses {
    fn of(pattern: &Pattern<&str>) -> Self {
        let mut found = Self::default();
        found.pattern(pattern);
        found
    }

    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                self.expression(expression);
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => self.inline(inline),
            Expression::Select { selector, variants } => {
                self.inline(selector);
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    fn inline(&mut self, inline: &InlineExpression<&str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                self.variables.insert(id.name.to_owned());
            }
            InlineExpression::MessageReference { id, .. } => {
                self.references.insert(id.name.to_owned());
            }
            InlineExpression::TermReference { id, arguments, .. } => {
                self.references.insert(format!("-{}", id.name));
                if let Some(arguments) = arguments {
                    self.arguments(arguments);
                }
            }
            InlineExpression::FunctionReference { arguments, .. } => self.arguments(arguments),
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
        }
    }

    fn arguments(&mut self, arguments: &CallArguments<&str>) {
        for positional in &arguments.positional {
            self.inline(positional);
        }
        for named in &arguments.named {
            self.inline(&named.value);
        }
    }

    /// With those of quoted messages. The depth ends circles.
    fn all_variables(&self, values: &BTreeMap<String, Self>, depth: usize) -> BTreeSet<String> {
        let mut all = self.variables.clone();
        if depth < 8 {
            for quoted in self.references.iter().filter_map(|id| values.get(id)) {
                all.extend(quoted.all_variables(values, depth + 1));
            }
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(set: &BTreeSet<String>) -> Vec<&str> {
        set.iter().map(String::as_str).collect()
    }

    #[test]
    fn finds_variables_wherever_they_stand() {
        let all = read(&[(
            "area",
            "a = { $one -> \n [x] { $two }\n *[y] { NUMBER($three) } \n}\n    .title = { $four }\nb = { a } { -t(k: 1) }\n-t = T\n",
        )]);
        assert!(all.faults.is_empty(), "{:?}", all.faults);
        let a = &all.entries["a"];
        assert_eq!(a.value.as_ref().map(names), Some(vec!["one", "three", "two"]));
        assert_eq!(names(&a.attributes["title"]), ["four"]);
        assert_eq!(all.entries["b"].value, a.value);
        assert_eq!(a.area, "area");
    }

    #[test]
    fn reports_faults_and_keeps_the_rest() {
        let all = read(&[
            (
                "first",
                "good = Good\nbroken = { $x\nlast = { nowhere } { -nobody }\n",
            ),
            ("second", "good = Again\n"),
        ]);
        let told = all.faults.join("\n");
        for part in [
            "first.ftl, about line",
            "good stands twice",
            "quotes nowhere",
            "quotes -nobody",
        ] {
            assert!(told.contains(part), "{part} in {told}");
        }
        assert!(all.entries.contains_key("good") && all.entries.contains_key("last"));
    }

    #[test]
    fn a_circle_ends() {
        let all = read(&[("area", "a = { b } { $x }\nb = { a } { $y }\n")]);
        assert_eq!(all.entries["a"].value.as_ref().map(names), Some(vec!["x", "y"]));
    }
}
