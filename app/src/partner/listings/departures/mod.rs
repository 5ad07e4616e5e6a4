//! The departures of one tour: a month with its counts, a list, and what may be done with them.
mod add;
mod cancel;
mod copy;
mod load;
mod month;
mod one;
mod page;
mod plan;
mod rows;

pub use page::DeparturesPage;
