//! Jobs, parts and the effects that they have outside.

use serde::{Deserialize, Serialize};
use specta::Type;

/// A job's own id: a UUID v7 as text, also in the provider's metadata and file names.
pub type JobId = String;

/// 1-based.
pub type PartNumber = u32;

macro_rules! words {
    ($(#[$meta:meta])* $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, Type)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The word in the database, in files and on the command line.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $word),+ }
            }
            #[must_use]
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($word => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

words! {
    /// The state of a job, derived from its parts and recorded with each change.
    JobState {
        /// The parts are being written to disk; nothing was sent.
        Preparing = "preparing",
        /// At least one part is still to be sent.
        Sending = "sending",
        /// All parts are with the provider.
        Running = "running",
        /// A cancel was asked for.
        Cancelling = "cancelling",
        /// Results are being fetched.
        Collecting = "collecting",
        /// Something needs the user: a key, a balance, a decision.
        Waiting = "waiting",
        /// Every part has ended and every request is accounted for.
        Finished = "finished",
    }
}

words! {
    /// The state of one part (one batch at the provider).
    PartState {
        Planned = "planned",
        Uploading = "uploading",
        Uploaded = "uploaded",
        Creating = "creating",
        /// It is not known whether the create arrived; we are looking.
        Unclear = "unclear",
        Running = "running",
        /// The provider says that it has ended; results are still to be fetched.
        Ended = "ended",
        Collected = "collected",
        /// Never became a batch, or the provider refused it in its check: nothing ran.
        Refused = "refused",
        /// Replaced by smaller parts because the service called it too large.
        Halved = "halved",
        /// Called off before it was sent.
        Dropped = "dropped",
    }
}

impl PartState {
    /// Nothing more will happen to it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(
            self,
            Self::Collected | Self::Refused | Self::Halved | Self::Dropped
        )
    }
}

words! {
    /// What the provider says of a batch, one word for all dialects.
    RemoteState {
        Validating = "validating",
        InProgress = "in_progress",
        Finalizing = "finalizing",
        Cancelling = "cancelling",
        Completed = "completed",
        Failed = "failed",
        Expired = "expired",
        Cancelled = "cancelled",
        /// A word that we do not know: taken as still running, shown raw.
        Unknown = "unknown",
    }
}

impl RemoteState {
    #[must_use]
    pub fn is_terminal(self) -> bool {
        matches!(
            self,
            Self::Completed | Self::Failed | Self::Expired | Self::Cancelled
        )
    }
}

/// The provider's own count; any of them may be untold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RemoteCounts {
    pub total: Option<u32>,
    pub completed: Option<u32>,
    pub failed: Option<u32>,
}

words! {
    /// An act outside this computer, written down before it happens.
    EffectKind { Upload = "upload", Create = "create", Cancel = "cancel", Delete = "delete" }
}

words! {
    /// How an effect ended.
    EffectResult {
        Done = "done",
        /// A definite refusal: nothing was made.
        Refused = "refused",
        /// It is not known whether it arrived.
        Unclear = "unclear",
        /// It had arrived: found at the provider and taken over.
        Adopted = "adopted",
        /// It certainly did not arrive, or the user gave it up.
        Abandoned = "abandoned",
    }
}
