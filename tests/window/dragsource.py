#!/usr/bin/python3
"""dragsource.py FILE...: a small window at the screen's corner from which the files can be dragged (XDND)."""
import pathlib
import sys

import gi

gi.require_version("Gdk", "3.0")
gi.require_version("Gtk", "3.0")
from gi.repository import Gdk, GLib, Gtk  # noqa: E402

uris = [pathlib.Path(name).resolve().as_uri() for name in sys.argv[1:]]
# A popup is placed by nobody but us.
window = Gtk.Window(title="dragsource", type=Gtk.WindowType.POPUP)
window.set_default_size(80, 60)
window.move(0, 0)
box = Gtk.EventBox()
box.add(Gtk.Label(label="drag"))
window.add(box)
targets = [Gtk.TargetEntry.new("text/uri-list", 0, 0)]
box.drag_source_set(Gdk.ModifierType.BUTTON1_MASK, targets, Gdk.DragAction.COPY)
box.connect("drag-data-get", lambda _w, _c, data, _i, _t: data.set_uris(uris))
box.connect("drag-end", lambda *_: Gtk.main_quit())
window.show_all()
GLib.timeout_add_seconds(20, Gtk.main_quit)
Gtk.main()
