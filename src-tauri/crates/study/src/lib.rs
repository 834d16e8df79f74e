//! Studies: factors and trials into requests, answers into cells, and the study file. Pure: it reads no file, asks no
//! service and knows no database.

pub mod answers;
