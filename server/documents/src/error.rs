/// Why a document could not be made. None of these heals by trying again with the same input.
#[derive(Debug, thiserror::Error)]
pub enum DocumentError {
    #[error("the order has no ticket at index {0}")]
    NoTicket(usize),
    #[error("an address of {0} bytes does not fit into a QR code")]
    QrTooLong(usize),
    #[error("the order cannot be written as JSON: {0}")]
    Data(#[from] serde_json::Error),
    /// Typst's own words, with what it hints at.
    #[error("typst: {0}")]
    Typeset(String),
    #[error("the picture cannot be encoded: {0}")]
    Picture(String),
}
