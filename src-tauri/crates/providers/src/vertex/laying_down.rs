//! Requests are laid down in the user's own bucket or dataset, and what is ours there is cleared away afterwards.

use tabane_model::Failure;

use super::client::Client;
use super::jobs::Place;
use super::places::{Dataset, Kind, Object, Table, fits, refusal};
use crate::{Fault, Left, Parcel, Uploaded};

impl Client {
    pub(super) async fn lay_down(&self, parcel: &Parcel) -> Result<Uploaded, Fault> {
        let places = &self.places;
        let uses = |kind| places.input == kind || places.output == kind;
        if uses(Kind::Bucket) {
            self.checked_bucket(self.bucket()?).await?;
        }
        let location = match uses(Kind::Dataset) {
            true => self.checked_dataset(self.dataset()?).await?,
            false => None,
        };
        let file_id = match places.input {
            Kind::Bucket => {
                let object = Object::input(self.bucket()?, &parcel.name);
                self.storage().put(&object, &parcel.file).await?;
                object.uri()
            }
            Kind::Dataset => {
                let table = Table::of(self.project().await?, self.dataset()?, &parcel.name, "in");
                self.bigquery(location).await?.load(&table, parcel).await?;
                table.uri()
            }
        };
        Ok(Uploaded { file_id })
    }

    /// A bucket in the wrong place makes the job fail hours later: better now.
    pub(super) async fn checked_bucket(&self, bucket: &str) -> Result<(), Fault> {
        let Some(location) = known(self.storage().location(bucket).await)? else {
            return Ok(());
        };
        if fits(Kind::Bucket, &location, &self.places.region) == Some(false) {
            return Err(self.elsewhere("bucket", bucket, &location));
        }
        Ok(())
    }

    /// Where it is, as far as that is known.
    pub(super) async fn checked_dataset(&self, dataset: &Dataset) -> Result<Option<String>, Fault> {
        let Some(location) = known(self.bigquery(None).await?.location(dataset).await)? else {
            return Ok(None);
        };
        // Requests are not read from a dataset in a multi-region, wherever the job runs (wire notes 3.4).
        let spread = ["us", "eu"].contains(&location.to_ascii_lowercase().as_str());
        let fits = fits(Kind::Dataset, &location, &self.places.region) != Some(false);
        if !fits || (spread && self.places.input == Kind::Dataset) {
            return Err(self.elsewhere("dataset", &dataset.name, &location));
        }
        Ok(Some(location))
    }

    fn elsewhere(&self, what: &str, name: &str, location: &str) -> Fault {
        let location = location.to_ascii_lowercase();
        let failure = Failure::new(format!("{what}-region-mismatch"))
            .with(what, name)
            .with("region", self.places.region.as_str());
        // A multi-region is no region that a job can be moved to.
        let failure = match location.contains('-') {
            true => failure.with("fitting", location.as_str()),
            false => failure,
        };
        refusal(failure.with("location", location))
    }

    /// Deletes what stands under names of ours, and nothing else.
    pub(super) async fn clear_away(&self, left: &Left) -> Result<u32, Fault> {
        let mut count = 0;
        if let Some(place) = left.file_id.as_deref().and_then(Place::read) {
            count += match place {
                Place::Object(object) if object.is_ours() => u32::from(self.storage().delete(&object).await?),
                Place::Table(table) if table.is_ours() => self.without_table(&table).await?,
                _ => 0,
            };
        }
        if let Some(place) = left.output_file_id.as_deref().and_then(Place::read) {
            count += match place {
                Place::Object(folder) if folder.is_ours() => self.without_folder(&folder).await?,
                Place::Table(table) if table.is_ours() => self.without_table(&table).await?,
                _ => 0,
            };
        }
        Ok(count)
    }

    async fn without_table(&self, table: &Table) -> Result<u32, Fault> {
        Ok(u32::from(self.bigquery(None).await?.delete(table).await?))
    }

    async fn without_folder(&self, folder: &Object) -> Result<u32, Fault> {
        let storage = self.storage();
        let mut count = 0;
        for stored in storage.list(folder).await? {
            let object = Object {
                bucket: folder.bucket.clone(),
                name: stored.name,
            };
            count += u32::from(storage.delete(&object).await?);
        }
        Ok(count)
    }
}

/// An account that may write to a place need not be allowed to know where it is: that does not stand in the way.
fn known(location: Result<Option<String>, Fault>) -> Result<Option<String>, Fault> {
    match location {
        Err(fault) if fault.failure.code == "permission-missing" => Ok(None),
        location => location,
    }
}
