//! Where a tour begins, without anybody else's map: the country drawn from our own file, a pin, and a field that reads coordinates
//! and links of the maps that people have on their phones.
mod canvas;
mod locate;
mod paste;
mod picker;
mod view;

pub use picker::MapPicker;
