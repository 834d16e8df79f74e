//! Where requests and answers are laid down: a bucket, a dataset, and the names of ours in them.

use tabane_model::{Failure, Settings};

use crate::settings::value;
use crate::{Fault, FaultKind, Profile};

/// What a name of ours in a bucket starts with. Nothing else is ever deleted.
const FOLDER: &str = "tabane/";

/// The same for tables.
const TABLE: &str = "tabane_";

/// The two things that a job can read from and write to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Bucket,
    Dataset,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Dataset {
    /// `None`: the job's own.
    pub(super) project: Option<String>,
    pub(super) name: String,
}

/// A connection's settings.
#[derive(Debug)]
pub(super) struct Places {
    /// `None`: the account's own.
    pub(super) project: Option<String>,
    pub(super) region: String,
    pub(super) bucket: Option<String>,
    pub(super) dataset: Option<Dataset>,
    pub(super) input: Kind,
    pub(super) output: Kind,
}

impl Places {
    /// # Errors
    /// `setting-missing`: neither bucket nor dataset, or not the one that is asked for. `setting-wrong`.
    pub(super) fn read(profile: &Profile, settings: &Settings) -> Result<Self, Failure> {
        let set = |name: &str| value(profile, settings, name);
        let missing = |name: &str| {
            Failure::new("setting-missing")
                .with("service", profile.name)
                .with("setting", name)
        };
        let checked = |name: &str, good: fn(char) -> bool, strip: &str| {
            let Some(typed) = set(name) else { return Ok(None) };
            let bare = typed.strip_prefix(strip).unwrap_or(typed).trim_end_matches('/');
            if bare.is_empty() || !bare.chars().all(good) {
                return Err(wrong(profile, name, typed));
            }
            Ok(Some(bare.to_owned()))
        };
        let word = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        let bucket = checked(
            "bucket",
            |c| c.is_ascii_alphanumeric() || "-_.".contains(c),
            "gs://",
        )?;
        let dataset = checked(
            "dataset",
            |c| c.is_ascii_alphanumeric() || "-_.:".contains(c),
            "bq://",
        )?;
        let only = match (&bucket, &dataset) {
            (None, None) => return Err(missing("bucket")),
            (Some(_), None) => Some(Kind::Bucket),
            (None, Some(_)) => Some(Kind::Dataset),
            (Some(_), Some(_)) => None,
        };
        let kind = |name: &str, usual: Kind| {
            let kind = match set(name) {
                None => only.unwrap_or(usual),
                Some("bucket") => Kind::Bucket,
                Some("dataset") => Kind::Dataset,
                Some(typed) => return Err(wrong(profile, name, typed)),
            };
            match (kind, only) {
                (Kind::Bucket, Some(Kind::Dataset)) => Err(missing("bucket")),
                (Kind::Dataset, Some(Kind::Bucket)) => Err(missing("dataset")),
                _ => Ok(kind),
            }
        };
        Ok(Self {
            // A project's id may stand behind a domain: `example.com:project`.
            project: checked(
                "project",
                |c| c.is_ascii_alphanumeric() || "-.:".contains(c),
                "projects/",
            )?,
            region: checked("region", word, "")?.ok_or_else(|| missing("region"))?,
            input: kind("input", Kind::Bucket)?,
            output: kind("output", Kind::Dataset)?,
            bucket,
            dataset: dataset.map(|typed| Dataset::read(&typed)),
        })
    }
}

impl Dataset {
    /// `dataset`, `project.dataset` or `project:dataset`.
    fn read(typed: &str) -> Self {
        match typed.rsplit_once(['.', ':']) {
            Some((project, name)) => Self {
                project: Some(project.to_owned()),
                name: name.to_owned(),
            },
            None => Self {
                project: None,
                name: typed.to_owned(),
            },
        }
    }
}

fn wrong(profile: &Profile, name: &str, typed: &str) -> Failure {
    Failure::new("setting-wrong")
        .with("service", profile.name)
        .with("setting", name)
        .with("value", typed)
}

/// A part's name in a label or a table's name, where `-` is none of the characters.
fn underscored(parcel: &str) -> String {
    parcel
        .chars()
        .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
        .collect()
}

/// An object or a folder of Cloud Storage: `gs://bucket/name`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Object {
    pub(super) bucket: String,
    pub(super) name: String,
}

impl Object {
    pub(super) fn input(bucket: &str, parcel: &str) -> Self {
        Self {
            bucket: bucket.to_owned(),
            name: format!("{FOLDER}{parcel}/input.jsonl"),
        }
    }

    /// The folder that the service writes below.
    pub(super) fn output(bucket: &str, parcel: &str) -> Self {
        Self {
            bucket: bucket.to_owned(),
            name: format!("{FOLDER}{parcel}/output"),
        }
    }

    pub(super) fn read(uri: &str) -> Option<Self> {
        let (bucket, name) = uri.strip_prefix("gs://")?.split_once('/')?;
        (!bucket.is_empty() && !name.is_empty()).then(|| Self {
            bucket: bucket.to_owned(),
            name: name.to_owned(),
        })
    }

    pub(super) fn uri(&self) -> String {
        format!("gs://{}/{}", self.bucket, self.name)
    }

    pub(super) fn is_ours(&self) -> bool {
        // A folder of nothing but the common start would be everybody's.
        self.name
            .strip_prefix(FOLDER)
            .is_some_and(|rest| rest.trim_matches('/').contains('/'))
    }
}

/// A table of BigQuery: `bq://project.dataset.table`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Table {
    pub(super) project: String,
    pub(super) dataset: String,
    pub(super) name: String,
}

impl Table {
    /// `end`: `in` or `out`.
    pub(super) fn of(project: &str, dataset: &Dataset, parcel: &str, end: &str) -> Self {
        let parcel = underscored(parcel);
        let parcel = parcel.strip_prefix(TABLE).unwrap_or(&parcel);
        Self {
            project: dataset.project.clone().unwrap_or_else(|| project.to_owned()),
            dataset: dataset.name.clone(),
            name: format!("{TABLE}{parcel}_{end}"),
        }
    }

    /// A project's id may hold `.` and `:`, the other two names hold neither.
    pub(super) fn read(uri: &str) -> Option<Self> {
        let mut names = uri.strip_prefix("bq://")?.rsplitn(3, '.');
        let (name, dataset, project) = (names.next()?, names.next()?, names.next()?);
        let whole = ![name, dataset, project].iter().any(|name| name.is_empty());
        whole.then(|| Self {
            project: project.to_owned(),
            dataset: dataset.to_owned(),
            name: name.to_owned(),
        })
    }

    pub(super) fn uri(&self) -> String {
        format!("bq://{}.{}.{}", self.project, self.dataset, self.name)
    }

    pub(super) fn is_ours(&self) -> bool {
        self.name.starts_with(TABLE)
    }
}

/// Whether what lies there can be used by a job in that region. `None`: not known, so it does not stand in the way.
///
/// The service wants the very same region; of a bucket in a multi-region it says "It must be in the same regional
/// location" (wire notes 3.5; python-aiplatform#885). A job in a multi-region takes that or a region within it.
pub(super) fn fits(kind: Kind, location: &str, region: &str) -> Option<bool> {
    let location = location.to_ascii_lowercase();
    if location.is_empty() || region == "global" {
        return None;
    }
    let within = match region {
        "us" => location == "us" || location.starts_with("us-"),
        "eu" => location == "eu" || location.starts_with("europe-"),
        region => {
            // Pairs of regions (`nam4`, `eur4`, `asia1`) are a bucket's alone; whether they do is told nowhere.
            let pair = kind == Kind::Bucket
                && !location.contains('-')
                && location.ends_with(|c: char| c.is_ascii_digit());
            if pair {
                return None;
            }
            location == region
        }
    };
    Some(within)
}

/// A no of our own, before anything was sent.
pub(super) fn refusal(failure: Failure) -> Fault {
    Fault {
        failure,
        kind: FaultKind::Refused(400),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tabane_model::ProviderId;

    fn read(pairs: &[(&str, &str)]) -> Result<Places, Failure> {
        let profile = crate::profile(&ProviderId::new("vertex")).unwrap();
        let settings = pairs
            .iter()
            .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
            .collect();
        Places::read(profile, &settings)
    }

    #[test]
    fn what_is_given_decides_where_things_go() {
        use Kind::{Bucket, Dataset};
        for (pairs, input, output) in [
            (&[("bucket", "b")][..], Bucket, Bucket),
            (&[("dataset", "d")], Dataset, Dataset),
            (&[("bucket", "gs://b/"), ("dataset", "d")], Bucket, Dataset),
            (
                &[
                    ("bucket", "b"),
                    ("dataset", "d"),
                    ("input", "dataset"),
                    ("output", "bucket"),
                ],
                Dataset,
                Bucket,
            ),
        ] {
            let places = read(pairs).unwrap();
            assert_eq!((places.input, places.output), (input, output), "{pairs:?}");
            assert_eq!(places.region, "us-central1");
        }
        assert_eq!(
            read(&[("bucket", "gs://b/")]).unwrap().bucket.as_deref(),
            Some("b")
        );
        let dataset = read(&[("dataset", "p.d")]).unwrap().dataset.unwrap();
        assert_eq!(
            (dataset.project.as_deref(), dataset.name.as_str()),
            (Some("p"), "d")
        );
    }

    #[test]
    fn settings_that_cannot_be_are_refused() {
        for (pairs, code) in [
            (&[][..], "setting-missing"),
            (&[("bucket", " ")], "setting-missing"),
            (&[("bucket", "b"), ("input", "dataset")], "setting-missing"),
            (&[("dataset", "d"), ("output", "bucket")], "setting-missing"),
            (&[("bucket", "b"), ("input", "disk")], "setting-wrong"),
            (&[("bucket", "b"), ("region", "evil.example/")], "setting-wrong"),
            (&[("bucket", "b/c?d")], "setting-wrong"),
        ] {
            assert_eq!(read(pairs).unwrap_err().code, code, "{pairs:?}");
        }
    }

    #[test]
    fn names_go_there_and_back() {
        let object = Object::input("b", "tabane-1-2");
        assert_eq!(object.uri(), "gs://b/tabane/tabane-1-2/input.jsonl");
        assert_eq!(Object::read(&object.uri()), Some(object));
        let dataset = Dataset {
            project: None,
            name: "d".to_owned(),
        };
        let table = Table::of("example.com:p", &dataset, "tabane-1-2", "in");
        assert_eq!(table.uri(), "bq://example.com:p.d.tabane_1_2_in");
        assert_eq!(Table::read(&table.uri()), Some(table));
        for wrong in ["", "gs://", "gs://b", "gs:///x", "bq://d.t", "bq://p..t", "/etc"] {
            assert_eq!((Object::read(wrong), Table::read(wrong)), (None, None), "{wrong}");
        }
    }

    #[test]
    fn only_what_is_ours_is_ours() {
        for (uri, ours) in [
            ("gs://b/tabane/tabane-1/input.jsonl", true),
            ("gs://b/tabane/tabane-1/output/prediction-model-1", true),
            ("gs://b/tabane/", false),
            ("gs://b/tabane/x", false),
            ("gs://b/tabane/x/", false),
            ("gs://b/thesis/tabane/x/y", false),
        ] {
            assert_eq!(Object::read(uri).unwrap().is_ours(), ours, "{uri}");
        }
        assert!(Table::read("bq://p.d.tabane_1_in").unwrap().is_ours());
        assert!(!Table::read("bq://p.d.thesis").unwrap().is_ours());
    }

    #[test]
    fn places_fit_their_region_or_it_is_not_known() {
        use Kind::{Bucket, Dataset};
        for (kind, location, region, expected) in [
            (Bucket, "US-CENTRAL1", "us-central1", Some(true)),
            (Bucket, "ASIA-NORTHEAST1", "us-central1", Some(false)),
            (Bucket, "US", "us-central1", Some(false)),
            (Bucket, "NAM4", "us-central1", None),
            (Bucket, "US", "us", Some(true)),
            (Bucket, "EUROPE-WEST4", "eu", Some(true)),
            (Bucket, "US", "eu", Some(false)),
            (Bucket, "US", "global", None),
            (Bucket, "", "us-central1", None),
            (Dataset, "us-central1", "us-central1", Some(true)),
            (Dataset, "EU", "europe-west4", Some(false)),
        ] {
            assert_eq!(fits(kind, location, region), expected, "{location} {region}");
        }
    }
}
