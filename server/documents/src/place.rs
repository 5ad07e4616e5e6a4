/// Where a point opens on any phone: the address that Google documents for all platforms; phones offer their own map for
/// it. Latitude and longitude in millionths of a degree.
#[must_use]
pub fn map_url(lat_e6: i32, lng_e6: i32) -> String {
    format!("https://www.google.com/maps/search/?api=1&query={},{}", degrees(lat_e6), degrees(lng_e6))
}

fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let size = e6.unsigned_abs();
    format!("{sign}{}.{:06}", size / 1_000_000, size % 1_000_000)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_keep_their_sign_and_zeros() {
        assert_eq!(map_url(43_005_000, 76_900_001), "https://www.google.com/maps/search/?api=1&query=43.005000,76.900001");
        assert!(map_url(-500, -180_000_000).ends_with("=-0.000500,-180.000000"));
    }
}
