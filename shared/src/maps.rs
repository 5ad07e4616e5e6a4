//! Links that open a point in somebody's map. Points are WGS 84, in millionths of a degree.

/// Latitude and longitude with six places, as map links want them: `43.238949`.
#[must_use]
pub fn lat_lng(lat_e6: i32, lng_e6: i32) -> (String, String) {
    (degrees(lat_e6), degrees(lng_e6))
}

fn degrees(e6: i32) -> String {
    let sign = if e6 < 0 { "-" } else { "" };
    let e6 = e6.unsigned_abs();
    format!("{sign}{}.{:06}", e6 / 1_000_000, e6 % 1_000_000)
}

/// The map that Kazakhstan travels by; a phone opens its app.
#[must_use]
pub fn two_gis(lat_e6: i32, lng_e6: i32) -> String {
    let (lat, lng) = lat_lng(lat_e6, lng_e6);
    format!("https://2gis.kz/geo/{lng},{lat}?m={lng},{lat}/17")
}

#[must_use]
pub fn open_street_map(lat_e6: i32, lng_e6: i32) -> String {
    let (lat, lng) = lat_lng(lat_e6, lng_e6);
    format!("https://www.openstreetmap.org/?mlat={lat}&mlon={lng}#map=17/{lat}/{lng}")
}

/// Whatever map the device has (RFC 5870, with the label's parameter that Android wants).
#[must_use]
pub fn geo(lat_e6: i32, lng_e6: i32) -> String {
    let (lat, lng) = lat_lng(lat_e6, lng_e6);
    format!("geo:{lat},{lng}?q={lat},{lng}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_keep_their_sign_and_zeros() {
        assert_eq!(lat_lng(43_005_000, 76_900_001), ("43.005000".into(), "76.900001".into()));
        assert_eq!(lat_lng(-500, -180_000_000), ("-0.000500".into(), "-180.000000".into()));
        assert_eq!(geo(43_038_049, -500_000), "geo:43.038049,-0.500000?q=43.038049,-0.500000");
    }
}
