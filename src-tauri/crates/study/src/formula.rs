//! Formulas of parameters: numbers and columns with `+ - * /` and brackets, calculated as numbers.

use std::ops::Range;

use tabane_model::Factor;

use crate::factor;
use crate::number;
use crate::template::names::{NameUse, tags};
use crate::template::scope::{Reference, Scope, Unknown};

/// Deeper brackets are no formula that a person writes.
const DEEPEST: usize = 50;

/// A formula whose names are all known.
#[derive(Debug)]
pub(crate) struct Formula {
    /// In the order of the text, for showing.
    tokens: Vec<Token>,
    root: Node,
}

#[derive(Clone, Debug)]
enum Token {
    Number(f64),
    Name(Reference),
    Sign(char),
}

#[derive(Debug)]
enum Node {
    Number(f64),
    Name(Reference),
    Negative(Box<Node>),
    Two(Box<Node>, char, Box<Node>),
}

/// Why a formula cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// Bytes of the formula.
    Unreadable(Range<usize>),
    Unknown(Unknown, NameUse),
}

/// Why it has no result in one request.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum NoResult {
    /// The cell that holds no number.
    Cell {
        factor: usize,
        level: usize,
        column: usize,
    },
    /// Division by zero, or far too large.
    Endless,
    /// The answer sheet is no number.
    Words,
}

impl Formula {
    pub(crate) fn new(source: &str, factors: &[Factor]) -> Result<Self, Fault> {
        let tokens = tokens(source, factors)?;
        let mut reading = Reading {
            tokens: &tokens,
            at: 0,
            depth: 0,
            end: source.len(),
        };
        let root = reading.sum()?;
        if let Some((_, range)) = tokens.get(reading.at) {
            return Err(Fault::Unreadable(range.clone()));
        }
        let tokens = tokens.into_iter().map(|(token, _)| token).collect();
        Ok(Self { tokens, root })
    }

    pub(crate) fn references(&self) -> impl Iterator<Item = Reference> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Name(reference) => Some(*reference),
            _ => None,
        })
    }

    /// Rounded where something is calculated.
    pub(crate) fn value(&self, scope: &Scope<'_>) -> Result<f64, NoResult> {
        let value = self.root.value(scope)?;
        if !value.is_finite() {
            return Err(NoResult::Endless);
        }
        Ok(if self.is_calculated() {
            number::rounded(value)
        } else {
            value
        })
    }

    fn is_calculated(&self) -> bool {
        matches!(self.root, Node::Two(..))
    }

    /// `0.7 + 0.1 = 0.8`, or the number alone where nothing is calculated.
    pub(crate) fn shown(&self, scope: &Scope<'_>) -> Result<String, NoResult> {
        let result = number::shown(self.value(scope)?);
        if !self.is_calculated() {
            return Ok(result);
        }
        let mut text = String::new();
        let mut unary = true;
        for token in &self.tokens {
            match token {
                Token::Number(value) => text.push_str(&number::shown(*value)),
                Token::Name(reference) => {
                    let value = reference_value(*reference, scope)?;
                    if value < 0.0 {
                        text.push_str(&format!("({})", number::shown(value)));
                    } else {
                        text.push_str(&number::shown(value));
                    }
                }
                Token::Sign(sign @ ('(' | ')')) => text.push(*sign),
                Token::Sign(sign) if unary => text.push(*sign),
                Token::Sign(sign) => text.push_str(&format!(" {sign} ")),
            }
            unary = matches!(token, Token::Sign(sign) if *sign != ')');
        }
        Ok(format!("{text} = {result}"))
    }
}

impl Node {
    fn value(&self, scope: &Scope<'_>) -> Result<f64, NoResult> {
        Ok(match self {
            Self::Number(number) => *number,
            Self::Name(reference) => reference_value(*reference, scope)?,
            Self::Negative(inner) => -inner.value(scope)?,
            Self::Two(left, sign, right) => {
                let (left, right) = (left.value(scope)?, right.value(scope)?);
                match sign {
                    '+' => left + right,
                    '-' => left - right,
                    '*' => left * right,
                    _ => left / right,
                }
            }
        })
    }
}

fn reference_value(reference: Reference, scope: &Scope<'_>) -> Result<f64, NoResult> {
    match reference {
        Reference::Trial => Ok(f64::from(scope.trial)),
        Reference::AnswerSheet => Err(NoResult::Words),
        Reference::Column { factor, column } => {
            let level = scope.level(factor);
            let cell = scope
                .factors()
                .get(factor)
                .map_or("", |of| factor::cell(of, level, column));
            number::read(cell).ok_or(NoResult::Cell {
                factor,
                level,
                column,
            })
        }
    }
}

type Placed = (Token, Range<usize>);

fn tokens(source: &str, factors: &[Factor]) -> Result<Vec<Placed>, Fault> {
    let mut found = Vec::new();
    let mut end = 0;
    for tag in tags(source) {
        words(source, end..tag.range.start, &mut found)?;
        let name = tag.names.into_iter().next().filter(|_| tag.is_name);
        let used = name.ok_or_else(|| Fault::Unreadable(tag.range.clone()))?;
        let reference = Reference::find(factors, &used.root, used.column.as_deref())
            .map_err(|why| Fault::Unknown(why, used))?;
        found.push((Token::Name(reference), tag.range.clone()));
        end = tag.range.end;
    }
    words(source, end..source.len(), &mut found)?;
    Ok(found)
}

/// Numbers and signs between the names.
fn words(source: &str, range: Range<usize>, found: &mut Vec<Placed>) -> Result<(), Fault> {
    let is_digit = |letter: char| letter.is_ascii_digit() || letter == '.';
    let mut letters = source[range.clone()]
        .char_indices()
        .map(|(at, letter)| {
            let at = range.start + at;
            (number::narrow(letter), at..at + letter.len_utf8())
        })
        .peekable();
    while let Some((letter, mut place)) = letters.next() {
        if letter.is_whitespace() {
            continue;
        }
        if matches!(letter, '+' | '-' | '*' | '/' | '(' | ')') {
            found.push((Token::Sign(letter), place));
            continue;
        }
        if !is_digit(letter) {
            return Err(Fault::Unreadable(place));
        }
        let mut digits = String::from(letter);
        while let Some((digit, more)) = letters.next_if(|(letter, _)| is_digit(*letter)) {
            digits.push(digit);
            place.end = more.end;
        }
        let number = number::read(&digits).ok_or_else(|| Fault::Unreadable(place.clone()))?;
        found.push((Token::Number(number), place));
    }
    Ok(())
}

/// Recursive descent: a sum of products of signed numbers, names and brackets.
struct Reading<'t> {
    tokens: &'t [Placed],
    at: usize,
    depth: usize,
    /// Of the formula, in bytes.
    end: usize,
}

impl Reading<'_> {
    fn sum(&mut self) -> Result<Node, Fault> {
        let mut node = self.product()?;
        while let Some(sign) = self.sign(&['+', '-']) {
            node = Node::Two(Box::new(node), sign, Box::new(self.product()?));
        }
        Ok(node)
    }

    fn product(&mut self) -> Result<Node, Fault> {
        let mut node = self.single()?;
        while let Some(sign) = self.sign(&['*', '/']) {
            node = Node::Two(Box::new(node), sign, Box::new(self.single()?));
        }
        Ok(node)
    }

    fn single(&mut self) -> Result<Node, Fault> {
        self.depth += 1;
        let place = self
            .tokens
            .get(self.at)
            .map_or(self.end..self.end, |(_, place)| place.clone());
        if self.depth > DEEPEST {
            return Err(Fault::Unreadable(place));
        }
        let node = if let Some(sign) = self.sign(&['+', '-']) {
            let inner = self.single()?;
            if sign == '-' {
                Node::Negative(Box::new(inner))
            } else {
                inner
            }
        } else if self.sign(&['(']).is_some() {
            let inner = self.sum()?;
            let missing = self
                .tokens
                .get(self.at)
                .map_or(self.end..self.end, |(_, place)| place.clone());
            self.sign(&[')']).ok_or(Fault::Unreadable(missing))?;
            inner
        } else {
            self.at += 1;
            match self.tokens.get(self.at - 1) {
                Some((Token::Number(number), _)) => Node::Number(*number),
                Some((Token::Name(reference), _)) => Node::Name(*reference),
                _ => return Err(Fault::Unreadable(place)),
            }
        };
        self.depth -= 1;
        Ok(node)
    }

    fn sign(&mut self, wanted: &[char]) -> Option<char> {
        let Some((Token::Sign(sign), _)) = self.tokens.get(self.at) else {
            return None;
        };
        let sign = wanted.contains(sign).then_some(*sign)?;
        self.at += 1;
        Some(sign)
    }
}

#[cfg(test)]
mod tests;
