//! Fills a JSON schema within its enums, ranges, lengths and patterns.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::dice::Dice;
use super::prose::Tongue;
use super::scalars;

/// Deeper than this, whatever may be left out is (OpenAI allows 10 levels; recursion has to end somewhere).
const DEEP: usize = 10;
/// Deeper than this is only a schema that requires itself, which nothing fulfils.
const ENDLESS: usize = 32;
/// Values of one answer. What requires itself twice doubles at each level.
const MOST_VALUES: usize = 20_000;
/// A longer array is nobody's wish.
const MOST_ITEMS: u64 = 1_000;

/// A schema as far as it is understood; `true`, `false` and what cannot be read allow anything.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Schema {
    Rules(Box<Rules>),
    Anything(IgnoredAny),
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Rules {
    #[serde(rename = "type")]
    kinds: Kinds,
    #[serde(rename = "enum")]
    choices: Vec<Value>,
    #[serde(rename = "const", deserialize_with = "present")]
    constant: Option<Value>,
    #[serde(rename = "$ref")]
    reference: Option<String>,
    #[serde(rename = "$defs", alias = "definitions")]
    definitions: Ordered<Schema>,
    any_of: Vec<Schema>,
    one_of: Vec<Schema>,
    all_of: Vec<Schema>,
    properties: Ordered<Schema>,
    required: Vec<String>,
    items: Option<Schema>,
    prefix_items: Vec<Schema>,
    min_items: Option<u64>,
    max_items: Option<u64>,
    unique_items: bool,
    pub(super) minimum: Option<f64>,
    pub(super) maximum: Option<f64>,
    pub(super) exclusive_minimum: Option<Value>,
    pub(super) exclusive_maximum: Option<Value>,
    pub(super) multiple_of: Option<f64>,
    pub(super) min_length: Option<u64>,
    pub(super) max_length: Option<u64>,
    pub(super) pattern: Option<String>,
    pub(super) format: Option<String>,
    pub(super) description: Option<String>,
}

/// `null` is a value here, not an absence.
fn present<'de, D: Deserializer<'de>>(value: D) -> Result<Option<Value>, D::Error> {
    Value::deserialize(value).map(Some)
}

#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Kinds {
    One(String),
    Several(Vec<String>),
}

impl Default for Kinds {
    fn default() -> Self {
        Self::Several(Vec::new())
    }
}

impl Kinds {
    fn all(&self) -> &[String] {
        match self {
            Self::One(kind) => std::slice::from_ref(kind),
            Self::Several(kinds) => kinds,
        }
    }
}

/// A JSON object in the order in which it was written.
#[derive(Debug)]
struct Ordered<T>(Vec<(String, T)>);

impl<T> Default for Ordered<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Ordered<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct InOrder<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for InOrder<T> {
            type Value = Ordered<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Ordered<T>, A::Error> {
                let mut entries = Vec::new();
                while let Some(entry) = map.next_entry()? {
                    entries.push(entry);
                }
                Ok(Ordered(entries))
            }
        }
        deserializer.deserialize_map(InOrder(PhantomData))
    }
}

/// JSON that fulfils the schema as far as it is understood, with its keys in the schema's order.
pub(super) fn fill(schema: &Schema, tongue: Tongue, dice: &mut Dice) -> String {
    let mut filler = Filler {
        root: schema,
        tongue,
        dice,
        left: MOST_VALUES,
    };
    let mut json = String::new();
    filler.value(schema, 0, &mut json);
    json
}

struct Filler<'a> {
    root: &'a Schema,
    tongue: Tongue,
    dice: &'a mut Dice,
    /// Values that may still be written.
    left: usize,
}

impl<'a> Filler<'a> {
    fn value(&mut self, schema: &'a Schema, depth: usize, json: &mut String) {
        self.left = self.left.saturating_sub(1);
        let rules = match schema {
            Schema::Rules(rules) if depth < ENDLESS && self.left > 0 => rules,
            Schema::Rules(_) => return json.push_str("null"),
            Schema::Anything(_) => return put(json, &super::prose::sentence(self.tongue, self.dice)),
        };
        if let Some(constant) = &rules.constant {
            return put(json, constant);
        }
        if let Some(choice) = self.dice_pick(&rules.choices) {
            return put(json, choice);
        }
        if let Some(reference) = &rules.reference {
            return match self.resolve(reference) {
                Some(target) => self.value(target, depth + 1, json),
                None => json.push_str("null"),
            };
        }
        for options in [&rules.any_of, &rules.one_of] {
            if let Some(option) = self.option(options, depth) {
                return self.value(option, depth + 1, json);
            }
        }
        if let ([only], true) = (rules.all_of.as_slice(), rules.kinds.all().is_empty()) {
            return self.value(only, depth + 1, json);
        }
        match self.kind(rules, depth) {
            "object" => self.object(rules, depth, json),
            "array" => self.array(rules, depth, json),
            "integer" => put(json, &scalars::integer(rules, self.dice)),
            "number" => put(json, &scalars::number(rules, self.dice)),
            "boolean" => put(json, &(self.dice.draw(2) == 1)),
            "null" => json.push_str("null"),
            _ => put(json, &scalars::string(rules, self.tongue, self.dice)),
        }
    }

    /// No draw where there is nothing to choose: the first draw is for what makes trials differ.
    fn dice_pick<T>(&mut self, from: &'a [T]) -> Option<&'a T> {
        if from.len() < 2 {
            from.first()
        } else {
            self.dice.pick(from)
        }
    }

    fn resolve(&self, reference: &str) -> Option<&'a Schema> {
        if reference == "#" {
            return Some(self.root);
        }
        let name = reference
            .strip_prefix("#/$defs/")
            .or_else(|| reference.strip_prefix("#/definitions/"))?;
        let Schema::Rules(root) = self.root else {
            return None;
        };
        root.definitions
            .0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, schema)| schema)
    }

    /// One of the options: null seldom, and always where it is deep.
    fn option(&mut self, options: &'a [Schema], depth: usize) -> Option<&'a Schema> {
        let is_null =
            |schema: &&Schema| matches!(schema, Schema::Rules(rules) if rules.kinds.all() == ["null"]);
        let null = options.iter().find(is_null);
        let others: Vec<_> = options.iter().filter(|option| !is_null(option)).collect();
        if null.is_some() && (others.is_empty() || depth >= DEEP || self.dice.once_in(8)) {
            return null;
        }
        if depth >= DEEP {
            // What is no object or reference ends here.
            let plain = |schema: &&&Schema| matches!(schema, Schema::Rules(rules) if rules.reference.is_none() && rules.properties.0.is_empty());
            if let Some(plain) = others.iter().find(plain) {
                return Some(plain);
            }
        }
        match others.as_slice() {
            [] => None,
            [only] => Some(only),
            several => self.dice.pick(several).copied(),
        }
    }

    fn kind(&mut self, rules: &'a Rules, depth: usize) -> &'a str {
        let kinds = rules.kinds.all();
        let nullable = kinds.iter().any(|kind| kind == "null");
        let others: Vec<_> = kinds.iter().filter(|kind| *kind != "null").collect();
        if nullable && (others.is_empty() || depth >= DEEP || self.dice.once_in(8)) {
            return "null";
        }
        match others.as_slice() {
            [only] => only,
            [] if !rules.properties.0.is_empty() => "object",
            [] if rules.items.is_some() || !rules.prefix_items.is_empty() => "array",
            [] if rules.minimum.is_some() || rules.maximum.is_some() => "number",
            [] => "string",
            several => self.dice.pick(several).map_or("string", |kind| kind.as_str()),
        }
    }

    fn object(&mut self, rules: &'a Rules, depth: usize, json: &mut String) {
        json.push('{');
        let mut first = true;
        for (key, schema) in &rules.properties.0 {
            if depth >= DEEP && !rules.required.contains(key) {
                continue;
            }
            if !first {
                json.push(',');
            }
            first = false;
            put(json, key);
            json.push(':');
            self.value(schema, depth + 1, json);
        }
        json.push('}');
    }

    fn array(&mut self, rules: &'a Rules, depth: usize, json: &mut String) {
        let prefix = rules.prefix_items.len() as u64;
        let least = rules
            .min_items
            .unwrap_or(if depth >= DEEP { 0 } else { prefix.max(1) })
            .min(MOST_ITEMS);
        let most = rules
            .max_items
            .unwrap_or_else(|| least.max(prefix).saturating_add(2))
            .min(MOST_ITEMS)
            .max(least);
        let count = if depth >= DEEP {
            least
        } else {
            least + self.extra_items(most - least)
        };
        let mut items: Vec<String> = Vec::new();
        for index in 0..count {
            let schema = usize::try_from(index)
                .ok()
                .and_then(|index| rules.prefix_items.get(index));
            let Some(schema) = schema.or(rules.items.as_ref()) else {
                break;
            };
            // The same thing again, where it may not be, is drawn again; an enum may have run out.
            for _ in 0..if rules.unique_items { 50 } else { 1 } {
                let mut item = String::new();
                self.value(schema, depth + 1, &mut item);
                if !rules.unique_items || !items.contains(&item) {
                    items.push(item);
                    break;
                }
            }
        }
        json.push('[');
        json.push_str(&items.join(","));
        json.push(']');
    }

    /// At most a few more than needed.
    fn extra_items(&mut self, room: u64) -> u64 {
        if room == 0 {
            0
        } else {
            self.dice.draw(room.min(3) + 1)
        }
    }
}

fn put<T: Serialize + ?Sized>(json: &mut String, value: &T) {
    // Strings, numbers and JSON values always serialise.
    json.push_str(&serde_json::to_string(value).unwrap_or_else(|_| "null".to_owned()));
}
