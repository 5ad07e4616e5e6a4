#![allow(clippy::unwrap_used)]
use jiff::civil::date;
use sapar_domain::{catalog, testing::ctx_at};
use sapar_shared::{
    Lang,
    forms::search::{Length, SearchQuery, Sort},
};
use sqlx::{Connection, PgConnection, postgres::PgConnectOptions};
use std::{str::FromStr, time::Instant};
#[tokio::test]
async fn bench() {
    let tuned = std::env::var("TUNED").unwrap_or_default();
    let mut o = PgConnectOptions::from_str("postgres://sapar@localhost/sapar_bench?host=/tmp/pgdev")
        .unwrap()
        .options([("plan_cache_mode", "force_custom_plan")]);
    if tuned != "no" {
        o = o.options([("random_page_cost", "1.1"), ("max_parallel_workers_per_gather", "0")]);
    }
    let mut c = PgConnection::connect_with(&o).await.unwrap();
    let ctx = ctx_at("2026-11-21T04:00:00Z");
    let d = SearchQuery::default;
    let t = |q: &str| SearchQuery { q: q.into(), ..d() };
    let wk = SearchQuery { from: Some(date(2026, 11, 28)), to: Some(date(2026, 11, 29)), ..d() };
    let dec = SearchQuery { from: Some(date(2026, 12, 1)), to: Some(date(2026, 12, 31)), ..d() };
    let s = |x: &str| Some(x.to_string());
    let qs: Vec<(&str, SearchQuery)> = vec![
        ("none", d()),
        ("almaty", SearchQuery { place: s("almaty"), ..d() }),
        ("khiva", SearchQuery { place: s("khiva"), ..d() }),
        ("kazakhstan", SearchQuery { place: s("kazakhstan"), ..d() }),
        ("category", SearchQuery { category: s("winter"), ..d() }),
        ("long", SearchQuery { length: Some(Length::Long), ..d() }),
        ("half", SearchQuery { length: Some(Length::HalfDay), ..d() }),
        ("lang kk", SearchQuery { language: s("kk"), ..d() }),
        ("price<=5000", SearchQuery { price_max: Some(5000), ..d() }),
        ("price>100k", SearchQuery { price_min: Some(100_000), ..d() }),
        ("q колсай", t("Колсай")),
        ("q тур", t("тур")),
        ("q алматы юрта", t("алматы юрта")),
        ("q хива рассвет", t("хива рассвет")),
        ("q typo калсай", t("калсай")),
        ("q typo чарин тур", t("чарин тур")),
        ("weekend", wk.clone()),
        ("weekend p4", SearchQuery { people: Some(4), ..wk.clone() }),
        ("weekend p20", SearchQuery { people: Some(20), ..wk.clone() }),
        ("weekend khiva", SearchQuery { place: s("khiva"), ..wk.clone() }),
        ("weekend cat long", SearchQuery { category: s("winter"), length: Some(Length::Long), ..wk.clone() }),
        ("p1", SearchQuery { people: Some(1), ..d() }),
        ("p40", SearchQuery { people: Some(40), ..d() }),
        ("p50", SearchQuery { people: Some(50), ..d() }),
        ("dec p2", SearchQuery { people: Some(2), ..dec.clone() }),
        ("dec p38", SearchQuery { people: Some(38), ..dec.clone() }),
        ("dec almaty p4 kk", SearchQuery { people: Some(4), place: s("almaty"), language: s("kk"), ..dec.clone() }),
        ("dec kz p38 long", SearchQuery { people: Some(38), place: s("kazakhstan"), length: Some(Length::Long), ..dec.clone() }),
        ("day p30", SearchQuery { from: Some(date(2026, 12, 10)), to: Some(date(2026, 12, 10)), people: Some(30), ..d() }),
        ("cat long kk", SearchQuery { category: s("winter"), length: Some(Length::Long), language: s("kk"), ..d() }),
        ("q тур dec p10", SearchQuery { people: Some(10), ..SearchQuery { q: "тур".into(), ..dec.clone() } }),
        ("almaty long cheap", SearchQuery { place: s("almaty"), length: Some(Length::Long), price_max: Some(15000), ..d() }),
    ];
    let mut every = vec![];
    eprintln!("{:18} {:>8} {:>8} {:>8} {:>8} (max ms of 12, page 1 and 2)", "", "popular", "soonest", "cheap", "dear");
    for (name, q) in &qs {
        let mut line = format!("{name:18}");
        for sort in Sort::ALL {
            let mut q = SearchQuery { sort, ..q.clone() };
            let mut all = vec![];
            let mut found = 0;
            for n in 0..14 {
                let at = Instant::now();
                let page = catalog::search(&mut c, &ctx, Lang::Ru, &q).await.unwrap();
                let ms = at.elapsed().as_secs_f64() * 1e3;
                if n > 1 {
                    all.push(ms);
                    every.push(ms);
                }
                found = page.found;
                q.cursor = if q.cursor.is_none() { page.next } else { None };
            }
            all.sort_by(f64::total_cmp);
            line += &format!(" {:8.1}", all[11]);
            if sort == Sort::PriceDown {
                line += &format!("  found {found}");
            }
        }
        eprintln!("{line}");
    }
    every.sort_by(f64::total_cmp);
    eprintln!(
        "searches {} p50 {:.1} p90 {:.1} p99 {:.1} max {:.1}",
        every.len(),
        every[every.len() / 2],
        every[every.len() * 9 / 10],
        every[every.len() * 99 / 100],
        every[every.len() - 1]
    );
    let slugs: Vec<String> =
        sqlx::query_scalar("select slug from listings order by md5(slug) limit 300").fetch_all(&mut c).await.unwrap();
    let mut all = vec![];
    for slug in &slugs {
        let at = Instant::now();
        catalog::tour(&mut c, &ctx, Lang::Kk, slug).await.unwrap().unwrap();
        all.push(at.elapsed().as_secs_f64() * 1e3);
    }
    all.sort_by(f64::total_cmp);
    eprintln!("tour p50 {:.1} p99 {:.1}", all[150], all[297]);
    for _ in 0..3 {
        let at = Instant::now();
        catalog::home(&mut c, &ctx, Lang::Kk).await.unwrap();
        eprintln!("home {:.1}", at.elapsed().as_secs_f64() * 1e3);
        let at = Instant::now();
        catalog::filter_options(&mut c, &ctx, Lang::Kk).await.unwrap();
        eprintln!("filters {:.1}", at.elapsed().as_secs_f64() * 1e3);
        let at = Instant::now();
        catalog::partner_page(&mut c, &ctx, Lang::Kk, "partner-g7").await.unwrap().unwrap();
        eprintln!("partner {:.1}", at.elapsed().as_secs_f64() * 1e3);
        let at = Instant::now();
        let n = catalog::sitemap(&mut c, None).await.unwrap().len();
        eprintln!("sitemap {n} {:.1}", at.elapsed().as_secs_f64() * 1e3);
        let at = Instant::now();
        catalog::roll_next_departures(&mut c, &ctx).await.unwrap();
        eprintln!("roll {:.1}", at.elapsed().as_secs_f64() * 1e3);
    }
}
