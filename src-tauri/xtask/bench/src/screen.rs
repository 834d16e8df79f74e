//! What is to be seen on the display.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use x11rb::connection::Connection;
use x11rb::protocol::xproto::{Atom, AtomEnum, ConnectionExt, ImageFormat, Window};
use x11rb::rust_connection::RustConnection;

/// Where a page has its first text: the upper left of a window, in pixels.
const CORNER: (u16, u16) = (600, 400);
/// The soft edges of letters have many colours; a plain page, or one half painted, has few.
const COLOURS_OF_TEXT: usize = 8;

pub(crate) struct Screen {
    connection: RustConnection,
    root: Window,
    windows: Atom,
}

impl Screen {
    pub(crate) fn open() -> Result<Self> {
        let (connection, number) = RustConnection::connect(None).context("there is no display")?;
        let root = connection.setup().roots.get(number).context("no screen")?.root;
        let windows = connection.intern_atom(false, b"_NET_CLIENT_LIST")?.reply()?.atom;
        Ok(Self {
            connection,
            root,
            windows,
        })
    }

    /// The window manager's first window. It is alone on its display.
    fn window(&self) -> Result<Option<Window>> {
        let list = self
            .connection
            .get_property(false, self.root, self.windows, AtomEnum::WINDOW, 0, 1)?
            .reply()?;
        Ok(list.value32().and_then(|mut windows| windows.next()))
    }

    pub(crate) fn has_window(&self) -> Result<bool> {
        Ok(self.window()?.is_some())
    }

    pub(crate) fn has_text(&self) -> Result<bool> {
        let Some(window) = self.window()? else {
            return Ok(false);
        };
        let (width, height) = CORNER;
        let place = self
            .connection
            .translate_coordinates(window, self.root, 0, 0)?
            .reply();
        // A window that is only just coming, or going.
        let Ok(place) = place else { return Ok(false) };
        let image = self
            .connection
            .get_image(
                ImageFormat::Z_PIXMAP,
                self.root,
                place.dst_x,
                place.dst_y,
                width,
                height,
                u32::MAX,
            )?
            .reply();
        let Ok(image) = image else { return Ok(false) };
        let mut colours = BTreeSet::new();
        for pixel in image.data.chunks_exact(4) {
            colours.insert(pixel);
            if colours.len() >= COLOURS_OF_TEXT {
                return Ok(true);
            }
        }
        Ok(false)
    }
}
