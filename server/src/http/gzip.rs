//! gzip of a text whose parts are compressed once and joined, with something else between them, in microseconds.
use flate2::{Compress, Compression, Crc, FlushCompress, Status};
use http::{HeaderValue, header::GetAll};

/// A part of a text, compressed to the end of a byte.
pub struct Packed {
    deflated: Vec<u8>,
    plain: Crc,
}

/// Magic, deflate, no name, no time, of unknown origin (RFC 1952).
const HEAD: [u8; 10] = [0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 255];
/// An empty last block (RFC 1951).
const LAST: [u8; 2] = [3, 0];
const LEVEL: Compression = Compression::new(6);

/// Whether the visitor understands gzip; every browser does.
pub fn accepted(headers: GetAll<'_, HeaderValue>) -> bool {
    let offers = headers.iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(','));
    offers.map(|offer| offer.split_once(';').unwrap_or((offer, ""))).any(|(coding, weight)| {
        let refused = weight.split_once('=').is_some_and(|(_, q)| q.trim().parse().is_ok_and(|q: f32| q == 0.0));
        coding.trim().eq_ignore_ascii_case("gzip") && !refused
    })
}

/// Compresses the parts of a text between which `between` bytes will stand that are not known yet. A part may point back into
/// those before it: what stands between counts for the distance, and nothing points there.
pub fn pack(parts: &[impl AsRef<[u8]>], between: usize) -> Vec<Packed> {
    let gap = vec![0; between];
    // A part with zeros of its own might point into the gap: then each stands for itself.
    let flush = if parts.iter().any(|part| part.as_ref().contains(&0)) { FlushCompress::Full } else { FlushCompress::Sync };
    let mut deflate = Compress::new(LEVEL, false);
    let mut packed = Vec::with_capacity(parts.len());
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            run(&mut deflate, &gap, flush);
        }
        let mut plain = Crc::new();
        plain.update(part.as_ref());
        packed.push(Packed { deflated: run(&mut deflate, part.as_ref(), flush), plain });
    }
    packed
}

/// What the compressor says to a piece of text, to the end of a byte.
fn run(deflate: &mut Compress, text: &[u8], flush: FlushCompress) -> Vec<u8> {
    let from = deflate.total_in();
    let mut deflated = Vec::with_capacity(text.len() / 4 + 64);
    loop {
        let read = usize::try_from(deflate.total_in() - from).unwrap_or(text.len());
        let outcome = deflate.compress_vec(&text[read..], &mut deflated, flush);
        let all_read = usize::try_from(deflate.total_in() - from).is_ok_and(|read| read == text.len());
        // With room to spare, all that was read is written.
        if (all_read && deflated.len() < deflated.capacity()) || !matches!(outcome, Ok(Status::Ok)) {
            break;
        }
        deflated.reserve(deflated.capacity().max(64));
    }
    deflated
}

/// The parts with `between` between them, as long as it was said to be; it is a line at most.
pub fn join(parts: &[Packed], between: &[u8]) -> Vec<u8> {
    let length = u16::try_from(between.len()).unwrap_or(0);
    let between = &between[..usize::from(length)];
    let mut between_crc = Crc::new();
    between_crc.update(between);
    let mut crc = Crc::new();
    let size: usize = parts.iter().map(|part| part.deflated.len() + between.len() + 5).sum();
    let mut out = Vec::with_capacity(HEAD.len() + size + LAST.len() + 8);
    out.extend_from_slice(&HEAD);
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            // A block as it is: not the last, its length and that inverted.
            out.push(0);
            out.extend_from_slice(&length.to_le_bytes());
            out.extend_from_slice(&(!length).to_le_bytes());
            out.extend_from_slice(between);
            crc.combine(&between_crc);
        }
        out.extend_from_slice(&part.deflated);
        crc.combine(&part.plain);
    }
    out.extend_from_slice(&LAST);
    out.extend_from_slice(&crc.sum().to_le_bytes());
    out.extend_from_slice(&crc.amount().to_le_bytes());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::{HeaderMap, header::ACCEPT_ENCODING};
    use std::io::Read as _;

    #[test]
    fn joined_parts_are_the_text() {
        let noise: Vec<u8> = (0..300_000_u32).map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()[2]).collect();
        let long = "Көлсай ".repeat(20_000);
        let zeros = [0; 100];
        for part in [&noise[..], &zeros, b"no zeros"] {
            let texts = [&b"<html>"[..], b"", long.as_bytes(), part, long.as_bytes(), part, b"</html>"];
            let joined = join(&pack(&texts, 16), b"0123456789abcdef");
            let mut plain = Vec::new();
            flate2::read::GzDecoder::new(&joined[..]).read_to_end(&mut plain).expect("gzip");
            assert!(plain == texts.join(&b"0123456789abcdef"[..]));
        }
    }

    #[test]
    fn what_stood_before_is_not_said_again() {
        let text: String = (0..500).map(|n: u32| n.wrapping_mul(2_654_435_761).to_string()).collect();
        let packed = pack(&[&text, &text], 32);
        assert!(packed[1].deflated.len() * 10 < packed[0].deflated.len());
    }

    #[test]
    fn who_does_not_ask_for_it_gets_none() {
        let asks = |value: &'static str| {
            accepted(HeaderMap::from_iter([(ACCEPT_ENCODING, HeaderValue::from_static(value))]).get_all(ACCEPT_ENCODING))
        };
        assert!(asks("gzip, deflate, br, zstd") && asks("br;q=1.0, GZIP;q=0.5"));
        assert!(!asks("br") && !asks("gzip;q=0") && !asks("identity") && !asks("x-gzip"));
    }
}
