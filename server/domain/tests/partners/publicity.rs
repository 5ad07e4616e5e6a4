//! What is published belongs to an active organisation, whatever way it comes to either.
use crate::world::count;
use sapar_domain::{
    catalog,
    kernel::Ctx,
    partners::{self, ModerationError},
    testing::{Tour, TourBuilder, ctx_at},
};
use sapar_shared::{Lang, forms::search::SearchQuery};
use sqlx::{PgConnection, PgPool};

async fn tour(conn: &mut PgConnection) -> (Ctx, Tour) {
    let ctx = ctx_at("2026-11-22T04:00:00Z");
    let tour = TourBuilder::new("kolsai").create(conn, &ctx).await.unwrap();
    catalog::refresh_listing(conn, &ctx, tour.listing).await.unwrap();
    (ctx, tour)
}

async fn is_public(conn: &mut PgConnection, ctx: &Ctx) -> bool {
    let page = catalog::tour(conn, ctx, Lang::Ru, "tour-kolsai").await.unwrap().is_some();
    let found = catalog::search(conn, ctx, Lang::Ru, &SearchQuery::default()).await.unwrap().items.len();
    let cards = catalog::cards_of(conn, Lang::Ru, &["tour-kolsai".to_owned()]).await.unwrap().len();
    let listed = catalog::sitemap(conn, None).await.unwrap().len();
    let partner = catalog::partner_page(conn, ctx, Lang::Ru, "kolsai", "").await.unwrap().is_some();
    let home = catalog::home(conn, ctx, Lang::Ru).await.unwrap().tours;
    assert_eq!([found, cards, listed], [usize::from(page); 3]);
    assert_eq!((partner, home), (page, i64::from(page)));
    page
}

#[sqlx::test(migrations = "../migrations")]
async fn a_block_hides_and_its_end_shows_what_was_shown(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let (ctx, tour) = tour(&mut conn).await;
    // Paused by the partner, not by us.
    sqlx::query(
        "insert into listings (id, organisation_id, kind, status, slug, place_id, from_place_id, place_path, category_id,
                               guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                               created_at, updated_at)
         select $2, organisation_id, kind, 'paused', 'paused-one', place_id, from_place_id, place_path, category_id,
                guide_languages, duration_minutes, free_cancel_hours, meeting_lat_e6, meeting_lng_e6, price_from,
                created_at, updated_at
         from listings where id = $1",
    )
    .bind(tour.listing.0)
    .bind(ctx.id())
    .execute(&mut *conn)
    .await
    .unwrap();
    assert!(is_public(&mut conn, &ctx).await);
    assert!(matches!(partners::block(&mut conn, &ctx, "kolsai", " ").await, Err(ModerationError::Remark)));
    assert!(partners::block(&mut conn, &ctx, "kolsai", "Жалобы туристов").await.unwrap());
    assert!(!is_public(&mut conn, &ctx).await);
    assert!(!partners::block(&mut conn, &ctx, "kolsai", "И ещё одна").await.unwrap(), "it is blocked already");
    let told = format!("select exists (select from news where payload = 'listing {}')", tour.listing);
    let told = sqlx::query_scalar::<_, bool>(sqlx::AssertSqlSafe(told)).fetch_one(&mut *conn).await.unwrap();
    assert!(told, "caches forget it");
    let published = sqlx::query("update listings set status = 'published' where slug = 'paused-one'").execute(&mut *conn).await;
    let error = published.unwrap_err();
    assert_eq!(error.as_database_error().and_then(|e| e.constraint()), Some("listings_of_active_organisations"));
    let remarked = "select count(*) from organisations where block_remark = 'И ещё одна'";
    assert_eq!(count(&mut conn, remarked).await, 1, "the latest is what there is to know");
    assert!(partners::activate(&mut conn, &ctx, "kolsai").await.unwrap());
    assert_eq!(count(&mut conn, remarked).await, 0);
    assert!(is_public(&mut conn, &ctx).await);
    assert_eq!(
        count(&mut conn, "select count(*) from listings where status = 'paused'").await,
        1,
        "what the partner paused stays so"
    );
    assert_eq!(count(&mut conn, "select count(*) from jobs where name = 'mail_activation'").await, 0);
}

#[sqlx::test(migrations = "../migrations")]
async fn only_what_exists_is_blocked(pool: PgPool) {
    let mut conn = pool.acquire().await.unwrap();
    let (ctx, _) = tour(&mut conn).await;
    assert!(matches!(partners::block(&mut conn, &ctx, "nobody", "x").await, Err(ModerationError::NotFound)));
    assert!(matches!(partners::activate(&mut conn, &ctx, "nobody").await, Err(ModerationError::NotFound)));
    sqlx::query("update organisations set status = 'draft'").execute(&mut *conn).await.unwrap();
    assert!(!is_public(&mut conn, &ctx).await);
    assert!(matches!(partners::block(&mut conn, &ctx, "kolsai", "x").await, Err(ModerationError::NotBlockable(_))));
}
