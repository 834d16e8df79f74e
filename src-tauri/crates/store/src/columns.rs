//! How our types stand in columns: states as their words, failures as JSON, sizes as 64-bit integers.

use rusqlite::{
    Error, Result, Row, RowIndex,
    types::{Type, ValueRef},
};
use serde::{Serialize, de::DeserializeOwned};

/// A word such as a state; a word that this version does not know is damage.
pub(crate) fn word<T>(row: &Row<'_>, column: impl RowIndex, parse: fn(&str) -> Option<T>) -> Result<T> {
    let index = column.idx(row.as_ref())?;
    let text = row
        .get_ref(index)?
        .as_str()
        .map_err(|error| unreadable(index, error))?;
    parse(text).ok_or_else(|| unreadable(index, format!("unknown word {text:?}")))
}

pub(crate) fn optional_word<T>(
    row: &Row<'_>,
    column: impl RowIndex,
    parse: fn(&str) -> Option<T>,
) -> Result<Option<T>> {
    let index = column.idx(row.as_ref())?;
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        _ => word(row, index, parse).map(Some),
    }
}

/// A record as JSON.
pub(crate) fn json<T: DeserializeOwned>(row: &Row<'_>, column: impl RowIndex) -> Result<Option<T>> {
    let index = column.idx(row.as_ref())?;
    let Some(text) = row
        .get_ref(index)?
        .as_str_or_null()
        .map_err(|error| unreadable(index, error))?
    else {
        return Ok(None);
    };
    serde_json::from_str(text)
        .map(Some)
        .map_err(|error| unreadable(index, error))
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| Error::ToSqlConversionFailure(error.into()))
}

pub(crate) fn optional_json<T: Serialize>(value: Option<&T>) -> Result<Option<String>> {
    value.map(to_json).transpose()
}

/// SQLite's integers are signed; sizes and counts never come near their end.
pub(crate) fn signed(number: u64) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn unsigned(row: &Row<'_>, column: impl RowIndex) -> Result<u64> {
    let index = column.idx(row.as_ref())?;
    let number: i64 = row.get(index)?;
    u64::try_from(number).map_err(|_| Error::IntegralValueOutOfRange(index, number))
}

pub(crate) fn optional_unsigned(row: &Row<'_>, column: impl RowIndex) -> Result<Option<u64>> {
    let index = column.idx(row.as_ref())?;
    match row.get_ref(index)? {
        ValueRef::Null => Ok(None),
        _ => unsigned(row, index).map(Some),
    }
}

fn unreadable(index: usize, error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Error {
    Error::FromSqlConversionFailure(index, Type::Text, error.into())
}
