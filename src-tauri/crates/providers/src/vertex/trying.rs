//! Does a connection work? Every thing that may stand in the way of a job is told on its own.

use tabane_model::Failure;

use super::client::Client;
use super::places::Kind;
use crate::{Fault, FaultKind, Provider, Tested};

pub(super) async fn test(client: &Client) -> Result<Tested, Fault> {
    // Without being let in nothing else can be said.
    client.google.tokens.token().await?;
    let mut tested = Tested::default();
    match client.models().await {
        Ok(models) => tested.models = models,
        Err(fault) => tested.remarks.push(remark(fault)?),
    }
    match jobs(client).await {
        Ok(()) => {}
        Err(fault) => tested.remarks.push(remark(fault)?),
    }
    let uses = |kind| client.places.input == kind || client.places.output == kind;
    if uses(Kind::Bucket) {
        let bucket = client.bucket()?;
        match client.storage().location(bucket).await {
            Ok(_) => tested.remarks.extend(
                client
                    .checked_bucket(bucket)
                    .await
                    .err()
                    .map(|fault| fault.failure),
            ),
            Err(fault) => {
                let may_not = Failure::new("bucket-not-readable").with("bucket", bucket);
                tested.remarks.push(place(fault, may_not)?);
            }
        }
    }
    if uses(Kind::Dataset) {
        let dataset = client.dataset()?;
        match client.bigquery(None).await?.location(dataset).await {
            Ok(_) => tested.remarks.extend(
                client
                    .checked_dataset(dataset)
                    .await
                    .err()
                    .map(|fault| fault.failure),
            ),
            Err(fault) => {
                let may_not = Failure::new("dataset-not-readable").with("dataset", dataset.name.as_str());
                tested.remarks.push(place(fault, may_not)?);
            }
        }
    }
    // The same API may be off for several of them.
    tested.remarks.dedup();
    Ok(tested)
}

/// Whether the project's jobs can be seen, which is where a wrong project or region shows.
async fn jobs(client: &Client) -> Result<(), Fault> {
    let project = client.project().await?;
    let listed = client
        .google
        .read(&client.jobs().await?, &[("pageSize", "1")])
        .await;
    match listed {
        Ok(_) => Ok(()),
        Err(fault) if matches!(fault.kind, FaultKind::NotFound | FaultKind::Refused(400)) => {
            let failure = Failure::new("project-wrong")
                .with("project", project)
                .with("region", client.places.region.as_str());
            Err(Fault {
                failure: Failure {
                    detail: fault.failure.detail,
                    ..failure
                },
                ..fault
            })
        }
        Err(fault) => Err(fault),
    }
}

/// What the account or the project lacks is a remark; a service that is not reached is none.
fn remark(fault: Fault) -> Result<Failure, Fault> {
    let lacking = match fault.kind {
        FaultKind::Key => fault.failure.code != "key-refused",
        FaultKind::Balance | FaultKind::NotFound | FaultKind::Refused(_) => true,
        _ => false,
    };
    if lacking { Ok(fault.failure) } else { Err(fault) }
}

fn place(fault: Fault, may_not: Failure) -> Result<Failure, Fault> {
    if fault.failure.code == "permission-missing" {
        return Ok(Failure {
            detail: fault.failure.detail,
            ..may_not
        });
    }
    remark(fault)
}
