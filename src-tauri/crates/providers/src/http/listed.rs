//! A JSON answer with a long list in it, read as it arrives: the elements are handed on one at a time, so that
//! 200 MB of results never stand in memory.

use std::fmt;
use std::io::{self, BufReader};

use futures::TryStreamExt;
use reqwest::RequestBuilder;
use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;
use serde_json::{Map, Value};
use tokio_util::io::{StreamReader, SyncIoBridge};

use super::{Http, cut_short, disk};
use crate::Fault;

/// Bytes taken from the line at a time.
const CHUNK: usize = 1 << 16;

/// Sends `request` once. `take` gets `state` and each element of the list `name` as it was received; the rest of the
/// object is given, with the state. An answer that is nothing but a list has no rest.
pub(crate) async fn listed<T: Send + 'static>(
    http: &Http,
    request: RequestBuilder,
    name: &'static str,
    mut state: T,
    take: fn(&mut T, &RawValue) -> io::Result<()>,
) -> Result<(Value, T), Fault> {
    let response = http.open(request).await?;
    let arriving = Box::pin(response.bytes_stream().map_err(io::Error::other));
    let bridge = SyncIoBridge::new(StreamReader::new(arriving));
    let read = tokio::task::spawn_blocking(move || {
        let mut failed = None;
        let read = read_list(
            serde_json::Deserializer::from_reader(BufReader::with_capacity(CHUNK, bridge)),
            name,
            &mut |element| {
                take(&mut state, element).map_err(|error| {
                    let words = error.to_string();
                    failed = Some(error);
                    words
                })
            },
        );
        (read, failed, state)
    });
    match read.await {
        Ok((_, Some(failed), _)) => Err(disk(&failed)),
        Ok((Ok(rest), None, state)) => Ok((rest, state)),
        Ok((Err(error), ..)) if error.is_syntax() || error.is_data() => Err(http.not_an_api("")),
        _ => Err(cut_short(http.service)),
    }
}

/// The same for an answer that is at hand.
pub(crate) fn read_list<'de, R: serde_json::de::Read<'de>>(
    mut answer: serde_json::Deserializer<R>,
    name: &str,
    take: &mut dyn FnMut(&RawValue) -> Result<(), String>,
) -> serde_json::Result<Value> {
    let rest = answer.deserialize_any(Answer { name, take })?;
    answer.end()?;
    Ok(Value::Object(rest))
}

/// The whole answer.
struct Answer<'a> {
    name: &'a str,
    take: &'a mut dyn FnMut(&RawValue) -> Result<(), String>,
}

impl<'de> Visitor<'de> for Answer<'_> {
    type Value = Map<String, Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object or a list")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut rest = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if key == self.name {
                map.next_value_seed(List {
                    take: &mut *self.take,
                })?;
            } else {
                rest.insert(key, map.next_value()?);
            }
        }
        Ok(rest)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
        List { take: self.take }.visit_seq(list)?;
        Ok(Map::new())
    }
}

/// The list, or null.
struct List<'a> {
    take: &'a mut dyn FnMut(&RawValue) -> Result<(), String>,
}

impl<'de> DeserializeSeed<'de> for List<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for List<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }

    fn visit_unit<E: Error>(self) -> Result<(), E> {
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while let Some(element) = list.next_element::<Box<RawValue>>()? {
            (self.take)(&element).map_err(A::Error::custom)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn read(answer: &str) -> serde_json::Result<(Value, Vec<String>)> {
        let mut elements = Vec::new();
        let rest = read_list(
            serde_json::Deserializer::from_reader(answer.as_bytes()),
            "results",
            &mut |element| {
                elements.push(element.get().to_owned());
                Ok(())
            },
        )?;
        Ok((rest, elements))
    }

    #[test]
    fn elements_stay_as_they_are_and_the_rest_is_given_wherever_it_stands() {
        let (rest, elements) =
            read(r#"{"a":1,"results":[{"x": 1.50, "y":"}]"} ,2,"s"],"b":{"results":[7]}}"#).unwrap();
        assert_eq!(elements, [r#"{"x": 1.50, "y":"}]"}"#, "2", r#""s""#]);
        assert_eq!(rest, json!({"a": 1, "b": {"results": [7]}}));
        assert_eq!(
            read("[1, 2]").unwrap(),
            (json!({}), vec!["1".to_owned(), "2".to_owned()])
        );
        for nothing in [r#"{"results":null}"#, r#"{"results":[]}"#, "{}", "[]"] {
            assert_eq!(read(nothing).unwrap(), (json!({}), vec![]));
        }
    }

    #[test]
    fn what_is_cut_is_told_from_what_is_no_answer() {
        for cut in ["", r#"{"results":[{"a":1},{"b""#, r#"{"results":[]"#, "[1,"] {
            assert!(read(cut).unwrap_err().is_eof(), "{cut}");
        }
        for other in [
            "<html>",
            r#""text""#,
            "7",
            "null",
            r#"{"results":"x"}"#,
            r#"{"results":[]} x"#,
        ] {
            let error = read(other).unwrap_err();
            assert!(error.is_syntax() || error.is_data(), "{other}");
        }
    }
}
