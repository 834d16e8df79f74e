//! The command line's words.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use tabane_model::Settings;

const EXIT_CODES: &str = "Exit codes:
  0  done (send --wait: every row answered)
  1  problems found, or some rows were not answered
  2  wrong usage
  3  could not be done (network, disk, keychain, provider)

Keys come from the keychain or from TABANE_<ID>_API_KEY, for example TABANE_OPENAI_API_KEY.";

/// Send thousands of requests to an LLM at the half-price batch rate and get a table back.
#[derive(Debug, Parser)]
#[command(name = "tabane-cli", version, about, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    /// Print one JSON value instead of sentences.
    #[arg(long, global = true)]
    pub json: bool,
    /// Where Tabane keeps its data (default: the platform's data folder, the same as the window's).
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Language of sentences (default: as chosen in the window, else the system's).
    #[arg(long, global = true, value_name = "en|ja")]
    pub language: Option<LanguageWord>,
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(crate) enum LanguageWord {
    En,
    Ja,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Check a request file without sending anything.
    Check {
        file: PathBuf,
        /// openai, anthropic, gemini, vertex, openrouter, groq ... (see the README), custom or practice
        #[arg(long)]
        provider: String,
        /// The model that will be given when it is sent, in the place of each line's.
        #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
        model: Option<String>,
    },
    /// Send a request file as a batch job.
    Send(Send),
    /// List every job.
    Jobs {
        /// Only jobs whose name, model or provider holds this text.
        #[arg(long)]
        search: Option<String>,
    },
    /// Show one job.
    Job { id: String },
    /// Go on with unfinished jobs until they end (one job, or all).
    Resume { id: Option<String> },
    /// Cancel a job; what was answered by then stays and is charged.
    Cancel { id: String },
    /// Print the results as a table (with --json: one object a row).
    Results { id: String },
    /// Write the results to a file.
    Export(Export),
    /// Make a job of a result file that was downloaded elsewhere.
    Import {
        results: PathBuf,
        /// The request file that it answers.
        #[arg(long)]
        requests: Option<PathBuf>,
    },
    /// Take over a batch that was sent by other means, or list those that a key can see.
    Adopt(Adopt),
    /// Delete what was laid down for a job at Vertex AI or Fireworks AI; its answers here stay.
    CleanUp { id: String },
    /// Studies: check, build, send, and read answers.
    #[command(subcommand)]
    Study(Study),
}

#[derive(Debug, Subcommand)]
pub(crate) enum Study {
    /// Say what a study still lacks and how many requests it makes.
    Check { study: PathBuf },
    /// Write the requests without sending them: part-1.jsonl, part-2.jsonl ... within the service's limits.
    Build {
        study: PathBuf,
        /// openai, anthropic, gemini, vertex, openrouter, groq ... (see the README), custom or practice
        #[arg(long)]
        provider: String,
        #[arg(long)]
        model: String,
        #[arg(short, long, value_name = "DIR")]
        output: PathBuf,
    },
    /// Send a study: one job a model.
    Send(StudySend),
    /// Read a spreadsheet into a factor of a study file.
    ImportData(StudyData),
    /// Read the stored answers of a job again, with its own answer sheet or with that of a changed study.
    Answers {
        job: String,
        /// Read the answers of all its study's jobs with this study's answer sheet from now on.
        #[arg(long, value_name = "STUDY")]
        sheet: Option<PathBuf>,
    },
    /// Read a result file that was got elsewhere with a study's answer sheet.
    Read {
        study: PathBuf,
        results: PathBuf,
        /// .csv, .xlsx, .json or .jsonl
        #[arg(long, value_name = "OUT")]
        export: PathBuf,
    },
}

#[derive(Debug, clap::Args)]
pub(crate) struct StudyData {
    pub study: PathBuf,
    /// .xlsx, .xls, .ods, .csv or .tsv
    pub data: PathBuf,
    /// The factor whose levels the rows become; a new one if the study has none of this name.
    #[arg(long)]
    pub factor: String,
    /// Of a workbook (default: the first sheet with cells).
    #[arg(long)]
    pub sheet: Option<String>,
    /// utf-8, utf-16le, utf-16be, shift_jis, euc-jp or windows-1252 (default: as it looks).
    #[arg(long)]
    pub encoding: Option<String>,
    /// What stands between the cells: one character, or the word tab (default: as it looks).
    #[arg(long, value_name = "C", value_parser = delimiter)]
    pub delimiter: Option<String>,
    /// The columns have names (default: as it looks).
    #[arg(long, conflicts_with = "no_header")]
    pub header: bool,
    /// The columns have no names: the first row is a level.
    #[arg(long)]
    pub no_header: bool,
}

fn delimiter(word: &str) -> Result<String, String> {
    let mut characters = word.chars();
    match (word, characters.next(), characters.next()) {
        ("tab" | "\\t", ..) => Ok("\t".to_owned()),
        (_, Some(_), None) => Ok(word.to_owned()),
        _ => Err("give one character, or the word tab".to_owned()),
    }
}

#[derive(Debug, clap::Args)]
pub(crate) struct StudySend {
    pub study: PathBuf,
    /// PROVIDER:MODEL, instead of the study's own models; may be given several times.
    #[arg(long, value_name = "P:M")]
    pub model: Vec<String>,
    /// Send to this service: every --model is then a bare MODEL, and without any the study's own models go there.
    #[arg(long)]
    pub provider: Option<String>,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub writing: Writing,
    /// Wait until all its jobs have ended.
    #[arg(long)]
    pub wait: bool,
    /// Write the results of all its jobs here: .csv, .xlsx, .json or .jsonl (implies --wait).
    #[arg(long, value_name = "OUT")]
    pub export: Option<PathBuf>,
}

/// Where a service is reached and what it needs beside a key.
#[derive(Debug, clap::Args)]
pub(crate) struct Service {
    /// Address of the service, where it is not its usual one.
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Vertex AI: the Google Cloud project (default: that of the service account or of gcloud).
    #[arg(long)]
    pub project: Option<String>,
    /// Vertex AI: the region, such as asia-northeast1.
    #[arg(long)]
    pub region: Option<String>,
    /// Vertex AI: the Cloud Storage bucket for requests and answers.
    #[arg(long)]
    pub bucket: Option<String>,
    /// Vertex AI: the BigQuery dataset for requests and answers. With a bucket too: requests in the bucket, answers in
    /// the dataset.
    #[arg(long)]
    pub dataset: Option<String>,
    /// Fireworks: the account.
    #[arg(long)]
    pub account: Option<String>,
    /// Any other setting of the service; may be given several times.
    #[arg(long, value_name = "NAME=VALUE", value_parser = setting)]
    pub setting: Vec<(String, String)>,
}

impl Service {
    pub(crate) fn settings(&self) -> Settings {
        let named = [
            ("project", &self.project),
            ("region", &self.region),
            ("bucket", &self.bucket),
            ("dataset", &self.dataset),
            ("account", &self.account),
        ];
        let given = named
            .into_iter()
            .filter_map(|(name, value)| Some((name.to_owned(), value.clone()?)));
        given.chain(self.setting.iter().cloned()).collect()
    }
}

fn setting(word: &str) -> Result<(String, String), String> {
    match word.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("give NAME=VALUE".to_owned()),
    }
}

/// How requests are written, where the service leaves a choice.
#[derive(Debug, clap::Args)]
pub(crate) struct Writing {
    /// The longest answer in tokens where the service demands a limit and a request names none (default: 4096).
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub max_tokens: Option<u32>,
    /// Mark the shared part of the prompts for the service's cache (Claude).
    #[arg(long)]
    pub cache_prompt: bool,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Adopt {
    /// The service's id of the batch (default: list the batches that the key can see).
    pub batch_id: Option<String>,
    /// openai, anthropic, gemini, vertex, openrouter, groq ... (see the README) or custom
    #[arg(long)]
    pub provider: String,
    #[command(flatten)]
    pub service: Service,
    /// The request file that was sent, if there is one.
    #[arg(long, value_name = "FILE")]
    pub requests: Option<PathBuf>,
    /// Wait until it has ended.
    #[arg(long)]
    pub wait: bool,
    /// Write the results here when it has ended: .csv, .xlsx, .json or .jsonl (implies --wait).
    #[arg(long, value_name = "OUT")]
    pub export: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Send {
    pub file: PathBuf,
    /// openai, anthropic, gemini, vertex, openrouter, groq ... (see the README), custom or practice
    #[arg(long)]
    pub provider: String,
    #[command(flatten)]
    pub service: Service,
    #[command(flatten)]
    pub writing: Writing,
    /// Replaces the model of each line.
    #[arg(long, value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub model: Option<String>,
    /// Completion window, for example 24h.
    #[arg(long)]
    pub window: Option<String>,
    /// Wait until the job has ended.
    #[arg(long)]
    pub wait: bool,
    /// Write the results here when it has ended: .csv, .xlsx, .json or .jsonl (implies --wait).
    #[arg(long, value_name = "OUT")]
    pub export: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub(crate) struct Export {
    pub id: String,
    /// csv, xlsx, json or jsonl
    #[arg(long)]
    pub format: String,
    #[arg(short, long, value_name = "OUT")]
    pub output: PathBuf,
    /// Write texts that look like formulas as they are.
    #[arg(long)]
    pub keep_formulas: bool,
}
