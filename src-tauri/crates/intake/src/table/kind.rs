//! What kind of file this is, by its content.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use super::package::Package;
use super::{TableError, TableFormat};
use crate::Error;

const ZIP: &[u8] = b"PK\x03\x04";
const EMPTY_ZIP: &[u8] = b"PK\x05\x06";
/// Object Linking and Embedding: Excel 97 to 2003, and workbooks with a password.
const OLE: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

pub(super) fn of(path: &Path) -> Result<TableFormat, TableError> {
    let about = std::fs::metadata(path).map_err(|error| TableError::File(error.into()))?;
    if about.is_dir() {
        return Err(Error::Folder.into());
    }
    let mut start = Vec::new();
    File::open(path)
        .and_then(|file| file.take(8).read_to_end(&mut start))
        .map_err(|error| TableError::File(error.into()))?;
    match start.as_slice() {
        [] => Err(TableError::Empty),
        start if start.starts_with(ZIP) => of_package(&Package::open(path)?),
        start if start.starts_with(EMPTY_ZIP) => Err(TableError::NotATable),
        start if start.starts_with(OLE) => of_compound(path),
        // Excel 2, 3 and 4: the first record, and its length.
        [0x09, 0x00 | 0x02 | 0x04, 0x04 | 0x06, 0x00, ..] => Err(TableError::OtherWorkbook),
        _ => Ok(TableFormat::Text),
    }
}

fn of_package(package: &Package) -> Result<TableFormat, TableError> {
    if package.has("content.xml") && package.has("META-INF/manifest.xml") {
        return Ok(TableFormat::Ods);
    }
    if package.any(|name| name.ends_with("workbook.bin") || name.ends_with(".iwa")) {
        return Err(TableError::OtherWorkbook);
    }
    let workbook = package.has("[Content_Types].xml")
        && package.any(|name| name.ends_with(".xml") && name.contains("workbook"));
    if workbook {
        Ok(TableFormat::Xlsx)
    } else {
        Err(TableError::NotATable)
    }
}

fn of_compound(path: &Path) -> Result<TableFormat, TableError> {
    let file = cfb::open(path).map_err(TableError::broken)?;
    if file.is_stream("EncryptedPackage") {
        Err(TableError::Password)
    } else if file.is_stream("Workbook") || file.is_stream("Book") {
        Ok(TableFormat::Xls)
    } else {
        Err(TableError::NotATable)
    }
}
