//! A whole answer, whatever its status.

use reqwest::header::HeaderMap;
use reqwest::{Response, StatusCode};

use super::said::Said;

/// Bytes of a JSON answer at the most: a page of 100 batches is far below a megabyte.
const MOST: usize = 64 << 20;

/// Bytes of an error answer at the most: the rest says nothing new.
const MOST_OF_AN_ERROR: usize = 1 << 20;

pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: String,
}

impl Reply {
    /// # Errors
    /// A good answer was cut off. A bad one is taken as far as it came: its status says enough.
    pub(crate) async fn read(mut response: Response) -> Result<Self, reqwest::Error> {
        let (status, headers) = (response.status(), response.headers().clone());
        let most = if status.is_success() {
            MOST
        } else {
            MOST_OF_AN_ERROR
        };
        let mut bytes = Vec::new();
        loop {
            match response.chunk().await {
                Ok(Some(chunk)) if bytes.len() + chunk.len() <= most => bytes.extend_from_slice(&chunk),
                Ok(_) => break,
                Err(error) if status.is_success() => return Err(error),
                Err(_) => break,
            }
        }
        Ok(Self {
            status,
            headers,
            body: String::from_utf8_lossy(&bytes).into_owned(),
        })
    }

    /// The service's own no: a 4xx with an error in its own words, 429 included (wire notes, section 7).
    ///
    /// 408 is a timeout, whoever words it: nobody knows what was done.
    pub(crate) fn is_definite_refusal(&self) -> bool {
        self.status.is_client_error()
            && self.status != StatusCode::REQUEST_TIMEOUT
            && Said::read(&self.body).own_words
    }
}
