//! Where Google's services are reached (wire notes 3.1, 4, 5): by region, or all under one address.

use secrecy::SecretString;
use tabane_model::{Failure, Settings};

use super::oauth::{Credentials, is_loopback};
use crate::Profile;
use crate::http::normalised;

/// Points Cloud Storage to a stand-in on this computer. In no form.
const STORAGE: &str = "storage_url";

pub(super) struct Hosts {
    /// All of them, in the place of Google's own.
    one: Option<String>,
    storage: Option<String>,
    local: bool,
}

impl Hosts {
    /// # Errors
    /// `base-url-wrong`.
    pub(super) fn new(profile: &Profile, typed: &str, settings: &Settings) -> Result<Self, Failure> {
        let given = match typed.trim() {
            "" => None,
            typed => Some(normalised(typed)?).filter(|base| profile.base_url != Some(base.as_str())),
        };
        let one = given.map(|base| base.strip_suffix("/v1").unwrap_or(&base).to_owned());
        let here = |base: &str| reqwest::Url::parse(base).is_ok_and(|url| is_loopback(&url));
        // A token goes there: nowhere but to this computer.
        let storage = settings
            .get(STORAGE)
            .map(|base| base.trim_end_matches('/').to_owned())
            .filter(|base| here(base));
        Ok(Self {
            local: one.as_deref().is_some_and(here),
            one,
            storage,
        })
    }

    /// Who is let in there.
    ///
    /// # Errors
    /// `key-malformed`, `credentials-not-supported`.
    pub(super) fn credentials(&self, key: &SecretString, service: &str) -> Result<Credentials, Failure> {
        Credentials::of_account(key, self.local, service)
    }

    /// Of the jobs in a region; `global` and the multi-regions have hosts of another form.
    pub(super) fn jobs(&self, region: &str) -> String {
        let host = || match region {
            "global" => "https://aiplatform.googleapis.com".to_owned(),
            "us" | "eu" => format!("https://aiplatform.{region}.rep.googleapis.com"),
            region => format!("https://{region}-aiplatform.googleapis.com"),
        };
        format!("{}/v1", self.one.clone().unwrap_or_else(host))
    }

    /// The list of models is at the global host alone, and in `v1beta1` alone (3.7).
    pub(super) fn models(&self) -> String {
        let base = self.one.as_deref().unwrap_or("https://aiplatform.googleapis.com");
        format!("{base}/v1beta1/publishers/google/models")
    }

    pub(super) fn storage(&self) -> String {
        format!("{}/storage/v1", self.storage_base())
    }

    pub(super) fn storage_upload(&self) -> String {
        format!("{}/upload/storage/v1", self.storage_base())
    }

    fn storage_base(&self) -> &str {
        let given = self.storage.as_deref().or(self.one.as_deref());
        given.unwrap_or("https://storage.googleapis.com")
    }

    pub(super) fn bigquery(&self) -> String {
        format!("{}/bigquery/v2", self.bigquery_base())
    }

    pub(super) fn bigquery_upload(&self) -> String {
        format!("{}/upload/bigquery/v2", self.bigquery_base())
    }

    fn bigquery_base(&self) -> &str {
        self.one.as_deref().unwrap_or("https://bigquery.googleapis.com")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabane_model::ProviderId;

    fn hosts(typed: &str, storage: Option<&str>) -> Hosts {
        let profile = crate::profile(&ProviderId::new("vertex")).unwrap();
        let settings = storage
            .map(|base| (STORAGE.to_owned(), base.to_owned()))
            .into_iter()
            .collect();
        Hosts::new(profile, typed, &settings).unwrap()
    }

    #[test]
    fn googles_own_hosts_follow_the_region() {
        for typed in [
            "",
            "https://aiplatform.googleapis.com/v1",
            "https://aiplatform.googleapis.com/",
        ] {
            let hosts = hosts(typed, None);
            for (region, host) in [
                ("us-central1", "https://us-central1-aiplatform.googleapis.com/v1"),
                ("global", "https://aiplatform.googleapis.com/v1"),
                ("eu", "https://aiplatform.eu.rep.googleapis.com/v1"),
            ] {
                assert_eq!(hosts.jobs(region), host);
            }
            assert_eq!(
                hosts.storage_upload(),
                "https://storage.googleapis.com/upload/storage/v1"
            );
            assert_eq!(hosts.bigquery(), "https://bigquery.googleapis.com/bigquery/v2");
        }
    }

    #[test]
    fn one_address_serves_all_and_storage_may_be_elsewhere_on_this_computer() {
        let all = hosts("http://127.0.0.1:9", Some("http://storage.example"));
        assert_eq!(all.jobs("global"), "http://127.0.0.1:9/v1");
        assert_eq!(
            all.models(),
            "http://127.0.0.1:9/v1beta1/publishers/google/models"
        );
        assert_eq!(all.storage(), "http://127.0.0.1:9/storage/v1");
        assert_eq!(all.bigquery_upload(), "http://127.0.0.1:9/upload/bigquery/v2");
        let apart = hosts("http://127.0.0.1:9/v1", Some("http://localhost:7/"));
        assert_eq!(apart.storage(), "http://localhost:7/storage/v1");
    }

    #[test]
    fn a_bare_token_is_for_this_computer_alone() {
        let token = SecretString::from("practice-1");
        assert!(matches!(
            hosts("http://127.0.0.1:9", None).credentials(&token, "S"),
            Ok(Credentials::Given(_))
        ));
        for elsewhere in ["", "https://proxy.example/v1"] {
            let refused = hosts(elsewhere, None).credentials(&token, "S").err().unwrap();
            assert_eq!(refused.code, "key-malformed");
        }
    }
}
