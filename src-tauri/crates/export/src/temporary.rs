//! The file under work: beside its target, so that one rename puts it in place whole or not at all.

use std::path::{Path, PathBuf};
use std::{fs, io};

use tempfile::{Builder, NamedTempFile};

use crate::Error;

/// The folder that the target lies in.
pub(crate) fn folder(target: &Path) -> &Path {
    target
        .parent()
        .filter(|folder| !folder.as_os_str().is_empty())
        .unwrap_or(Path::new("."))
}

/// Where the file goes: behind a link, to what it points at. A device or a folder is never replaced.
pub(crate) fn place(target: &Path) -> Result<PathBuf, Error> {
    match fs::metadata(target) {
        Ok(found) if !found.is_file() => Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            format!("{} is no ordinary file", target.display()),
        )
        .into()),
        Ok(_) => Ok(fs::canonicalize(target)?),
        Err(_) => Ok(target.to_owned()),
    }
}

/// Makes an empty file beside the target. It is removed when it is dropped before [`keep`].
pub(crate) fn beside(target: &Path) -> Result<NamedTempFile, Error> {
    let mut builder = Builder::new();
    builder.prefix(".tabane-").suffix(".tmp");
    // Temporary files are private by default; results are an ordinary document, so the umask decides.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    Ok(builder.tempfile_in(folder(target))?)
}

/// Puts the finished file in the target's place and returns its size in bytes.
pub(crate) fn keep(file: NamedTempFile, target: &Path) -> Result<u64, Error> {
    // A file that someone made private stays private.
    #[cfg(unix)]
    if let Ok(old) = fs::metadata(target) {
        file.as_file().set_permissions(old.permissions())?;
    }
    file.as_file().sync_all()?;
    let bytes = file.as_file().metadata()?.len();
    file.persist(target).map_err(|failed| failed.error)?;
    // The rename itself must outlive a power cut. Where folders cannot be synced, the file is in place all the same.
    #[cfg(unix)]
    let _ = fs::File::open(folder(target)).and_then(|folder| folder.sync_all());
    Ok(bytes)
}
