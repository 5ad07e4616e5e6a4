use sapar_art::{Scene, draw, render_widths};

#[test]
fn same_arguments_same_picture() {
    for &scene in Scene::ALL {
        assert_eq!(draw(scene, 7, 120, 90), draw(scene, 7, 120, 90), "{scene:?}");
    }
}

#[test]
fn seeds_give_clearly_different_pictures() {
    for &scene in Scene::ALL {
        let (a, b) = (draw(scene, 1, 96, 72), draw(scene, 2, 96, 72));
        let total: u32 = a.as_raw().iter().zip(b.as_raw()).map(|(x, y)| u32::from(x.abs_diff(*y))).sum();
        let mean = f64::from(total) / a.as_raw().len() as f64;
        assert!(mean > 6.0, "{scene:?} differs by {mean} only");
    }
}

#[test]
fn names_parse_back() {
    for &scene in Scene::ALL {
        assert_eq!(scene.name().parse(), Ok(scene));
    }
    assert_eq!("yurt_stars".parse(), Ok(Scene::YurtStars));
    assert!("Ridge".parse::<Scene>().is_err());
}

#[test]
fn odd_sizes_can_be_drawn() {
    for &scene in Scene::ALL {
        for (w, h) in [(1, 1), (31, 200), (300, 40)] {
            assert_eq!(draw(scene, 3, w, h).dimensions(), (w, h));
        }
    }
}

#[test]
fn widths_come_in_order_as_webp_with_a_colour() {
    let (sizes, color) = render_widths(Scene::Lake, 5, &[48, 160, 96], 72.0);
    let got: Vec<(u32, u32)> = sizes.iter().map(|r| (r.width, r.height)).collect();
    assert_eq!(got, [(48, 36), (160, 120), (96, 72)]);
    assert!(sizes.iter().all(|r| &r.webp[8..12] == b"WEBP"));
    assert_eq!(color.len(), 7);
    assert!(color.starts_with('#') && color[1..].bytes().all(|b| b.is_ascii_hexdigit()));
}
